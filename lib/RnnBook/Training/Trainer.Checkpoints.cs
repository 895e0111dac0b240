using System.Security.Cryptography;
using System.Text.Json;
using static System.FormattableString;

namespace RnnBook;

/// <summary>
/// Checkpoints: all that the next update depends on, in one safetensors file. Weights stand under PyTorch's names, what the optimizer
/// remembers as optimizer.…, carried states as state.…, the history as history.…; settings and progress are words of the
/// header, and one of them is the checksum of all the rest.
/// </summary>
public sealed partial class Trainer
{
    private const string FormatWord = "rnnbook";
    private const string Format = "checkpoint 2";
    private const string ProgressWord = "progress";
    private const string ChecksumWord = "sha256";
    private bool isResumed;

    /// <summary>
    /// Where <see cref="Run"/> saves checkpoints: after every <see cref="CheckpointEvery"/> updates and at its end, unless it diverged. Null: nowhere.
    /// A file that is there already is replaced; to go on from it, call <see cref="Resume"/> first.
    /// </summary>
    public string? CheckpointFile { get; init; }

    /// <summary>Updates from one checkpoint to the next.</summary>
    public int CheckpointEvery { get; init; } = 1000;

    /// <summary>Saves a checkpoint. Whoever looks, even after a crash or a kill at any moment, finds the old file or all of the new one.</summary>
    public void Save(string path)
    {
        Prepare();
        var progress = new Progress(update, optimizer.Steps, optimizer.LearningRate, task.Position, random!.Save(), history.Updates, Seconds);
        var words = Settings();
        words[FormatWord] = Format;
        words[ProgressWord] = JsonSerializer.Serialize(progress);
        var tensors = State().Select(entry => StoredTensor.Of(entry.Name, entry.Tensor)).ToList();
        tensors.Add(StoredTensor.Of("history.points", [.. history.Points.SelectMany(Numbers)]));
        tensors.Add(StoredTensor.Of("history.losses", [.. history.Losses.Take(history.Updates)]));
        tensors.Add(StoredTensor.Of("history.norms", [.. history.GradientNorms.Take(history.Updates)]));
        words[ChecksumWord] = Checksum(tensors, words);
        new SafetensorsFile(tensors, words).Save(path);
    }

    /// <summary>
    /// Goes on from a checkpoint, bit for bit: a run that was interrupted and resumed ends in the same weights as one that was not, and its
    /// history is the same but for the seconds.
    /// </summary>
    /// <param name="path">What a trainer with the same model, task, optimizer, and settings saved.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is truncated, damaged, another format, or of other training: one line says what. Nothing has changed.</exception>
    public void Resume(string path)
    {
        Prepare();
        var file = SafetensorsFile.Read(path);
        RequireWhole(file, path);
        var mine = State();
        var saved = WeightFiles.Fitting(file, path, mine);
        foreach (var (setting, here) in Settings())
        {
            var its = file.Metadata.GetValueOrDefault(setting);
            if (its != here)
            {
                throw new InvalidDataException($"{path} is a checkpoint of other training: its {setting} is {its ?? "missing"}, here it is {here}.");
            }
        }

        foreach (var (from, to) in saved.Zip(mine))
        {
            from.Span.CopyTo(to.Tensor.Span);
        }

        var progress = JsonSerializer.Deserialize<Progress>(file.Metadata[ProgressWord])!;
        (update, optimizer.Steps, optimizer.LearningRate) = (progress.Update, progress.OptimizerSteps, progress.LearningRate);
        task.Position = progress.Position;
        random!.Restore(progress.Random);
        history = ReadHistory(file, progress);
        isResumed = true;
    }

    private static double[] Numbers(TrainingPoint point) =>
        [point.Update, point.Seconds, point.TrainLoss, point.TestError, point.Accuracy, point.GradientNorm];

    private static string Checksum(IEnumerable<StoredTensor> tensors, IReadOnlyDictionary<string, string> words) =>
        Convert.ToHexStringLower(SHA256.HashData(new SafetensorsFile(tensors, words).ToBytes()));

    private static void RequireWhole(SafetensorsFile file, string path)
    {
        if (file.Metadata.GetValueOrDefault(FormatWord) != Format)
        {
            throw new InvalidDataException($"{path} is a safetensors file, but no checkpoint that a Trainer of this version saved.");
        }

        var words = file.Metadata.Where(word => word.Key != ChecksumWord).ToDictionary();
        if (file.Metadata.GetValueOrDefault(ChecksumWord) != Checksum(file.Tensors, words))
        {
            throw new InvalidDataException($"{path} is damaged: its checksum does not fit its content.");
        }
    }

    /// <summary>What must be the same for a resumed run to make sense.</summary>
    private Dictionary<string, string> Settings() => new()
    {
        ["format"] = "pt",
        ["model"] = $"{model}",
        ["task"] = task.Name,
        ["optimizer"] = optimizer.Constants,
        ["bounds of gradients"] = model.GradientBounds,
        ["batch size"] = Invariant($"{BatchSize}"),
        ["clip norm"] = ClipNorm is { } norm ? Invariant($"{norm}") : "none",
        ["seed"] = Invariant($"{Seed}"),
        ["schedule"] = $"{Schedule}",
        ["carried state"] = CarryState ? "yes" : "no",
    };

    /// <summary>Every tensor that the next update depends on.</summary>
    private List<(string Name, Tensor Tensor)> State()
    {
        var all = model.Parameters.Select(parameter => (parameter.Name, parameter.Value)).ToList();
        foreach (var (name, state) in optimizer.States)
        {
            all.AddRange(model.Parameters.Select(parameter => ($"optimizer.{name}.{parameter.Name}", state.Of(parameter))));
        }

        if (CarryState)
        {
            carried ??= ((SequenceModel)model).NewState(BatchSize);
            all.AddRange(carried.Hidden.Select((h, i) => ($"state.h.{i}", h)));
            all.AddRange(carried.Cell.Index().Where(cell => cell.Item is not null).Select(cell => ($"state.c.{cell.Index}", cell.Item!)));
        }

        return all;
    }

    private TrainingHistory ReadHistory(SafetensorsFile file, Progress progress)
    {
        var read = new TrainingHistory(task.Baseline) { Updates = progress.HistoryUpdates, Seconds = progress.Seconds };
        foreach (var p in file.Find("history.points")!.ToDoubles().Chunk(6))
        {
            read.Add(new TrainingPoint((int)p[0], p[1], p[2], p[3], p[4], p[5]));
        }

        foreach (var (loss, norm) in file.Find("history.losses")!.ToDoubles().Zip(file.Find("history.norms")!.ToDoubles()))
        {
            read.Add(loss, norm);
        }

        return read;
    }

    private void SaveIfDue(TrainingOutcome? outcome, bool isEnd)
    {
        if (CheckpointFile is { } file && outcome is not TrainingOutcome.Diverged && (isEnd || outcome is not null || update % CheckpointEvery == 0))
        {
            Save(file);
        }
    }

    /// <summary>How far training has come.</summary>
    private sealed record Progress(
        int Update, long OptimizerSteps, float LearningRate, long Position, ulong[] Random, int HistoryUpdates, double Seconds);
}
