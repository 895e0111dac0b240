using System.Globalization;
using System.Security.Cryptography;

namespace RnnBook;

/// <summary>
/// Checkpoints: all that the next update depends on, in one safetensors file. Weights stand under PyTorch's names, what the optimizer
/// remembers as optimizer.…, carried states as state.…, the history as history.…; numbers and settings are words of the
/// header, and one of them is the checksum of all the rest.
/// </summary>
public sealed partial class Trainer
{
    private const string FormatWord = "rnnbook";
    private const string Format = "checkpoint 1";
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
        var words = Settings();
        words[FormatWord] = Format;
        words["update"] = Text(update);
        words["optimizer steps"] = Text(optimizer.Steps);
        words["learning rate"] = Text(optimizer.LearningRate);
        words["position"] = Text(task.Position);
        words["random"] = string.Join(' ', random!.Save());
        words["history updates"] = Text(history?.Updates ?? 0);
        words["seconds"] = Text(Seconds);
        var tensors = Memory().Select(entry => StoredTensor.Of(entry.Name, entry.Tensor)).ToList();
        tensors.Add(StoredTensor.Of("history.points", [.. (history?.Points ?? []).SelectMany(Numbers)]));
        tensors.Add(StoredTensor.Of("history.losses", [.. (history?.Losses ?? []).Take(history?.Updates ?? 0)]));
        tensors.Add(StoredTensor.Of("history.norms", [.. (history?.GradientNorms ?? []).Take(history?.Updates ?? 0)]));
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
        var memory = Memory();
        var saved = WeightFiles.Fitting(file, path, memory);
        foreach (var (setting, mine) in Settings())
        {
            var its = file.Metadata.GetValueOrDefault(setting);
            if (its != mine)
            {
                throw new InvalidDataException($"{path} is a checkpoint of other training: its {setting} is {its ?? "missing"}, here it is {mine}.");
            }
        }

        foreach (var (from, to) in saved.Zip(memory))
        {
            from.Span.CopyTo(to.Tensor.Span);
        }

        update = int.Parse(file.Metadata["update"]);
        optimizer.Steps = long.Parse(file.Metadata["optimizer steps"]);
        optimizer.LearningRate = float.Parse(file.Metadata["learning rate"], CultureInfo.InvariantCulture);
        task.Position = long.Parse(file.Metadata["position"]);
        random!.Restore([.. file.Metadata["random"].Split(' ').Select(ulong.Parse)]);
        history = ReadHistory(file);
        isResumed = true;
    }

    private static string Bounds(RecurrentLayer layer) => FormattableString.Invariant(
        $"window {layer.GradientWindow?.ToString() ?? "none"}, clip {layer.StateGradientClip?.ToString() ?? "none"}, flush below {layer.FlushBelow}");

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);

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
        ["bounds of gradients"] = string.Join(" · ", model.Layers.Select(Bounds)),
        ["batch size"] = Text(BatchSize),
        ["clip norm"] = ClipNorm is { } norm ? Text(norm) : "none",
        ["seed"] = Text(Seed),
        ["schedule"] = $"{Schedule}",
        ["carried state"] = CarryState ? "yes" : "no",
    };

    /// <summary>Every tensor that the next update depends on.</summary>
    private List<(string Name, Tensor Tensor)> Memory()
    {
        var all = model.Parameters.Select(parameter => (parameter.Name, parameter.Value)).ToList();
        foreach (var (name, memory) in optimizer.Memories)
        {
            all.AddRange(model.Parameters.Select(parameter => ($"optimizer.{name}.{parameter.Name}", memory.Of(parameter))));
        }

        if (CarryState)
        {
            carried ??= model.NewState(BatchSize);
            all.AddRange(carried.Hidden.Select((h, i) => ($"state.h.{i}", h)));
            all.AddRange(carried.Cell.Index().Where(cell => cell.Item is not null).Select(cell => ($"state.c.{cell.Index}", cell.Item!)));
        }

        return all;
    }

    private TrainingHistory ReadHistory(SafetensorsFile file)
    {
        var read = new TrainingHistory(task.Baseline)
        {
            Updates = int.Parse(file.Metadata["history updates"]),
            Seconds = double.Parse(file.Metadata["seconds"], CultureInfo.InvariantCulture),
        };
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
}
