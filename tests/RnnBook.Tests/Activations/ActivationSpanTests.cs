using FsCheck;
using FsCheck.Fluent;

namespace RnnBook.Tests;

/// <summary>The vectorised versions against the scalar ones, which <see cref="ActivationGoldenTests"/> hold to the truth.</summary>
public class ActivationSpanTests
{
    public static TheoryData<string> Names => [.. Activation.All.Select(f => f.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Every_length_gives_the_scalars(string name)
    {
        var f = ActivationGoldenTests.Find(name);
        var random = new RandomSource(3);
        for (var length = 0; length <= 70; length++)
        {
            var x = Enumerable.Range(0, length).Select(_ => (float)(4 * random.NextGaussian())).ToArray();
            var (value, slope) = (new float[length], new float[length]);
            f.Apply(x, value);
            f.ApplyDerivative(x, slope);
            for (var i = 0; i < length; i++)
            {
                AssertNear(f.Value((double)x[i]), value[i], $"{name}({x[i]:R}), length {length}");
                AssertNear(f.Derivative((double)x[i]), slope[i], $"{name}′({x[i]:R}), length {length}", SlopeError(name));
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Stay_within_the_stated_error_over_all_floats(string name)
    {
        // Every 40,009th bit pattern, and densely where things happen.
        var f = ActivationGoldenTests.Find(name);
        var x = new List<float>();
        for (long bits = 0; bits <= uint.MaxValue; bits += 40_009)
        {
            x.Add(BitConverter.UInt32BitsToSingle((uint)bits));
        }

        x.RemoveAll(v => !float.IsFinite(v));
        for (var i = -120_000; i <= 120_000; i++)
        {
            x.Add(i / 8192f);
        }

        var (value, slope) = (new float[x.Count], new float[x.Count]);
        f.Apply(x.ToArray(), value);
        f.ApplyDerivative(x.ToArray(), slope);
        for (var i = 0; i < x.Count; i++)
        {
            AssertNear(f.Value((double)x[i]), value[i], $"{name}({x[i]:R})");
            AssertNear(f.Derivative((double)x[i]), slope[i], $"{name}′({x[i]:R})", SlopeError(name));
        }
    }

    [Fact]
    public void The_error_bound_notices_six_units()
    {
        var six = 1f;
        for (var i = 0; i < 6; i++)
        {
            six = MathF.BitIncrement(six);
        }

        Assert.ThrowsAny<Exception>(() => AssertNear(1, six, "six units"));
        Assert.ThrowsAny<Exception>(() => AssertNear(1, float.NaN, "NaN"));
    }

    [Fact]
    public void An_element_does_not_depend_on_its_place() => Prop.ForAll(
        ArbMap.Default.ArbFor<float[]>(), ArbMap.Default.ArbFor<byte>(), (x, shift) =>
        {
            var padded = new float[x.Length + shift];
            x.CopyTo(padded, shift);
            foreach (var f in Activation.All)
            {
                var (here, there) = (new float[x.Length], new float[padded.Length]);
                f.Apply(x, here);
                f.Apply(padded, there);
                Assert.True(here.AsSpan().SequenceEqual(there.AsSpan(shift)), f.Name);
                f.ApplyDerivative(x, here);
                f.ApplyDerivative(padded, there);
                Assert.True(here.AsSpan().SequenceEqual(there.AsSpan(shift)), f.Name);
            }
        }).QuickCheckThrowOnFailure();

    [Theory, MemberData(nameof(Names))]
    public void May_work_in_place(string name)
    {
        var f = ActivationGoldenTests.Find(name);
        for (var length = 0; length <= 70; length++)
        {
            var x = Enumerable.Range(0, length).Select(i => (i - 30) / 7f).ToArray();
            var (apart, inPlace) = (new float[length], (float[])x.Clone());
            f.Apply(x, apart);
            f.Apply(inPlace, inPlace);
            Assert.Equal(apart, inPlace);

            x.CopyTo(inPlace, 0);
            f.ApplyDerivative(x, apart);
            f.ApplyDerivative(inPlace, inPlace);
            Assert.Equal(apart, inPlace);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Refuse_spans_that_do_not_fit(string name)
    {
        var f = ActivationGoldenTests.Find(name);
        var memory = new float[40];
        Assert.Contains("x has 3 elements, but the destination 2", Assert.Throws<ArgumentException>(() => f.Apply(new float[3], new float[2])).Message);
        Assert.Contains("x has 2 elements, but the destination 3", Assert.Throws<ArgumentException>(() => f.ApplyDerivative(new float[2], new float[3])).Message);
        Assert.Contains("overlap, 1 elements apart", Assert.Throws<ArgumentException>(() => f.Apply(memory.AsSpan(0, 20), memory.AsSpan(1, 20))).Message);
        Assert.Contains("overlap, 5 elements apart", Assert.Throws<ArgumentException>(() => f.ApplyDerivative(memory.AsSpan(5, 20), memory.AsSpan(0, 20))).Message);
    }

    [Fact]
    public void Allocate_nothing()
    {
        var (x, y) = (new float[1000], new float[1000]);
        foreach (var f in Activation.All)
        {
            f.Apply(x, y);
            f.ApplyDerivative(x, y);
            var before = GC.GetAllocatedBytesForCurrentThread();
            f.Apply(x, y);
            f.ApplyDerivative(x, y);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [Fact]
    public void A_function_of_ones_own_needs_no_vector_code()
    {
        var f = new Cube();
        var (x, y) = (new[] { -2f, 0, 3 }, new float[3]);
        f.Apply(x, y);
        Assert.Equal([-8f, 0, 27], y);
        f.ApplyDerivative(x, y);
        Assert.Equal([12f, 0, 27], y);
        Assert.Equal(ActivationKind.Other, f.Kind);
    }

    /// <summary>
    /// Within 5 units in the last place, or 1e-36 where the result is next to nothing (vanished results are flushed to 0), or the
    /// given absolute error.
    /// </summary>
    private static void AssertNear(double expected, float actual, string what, double absolute = 0)
    {
        if (double.IsInfinity((float)expected))
        {
            Assert.Equal((float)expected, actual);
            return;
        }

        var unit = Math.BitIncrement(0) + ((double)MathF.BitIncrement((float)Math.Abs(expected)) - (float)Math.Abs(expected));
        var allowed = Math.Max(absolute, Math.Max(5 * unit, 1e-36));
        Assert.True(Math.Abs(expected - actual) <= allowed, $"{what} is {actual:R}, but should be {expected:R}");
    }

    /// <summary>The slopes of GELU and Swish cross 0, where two terms cancel: only the absolute error is small.</summary>
    private static double SlopeError(string name) => name is "GELU" or "Swish" ? 2.4e-7 : 0;

    private sealed class Cube() : Activation("cube", "x³", double.NegativeInfinity, double.PositiveInfinity)
    {
        public override double Value(double x) => x * x * x;

        public override double Derivative(double x) => 3 * x * x;
    }
}
