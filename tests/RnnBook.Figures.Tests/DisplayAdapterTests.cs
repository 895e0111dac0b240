using System.Reflection;
using RnnBook.Figures;

namespace RnnBook.Tests;

/// <summary>Without a host. With the book's engine and with the real kernel: LiveFigureTests of the book, HostTests of RnnBook.Interactive.</summary>
public class DisplayAdapterTests
{
    [Fact]
    public void Without_a_host_nothing_is_shown_and_nothing_fails()
    {
        Assert.Null(Adapter().Show("x"));
        Assert.Null(Adapter(typeof(object).Assembly, typeof(DisplayAdapter).Assembly).Show("x"));
    }

    [Fact]
    public void Without_a_host_a_live_figure_keeps_its_state()
    {
        using var live = new LiveFigure(new Figure("T"), TimeProvider.System, Adapter().Show);
        live.Show();
        live.Add("loss", 0, 1);
        live.Done();
        Assert.Contains("loss", live.Figure.AlternativeText);
    }

    private static DisplayAdapter Adapter(params Assembly[] assemblies) => new(() => assemblies);
}
