using FsCheck;
using FsCheck.Fluent;

namespace RnnBook.Tests;

public class GradientClipTests
{
    [Fact]
    public void Clipping_scales_as_PyTorch_does()
    {
        foreach (var golden in TrainingGolden.Clips())
        {
            var before = golden.GetProperty("before").EnumerateArray().Select(g => WithGradient(g.Floats())).ToList();
            var norm = GradientClip.ByGlobalNorm(before, golden.GetProperty("limit").GetDouble());
            var expected = golden.GetProperty("norm").GetDouble();
            Assert.InRange(norm / expected, 1 - 1e-6, 1 + 1e-6);
            foreach (var (parameter, after) in before.Zip(golden.GetProperty("after").EnumerateArray()))
            {
                TrainingGolden.AssertClose(after.Floats(), parameter.Gradient.Span, 1e-6, parameter.Name);
            }
        }
    }

    [Fact]
    public void After_clipping_the_norm_is_at_most_the_limit_and_the_direction_is_the_same() => Check.QuickThrowOnFailure(
        Prop.ForAll<int, int>((seed, size) =>
    {
        var random = new RandomSource((ulong)seed);
        var scale = Math.Pow(10, (size % 12) - 4);
        var values = Enumerable.Range(0, 37).Select(_ => (float)(random.NextGaussian() * scale)).ToArray();
        var parameter = WithGradient(values);
        var before = GradientClip.ByGlobalNorm([parameter], 1);
        var after = GradientClip.GlobalNorm([parameter]);
        var ratio = after / before;
        var turned = values.Zip(parameter.Gradient.Span.ToArray()).Max(p => Math.Abs((p.First * ratio) - p.Second)) / after;
        return after <= Math.Min(before, 1) * (1 + 1e-6) && turned < 1e-6;
    }));

    [Fact]
    public void By_value_each_entry_is_cut_off_and_NaN_stays()
    {
        var parameter = WithGradient([3, -0.5f, -7, float.NaN, float.NegativeInfinity, 0]);
        GradientClip.ByValue([parameter], 2);
        Assert.Equal([2, -0.5f, -2, float.NaN, -2, 0], parameter.Gradient.Span.ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => GradientClip.ByValue([parameter], 0));
    }

    [Fact]
    public void A_gradient_too_long_to_be_squared_in_float_is_still_clipped()
    {
        var parameter = WithGradient([3e25f, 4e25f]);
        Assert.Equal(5e25, GradientClip.ByGlobalNorm([parameter], 1), 1e19);
        TrainingGolden.AssertClose([0.6f, 0.8f], parameter.Gradient.Span, 1e-6, "clipped");
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_gradient_that_is_no_number_is_reported_and_left(float bad)
    {
        var parameter = WithGradient([1, bad, 3]);
        Assert.False(double.IsFinite(GradientClip.ByGlobalNorm([parameter], 1)));
        Assert.Equal([1, bad, 3], parameter.Gradient.Span.ToArray());
    }

    [Fact]
    public void A_limit_that_is_not_above_zero_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => GradientClip.ByGlobalNorm([WithGradient([1])], 0));

    private static Parameter WithGradient(float[] gradient)
    {
        var parameter = new Parameter("w", gradient.Length);
        gradient.CopyTo(parameter.Gradient.Span);
        return parameter;
    }
}
