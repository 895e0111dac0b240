using System.Diagnostics;

namespace RnnBook;

/// <summary>
/// Does the runs of a study that are missing, one training a core, and writes each to the file as it ends. What is recorded is never run
/// again; a run that was stopped or killed is not recorded and starts anew.
/// </summary>
/// <param name="study">The study.</param>
/// <param name="file">The results file.</param>
public sealed class StudyRunner(Study study, string file)
{
    private readonly Lock guard = new();

    /// <summary>Runs at the same time; every core has one.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Which part of the missing runs to do: number <c>Index</c> of <c>Count</c>. The parts together are the whole.</summary>
    public (int Index, int Count) Shard { get; init; } = (0, 1);

    /// <summary>Which of the missing runs to do at all; all, unless it is set.</summary>
    public Func<RunKey, bool> Only { get; init; } = _ => true;

    /// <summary>Results of others, such as the merged file beside a shard's own: these runs are not done again.</summary>
    public StudyResults Others { get; init; } = [];

    /// <summary>Whether lines tell seconds, commit, machine and day. Without, files of two machines can be compared byte for byte.</summary>
    public bool WithOrigin { get; init; } = true;

    /// <summary>Runs until nothing of this shard is missing.</summary>
    /// <param name="progress">Called after each run, by one thread at a time.</param>
    /// <param name="cancellation">Ends all runs early; what was finished is recorded.</param>
    /// <returns>All results.</returns>
    /// <exception cref="IOException">Another process runs this study into the same file.</exception>
    /// <exception cref="InvalidDataException">The results file is damaged.</exception>
    public StudyResults Run(Action<StudyProgress>? progress = null, CancellationToken cancellation = default)
    {
        using var locked = LockFile();
        var own = StudyResults.Load(file);
        var all = new StudyResults(own.Concat(Others));
        var clock = Stopwatch.StartNew();
        var (doneCost, doneRuns) = (0.0, 0);
        while (Mine(all) is { Count: > 0 } missing)
        {
            var total = missing.Sum(study.Cost);
            var stageCost = 0.0;
            var stageRuns = 0;
            var next = -1;
            Exception? failure = null;
            void Work()
            {
                while (!cancellation.IsCancellationRequested && failure is null && Interlocked.Increment(ref next) is var index && index < missing.Count)
                {
                    try
                    {
                        var record = Do(missing[index], cancellation);
                        lock (guard)
                        {
                            own.Add(record);
                            all.Add(record);
                            own.Save(file);
                            stageCost += study.Cost(record.Key);
                            stageRuns++;
                            var spent = doneCost + stageCost;
                            progress?.Invoke(new StudyProgress(
                                record, doneRuns + stageRuns, doneRuns + missing.Count, clock.Elapsed, clock.Elapsed * ((total - stageCost) / spent)));
                        }
                    }
                    catch (OperationCanceledException)
                    {
                        return;
                    }
                    catch (Exception thrown)
                    {
                        failure = thrown;
                        return;
                    }
                }
            }

            var threads = Enumerable.Range(0, Math.Min(Workers, missing.Count)).Select(_ => new Thread(Work) { IsBackground = true }).ToList();
            threads.ForEach(thread => thread.Start());
            threads.ForEach(thread => thread.Join());
            if (failure is not null)
            {
                throw new InvalidOperationException($"A run of {study.Name} failed: {failure.Message}", failure);
            }

            cancellation.ThrowIfCancellationRequested();
            (doneCost, doneRuns) = (doneCost + stageCost, doneRuns + stageRuns);
        }

        return all;
    }

    /// <summary>
    /// The part of this shard. It is a part of the stage at hand, counted over all its runs, done or not, so that it does not depend on
    /// when the shards start.
    /// </summary>
    private List<RunKey> Mine(StudyResults all) =>
        [.. study.Plan(all).Index().Where(entry => entry.Index % Shard.Count == Shard.Index && Only(entry.Item) && !all.Contains(entry.Item)).Select(entry => entry.Item)];

    private RunRecord Do(RunKey key, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var outcome = study.Run(key, new RunWatch(Cancellation: cancellation));
        cancellation.ThrowIfCancellationRequested();
        return new RunRecord(key, outcome, WithOrigin ? RunOrigin.Here with { Seconds = clock.Elapsed.TotalSeconds } : null);
    }

    private FileStream LockFile()
    {
        var full = Path.GetFullPath(file);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        try
        {
            return new FileStream(full + ".lock", FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException taken)
        {
            throw new IOException($"Another process is running the study \"{study.Name}\" into {file}: wait for it, or stop it.", taken);
        }
    }
}

/// <summary>How far a study is.</summary>
/// <param name="Last">The run that has just ended.</param>
/// <param name="Done">Runs done since the start.</param>
/// <param name="Total">Runs to do, as far as the plan is known.</param>
/// <param name="Elapsed">Time since the start.</param>
/// <param name="Left">Estimate of the time left for these.</param>
public sealed record StudyProgress(RunRecord Last, int Done, int Total, TimeSpan Elapsed, TimeSpan Left);
