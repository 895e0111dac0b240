using System.Reflection;
using RnnBook.Figures;

namespace RnnBook.Tests;

public class DisplayAdapterTests
{
    public DisplayAdapterTests() => FakeHandle.Log.Clear();

    [Theory]
    [InlineData("Microsoft.DotNet.Interactive", true)]
    [InlineData("Microsoft.DotNet.Interactive.Formatting", true)]
    [InlineData("Microsoft.DotNet.Interactive", false)]
    public void Shows_and_updates_in_each_version_of_Net_Interactive(string handleNamespace, bool extension)
    {
        var update = Adapter(FakeHosts.DotNetInteractive(handleNamespace, extension)).Show("first");
        Assert.NotNull(update);
        update("second");
        Assert.Equal(["first", "second"], FakeHandle.Log);
    }

    [Fact]
    public void Shows_and_updates_in_the_books_own_engine()
    {
        var update = Adapter(FakeHosts.OwnEngine()).Show("first");
        update!("second");
        Assert.Equal(["first", "second"], FakeHandle.Log);
    }

    [Fact]
    public void Our_engine_comes_first_where_both_are_loaded()
    {
        var update = Adapter(FakeHosts.DotNetInteractive("Microsoft.DotNet.Interactive", true, inCell: false), FakeHosts.OwnEngine()).Show("x");
        Assert.NotNull(update);
    }

    [Fact]
    public void A_host_that_is_loaded_but_runs_no_cell_shows_nothing()
    {
        Assert.Null(Adapter(FakeHosts.OwnEngine(inCell: false)).Show("x"));
        Assert.Null(Adapter(FakeHosts.DotNetInteractive("Microsoft.DotNet.Interactive", true, inCell: false)).Show("x"));
        Assert.Empty(FakeHandle.Log);
    }

    [Fact]
    public void Without_a_host_nothing_is_shown_and_nothing_fails()
    {
        Assert.Null(Adapter().Show("x"));
        Assert.Null(Adapter(typeof(object).Assembly, typeof(DisplayAdapter).Assembly).Show("x"));
    }

    [Fact]
    public void A_live_figure_updates_in_place()
    {
        using var live = new LiveFigure(new Figure("T"), TimeProvider.System, Adapter(FakeHosts.DotNetInteractive("Microsoft.DotNet.Interactive.Formatting", true)).Show);
        live.Show();
        live.Add("loss", 0, 1);
        live.Done();
        Assert.Equal(2, FakeHandle.Log.Count);
        Assert.Contains("loss", ((Figure)FakeHandle.Log[1]).AlternativeText);
    }

    private static DisplayAdapter Adapter(params Assembly[] assemblies) => new(() => assemblies);
}
