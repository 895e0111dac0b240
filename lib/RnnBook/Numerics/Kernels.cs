using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RnnBook;

/// <summary>
/// What the layers compute in vectors, for one width of register. The equations of a cell stand beside its layer, in Lstm.cs, Gru.cs and RnnKernel.cs.
/// A call touches only the rows and panels that it is given, and no other thread may touch these.
/// </summary>
internal abstract class Kernels
{
    /// <summary>
    /// The widest registers that this processor has. (Vector512 calls itself not accelerated where a processor lowers its clock for it;
    /// for products as dense as these it is still twice as fast.)
    /// </summary>
    public static Kernels Best { get; } =
        OperatingSystem.IsBrowser() && BrowserKernels.AreHere ? new BrowserKernels()
        : Avx512F.IsSupported || Vector512.IsHardwareAccelerated ? new Kernels<Lanes16>()
        : Vector256.IsHardwareAccelerated ? new Kernels<Lanes8>()
        : Vector128.IsHardwareAccelerated ? new Kernels<Lanes4>()
        : new Kernels<Lanes1>();

    /// <summary>All widths; those that the processor has not got are emulated, slowly.</summary>
    public static IReadOnlyList<Kernels> All { get; } =
        [new Kernels<Lanes16>(), new Kernels<Lanes8>(), new Kernels<Lanes4>(), new Kernels<Lanes1>()];

    /// <summary>Floats in a register, which is also the width of panels.</summary>
    public abstract int Width { get; }

    /// <summary>C = Start + A·B.</summary>
    public abstract void Multiply(in GemmArguments arguments);

    /// <inheritdoc cref="RnnKernel{V}.Forward"/>
    public abstract void RnnForward(ActivationKind kind, float slope, PackedRows z, PackedRows h, int units);

    /// <inheritdoc cref="RnnKernel{V}.Backward"/>
    public abstract int RnnBackward(ActivationKind kind, float slope, PackedRows h, PackedRows dh, PackedRows dz, float threshold, int units);

    /// <inheritdoc cref="LstmKernel{V}.Forward"/>
    public abstract void LstmForward(PackedRows z, PackedRows previous, PackedRows c, PackedRows h, int units);

    /// <inheritdoc cref="LstmKernel{V}.Backward"/>
    public abstract int LstmBackward(
        PackedRows gates, PackedRows previous, PackedRows c, PackedRows dh, PackedRows dc, PackedRows dcTotal, PackedRows dz, float threshold, int units);

    /// <inheritdoc cref="GruKernel{V}.Forward"/>
    public abstract void GruForward(PackedRows z, PackedRows previous, PackedRows h, int units);

    /// <inheritdoc cref="GruKernel{V}.Backward"/>
    public abstract int GruBackward(PackedRows gates, PackedRows previous, PackedRows dh, PackedRows direct, PackedRows dz, float threshold, int units);

    /// <summary>target = source, all of its rows and panels.</summary>
    public abstract void Copy(PackedRows target, PackedRows source);

    /// <summary>target += source, all of the target's rows and panels.</summary>
    public abstract void Add(PackedRows target, PackedRows source);

    /// <summary>target += some lanes of the source's rows in its first panel.</summary>
    /// <param name="target">Row-major; begins with the first column to add to.</param>
    /// <param name="columns">Floats from one of its rows to the next.</param>
    /// <param name="source">One row for each of the target's.</param>
    /// <param name="lane">First lane to add.</param>
    /// <param name="count">Lanes.</param>
    public abstract void AddLanes(Span<float> target, int columns, PackedRows source, int lane, int count);

    /// <summary>target (one row) += the sum of the source's rows: <paramref name="steps"/> times <paramref name="rows"/> of them, <paramref name="gap"/> rows between.</summary>
    public abstract void AddRowSums(PackedRows target, PackedRows source, int rows, int steps, int gap);

    /// <summary>Adam's step on the first numbers of a parameter, where .NET's code is interpreted and the page's is compiled; <see cref="Adam"/> does the rest.</summary>
    /// <param name="w">The parameter.</param>
    /// <param name="g">Its gradient.</param>
    /// <param name="m">The averages of g.</param>
    /// <param name="v">The averages of g².</param>
    /// <param name="constants">β₁, 1 − β₁, β₂, 1 − β₂, the rate over 1 − β₁ᵗ, 1/√(1 − β₂ᵗ), ε.</param>
    /// <returns>How many numbers are done.</returns>
    public virtual int AdamStep(Span<float> w, ReadOnlySpan<float> g, Span<float> m, Span<float> v, ReadOnlySpan<float> constants) => 0;
}

/// <summary>
/// The kernels in registers of one width. Compiled with all optimizations at once: the JIT's quick first version of such code, all
/// calls, would be a hundred times slower.
/// </summary>
internal unsafe class Kernels<V> : Kernels
    where V : unmanaged, ILanes<V>
{
    public override int Width => V.Width;

    public override void Multiply(in GemmArguments arguments) => GemmKernel<V>.Multiply(arguments);

    public override void RnnForward(ActivationKind kind, float slope, PackedRows z, PackedRows h, int units) =>
        RnnKernel<V>.Forward(kind, slope, z, h, units);

    public override int RnnBackward(ActivationKind kind, float slope, PackedRows h, PackedRows dh, PackedRows dz, float threshold, int units) =>
        RnnKernel<V>.Backward(kind, slope, h, dh, dz, threshold, units);

    public override void LstmForward(PackedRows z, PackedRows previous, PackedRows c, PackedRows h, int units) =>
        LstmKernel<V>.Forward(z, previous, c, h, units);

    public override int LstmBackward(
        PackedRows gates, PackedRows previous, PackedRows c, PackedRows dh, PackedRows dc, PackedRows dcTotal, PackedRows dz, float threshold, int units) =>
        LstmKernel<V>.Backward(gates, previous, c, dh, dc, dcTotal, dz, threshold, units);

    public override void GruForward(PackedRows z, PackedRows previous, PackedRows h, int units) => GruKernel<V>.Forward(z, previous, h, units);

    public override int GruBackward(PackedRows gates, PackedRows previous, PackedRows dh, PackedRows direct, PackedRows dz, float threshold, int units) =>
        GruKernel<V>.Backward(gates, previous, dh, direct, dz, threshold, units);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Copy(PackedRows target, PackedRows source)
    {
        target.Require(source.Rows, source.Panels);
        for (var panel = 0; panel < source.Panels; panel++)
        {
            new ReadOnlySpan<float>(source.Panel(panel), source.Rows * V.Width).CopyTo(new Span<float>(target.Panel(panel), source.Rows * V.Width));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Add(PackedRows target, PackedRows source)
    {
        source.Require(target.Rows, target.Panels);
        for (var panel = 0; panel < target.Panels; panel++)
        {
            float* to = target.Panel(panel), from = source.Panel(panel);
            for (var e = 0; e < target.Rows * V.Width; e += V.Width)
            {
                V.Store(to + e, V.Load(to + e) + V.Load(from + e));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AddLanes(Span<float> target, int columns, PackedRows source, int lane, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lane + count, V.Width);
        if (source.Rows == 0)
        {
            return;
        }

        _ = target[((source.Rows - 1) * columns) + count - 1];
        var from = source.Panel(0) + lane;
        fixed (float* start = target)
        {
            var to = start;
            for (var row = 0; row < source.Rows; row++, to += columns, from += V.Width)
            {
                if (count == V.Width)
                {
                    V.Store(to, V.Load(to) + V.Load(from));
                    continue;
                }

                for (var i = 0; i < count; i++)
                {
                    to[i] += from[i];
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AddRowSums(PackedRows target, PackedRows source, int rows, int steps, int gap)
    {
        source.Require(((steps - 1) * (rows + gap)) + rows, target.Panels);
        for (var panel = 0; panel < target.Panels; panel++)
        {
            var from = source.Panel(panel);
            var sum = V.Load(target.Panel(panel));
            for (var step = 0; step < steps; step++, from += (nint)gap * V.Width)
            {
                for (var row = 0; row < rows; row++, from += V.Width)
                {
                    sum += V.Load(from);
                }
            }

            V.Store(target.Panel(panel), sum);
        }
    }
}

/// <summary>Masks for the last panel of a state's rows, where the input stands behind the units.</summary>
internal static unsafe class LaneMask<V>
    where V : unmanaged, ILanes<V>
{
    private static ReadOnlySpan<float> LaneIndex => [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

    /// <summary>Mask of the lanes of a panel that lie beyond the units.</summary>
    public static V Beyond(int units, int panel)
    {
        fixed (float* index = LaneIndex)
        {
            return V.Greater(V.Load(index), V.All(units - (panel * V.Width) - 0.5f));
        }
    }
}
