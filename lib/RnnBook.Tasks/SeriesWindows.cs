namespace RnnBook;

/// <summary>All windows of a series at once, in order, as one batch: for training by epochs, and for errors over a whole part.</summary>
public static class SeriesWindows
{
    /// <summary>The windows of one part of the series: T values each, and the value that lies the task's horizon later.</summary>
    /// <param name="task">A task that asks after the last step only.</param>
    /// <param name="test">Of the part kept for tests, or of that which training sees.</param>
    /// <param name="most">At most so many windows, those that end last; null for all.</param>
    /// <returns>Inputs [T, N, I], targets [N, I].</returns>
    /// <exception cref="ArgumentException">The task asks after every step.</exception>
    public static Batch Of(SeriesTask task, bool test, int? most = null)
    {
        ArgumentNullException.ThrowIfNull(task);
        if (task.EveryStep)
        {
            throw new ArgumentException($"Windows have one answer each, but this task asks after every step: {task}", nameof(task));
        }

        var values = task.Series();
        var (first, end) = test ? (task.TrainLength, values.Shape[0]) : (0, task.TrainLength);
        var count = end - first - task.SequenceLength - task.Horizon + 1;
        first += Math.Max(0, count - (most ?? count));
        count = Math.Min(count, most ?? count);
        var windows = new Batch(new Tensor(task.SequenceLength, count, task.InputSize), new Tensor(count, task.OutputSize));
        for (var n = 0; n < count; n++)
        {
            for (var t = 0; t < task.SequenceLength; t++)
            {
                values.Slice(first + n + t).CopyTo(windows.Inputs.Slice(t)[(n * task.InputSize)..]);
            }

            values.Slice(first + n + task.SequenceLength - 1 + task.Horizon).CopyTo(windows.Targets!.Slice(n));
        }

        return windows;
    }

    /// <summary>Some of the windows, in the order of the numbers given.</summary>
    internal static Batch Pick(Batch windows, IReadOnlyList<int> numbers)
    {
        var (width, answers) = (windows.Inputs.Shape[2], windows.Targets!.Shape[1]);
        var picked = new Batch(new Tensor(windows.Length, numbers.Count, width), new Tensor(numbers.Count, answers));
        for (var n = 0; n < numbers.Count; n++)
        {
            for (var t = 0; t < windows.Length; t++)
            {
                windows.Inputs.Slice(t).Slice(numbers[n] * width, width).CopyTo(picked.Inputs.Slice(t)[(n * width)..]);
            }

            windows.Targets.Slice(numbers[n]).CopyTo(picked.Targets!.Slice(n));
        }

        return picked;
    }
}
