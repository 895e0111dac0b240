namespace RnnBook.Figures;

/// <summary>
/// A figure that grows while something is trained, in place, about ten times a second. Any thread may add points.
/// Without a notebook host it only keeps its state, which <see cref="Figure"/> gives at any time.
/// </summary>
/// <example><code>
/// var live = new LiveFigure(new Figure("Test error") { X = "updates", Y = "mean squared error", LogY = true });
/// live.Show();
/// trainer.Run(2000, point => live.Add("IRNN", point.Update, point.TestError));
/// live.Done();
/// </code></example>
[TypeFormatterSource(typeof(LiveFigureFormatters), PreferredMimeTypes = [MimeTypes.Html])]
public sealed class LiveFigure : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Figure start;
    private readonly TimeProvider time;
    private readonly Func<object, Action<object>?> show;
    private readonly Dictionary<(string Name, int Run), LiveSeries> series = [];
    private readonly Lock state = new();
    private readonly Lock sending = new();
    private readonly ITimer timer;
    private Action<object>? update;
    private Exception? failure;
    private long lastSent;
    private TimeSpan wait = Interval;
    private bool changed;
    private bool timerSet;

    /// <summary>Makes a live figure.</summary>
    /// <param name="figure">Title, axes and whatever stands in it from the start; a copy is taken.</param>
    public LiveFigure(Figure figure)
        : this(figure, TimeProvider.System, DisplayAdapter.Default.Show)
    {
    }

    internal LiveFigure(Figure figure, TimeProvider time, Func<object, Action<object>?> show)
    {
        ArgumentNullException.ThrowIfNull(figure);
        (start, this.time, this.show) = (figure.Snapshot(), time, show);
        timer = time.CreateTimer(_ => OnTimer(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The figure as it is now.</summary>
    public Figure Figure
    {
        get
        {
            lock (state)
            {
                var figure = start.Snapshot();
                figure.Series.AddRange(series.Values.Select(s => s.Snapshot()));
                return figure;
            }
        }
    }

    /// <summary>Shows the figure in the running cell; from now on it updates there.</summary>
    public LiveFigure Show()
    {
        lock (sending)
        {
            update = show(Figure);
            lastSent = time.GetTimestamp();
        }

        return this;
    }

    /// <summary>Adds a point.</summary>
    /// <param name="name">Series; a new name starts a new one.</param>
    /// <param name="x">Position, not less than the one before.</param>
    /// <param name="y">Value; NaN makes a gap.</param>
    /// <param name="run">Number of the run (the seed): runs of a name are lines of their own in one colour.</param>
    public void Add(string name, double x, double y, int run = 0)
    {
        ArgumentNullException.ThrowIfNull(name);
        bool due;
        lock (state)
        {
            if (!series.TryGetValue((name, run), out var points))
            {
                series.Add((name, run), points = new LiveSeries(name));
            }

            points.Add(x, y);
            changed = true;
            var left = wait - time.GetElapsedTime(lastSent);
            due = left <= TimeSpan.Zero;
            if (!due)
            {
                SendLater(left);
            }
        }

        if (due)
        {
            TrySend();
        }
    }

    /// <summary>Shows the final state now. More points may follow.</summary>
    /// <exception cref="InvalidOperationException">The host refused an update.</exception>
    public void Done()
    {
        lock (sending)
        {
            Send();
        }

        if (failure is not null)
        {
            throw new InvalidOperationException($"The live figure could not be shown: {failure.Message}", failure);
        }
    }

    /// <summary>Shows the final state and stops.</summary>
    public void Dispose()
    {
        timer.Dispose();
        Done();
    }

    /// <summary>Title and alternative text of the present state.</summary>
    public override string ToString() => Figure.ToString();

    private void OnTimer()
    {
        lock (state)
        {
            timerSet = false;
        }

        TrySend();
    }

    /// <summary>Sends, unless another thread does: that one then sees to what was added meanwhile.</summary>
    private void TrySend()
    {
        if (!sending.TryEnter())
        {
            return;
        }

        try
        {
            Send();
        }
        finally
        {
            sending.Exit();
        }
    }

    /// <summary>Shows a point even if no other comes after it. Called with the state locked.</summary>
    private void SendLater(TimeSpan delay) => timerSet = timerSet || timer.Change(delay, Timeout.InfiniteTimeSpan);

    private void Send()
    {
        lock (state)
        {
            if (!changed)
            {
                return;
            }

            changed = false;
        }

        var started = time.GetTimestamp();
        try
        {
            if (failure is null)
            {
                update?.Invoke(Figure);
            }
        }
        catch (Exception e)
        {
            // Drawing must not end a training, least of all on the timer's thread: Done reports it.
            failure = e;
        }

        lock (state)
        {
            // Where showing is slow it happens less often: it takes at most a fifth of the time.
            lastSent = time.GetTimestamp();
            wait = TimeSpan.FromTicks(Math.Max(Interval.Ticks, 4 * time.GetElapsedTime(started, lastSent).Ticks));
            if (changed)
            {
                SendLater(wait);
            }
        }
    }
}
