using RnnBook.Figures;

namespace RnnBook.Tests;

public class LiveFigureTests
{
    private readonly FakeTime time = new();
    private readonly List<Figure> shown = [];

    [Fact]
    public void Updates_come_at_most_ten_times_a_second_and_the_last_point_always()
    {
        using var live = Show();
        for (var i = 0; i < 1000; i++)
        {
            live.Add("loss", i, i);
            time.Advance(1);
        }

        Assert.InRange(shown.Count, 9, 11);
        time.Advance(100);
        Assert.Equal(999, LastValue());
        var settled = shown.Count;
        time.Advance(10_000);
        live.Done();
        Assert.Equal(settled, shown.Count);
    }

    [Fact]
    public void Done_shows_the_final_state_at_once()
    {
        using var live = Show();
        live.Add("loss", 0, 1);
        live.Add("loss", 1, 2);
        Assert.Single(shown);
        live.Done();
        Assert.Equal(2, LastValue());
    }

    [Fact]
    public void Slow_hosts_are_asked_less_often()
    {
        using var live = new LiveFigure(new Figure(), time, first =>
        {
            shown.Add((Figure)first);
            return next =>
            {
                shown.Add((Figure)next);
                time.Advance(200);
            };
        });
        live.Show();
        time.Advance(100);
        for (var i = 0; i < 100; i++)
        {
            live.Add("loss", i, i);
            time.Advance(10);
        }

        // 200 ms each, and four times as long a pause: of 1.2 s two updates at most.
        Assert.InRange(shown.Count, 2, 3);
    }

    [Fact]
    public void A_long_run_stays_small_and_keeps_its_spike()
    {
        using var live = Show();
        for (var i = 0; i < 200_000; i++)
        {
            live.Add("loss", i, i == 77_777 ? 1e6 : Math.Sin(i));
        }

        live.Done();
        var y = shown[^1].Json().Numbers("data.0.y");
        Assert.InRange(y.Length, 300, 800);
        Assert.Equal(1e6, y.Max());
        Assert.Equal(199_999, shown[^1].Json().Numbers("data.0.x")[^1]);
    }

    [Fact]
    public void Many_threads_may_add_and_nothing_is_lost()
    {
        using var live = new LiveFigure(new Figure(), TimeProvider.System, first => next => { });
        live.Show();
        Parallel.For(0, 4, thread =>
        {
            for (var i = 0; i < 500; i++)
            {
                live.Add("loss", i, thread, run: thread);
            }
        });
        live.Done();
        var data = live.Figure.Json().At("data");
        Assert.Equal(4, data.GetArrayLength());
        Assert.All(data.EnumerateArray(), t => Assert.Equal(500, t.Numbers("y").Length));
        Assert.Single(data.EnumerateArray().Select(t => t.Text("line.color")).Distinct());
        Assert.Single(data.EnumerateArray(), t => t.At("showlegend").GetBoolean());
    }

    [Fact]
    public void Without_a_host_the_state_is_kept()
    {
        using var live = new LiveFigure(new Figure("T").HorizontalLine(1, "limit"), time, _ => null);
        live.Show();
        live.Add("loss", 0, 3);
        live.Done();
        Assert.Equal([3], live.Figure.Json().Numbers("data.0.y"));
        Assert.Contains("limit", live.ToString());
    }

    [Fact]
    public void A_host_that_fails_does_not_end_the_training_but_Done_says_so()
    {
        var live = new LiveFigure(new Figure(), time, _ => _ => throw new IOException("the page is gone"));
        live.Show();
        time.Advance(200);
        live.Add("loss", 0, 1);
        time.Advance(200);
        live.Add("loss", 1, 2);
        var thrown = Assert.Throws<InvalidOperationException>(live.Done);
        Assert.Equal("The live figure could not be shown: the page is gone", thrown.Message);
    }

    [Fact]
    public void The_callers_figure_stays_as_it_was()
    {
        var figure = new Figure();
        using var live = new LiveFigure(figure, time, _ => null);
        live.Add("loss", 0, 3);
        Assert.Equal(0, figure.Json().At("data").GetArrayLength());
    }

    private LiveFigure Show() => new LiveFigure(new Figure(), time, first =>
    {
        shown.Add((Figure)first);
        return next => shown.Add((Figure)next);
    }).Show();

    private double LastValue() => shown[^1].Json().Numbers("data.0.y")[^1];
}
