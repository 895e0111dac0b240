using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RnnBook;

/// <summary>Rows of some strips: where the first lies and how many floats on the next strip follows.</summary>
internal readonly unsafe record struct Rows(nint Address, nint Stride)
{
    public Rows(Strips strips, int row, int strip = 0)
        : this((nint)strips.At(row, strip), strips.Stride)
    {
    }

    /// <summary>The first vector of a matrix, in place of every row and strip.</summary>
    public static Rows Same(Strips strips) => new((nint)strips.At(0), 0);

    public float* Strip(int strip) => (float*)Address + (strip * Stride);

    /// <summary>What begins so many floats behind these.</summary>
    public Rows Behind(nint floats) => this with { Address = Address + (floats * sizeof(float)) };
}

/// <summary>What the layers compute in vectors, for one width of register. All calls work on rows that no other thread touches.</summary>
internal abstract unsafe class Kernels
{
    /// <summary>
    /// The widest registers that this processor has. (Vector512 calls itself not accelerated where a processor lowers its clock for it;
    /// for products as dense as these it is still twice as fast.)
    /// </summary>
    public static Kernels Best { get; } =
        Avx512F.IsSupported || Vector512.IsHardwareAccelerated ? new Kernels<Lanes16>()
        : Vector256.IsHardwareAccelerated ? new Kernels<Lanes8>()
        : Vector128.IsHardwareAccelerated ? new Kernels<Lanes4>()
        : new Kernels<Lanes1>();

    /// <summary>All widths; those that the processor has not got are emulated, slowly.</summary>
    public static IReadOnlyList<Kernels> All { get; } =
        [new Kernels<Lanes16>(), new Kernels<Lanes8>(), new Kernels<Lanes4>(), new Kernels<Lanes1>()];

    /// <summary>Floats in a register, which is also the width of strips.</summary>
    public abstract int Width { get; }

    /// <summary>C = Start + A·B.</summary>
    public abstract void Multiply(in Product product);

    /// <summary>h = f(z).</summary>
    /// <param name="kind">f; <see cref="ActivationKind.Other"/> copies, z being f(z) already.</param>
    /// <param name="slope">The constant of f.</param>
    /// <param name="z">Pre-activations.</param>
    /// <param name="h">Receives h_t; lanes beyond the units keep what they hold.</param>
    /// <param name="rows">Sequences.</param>
    /// <param name="units">H.</param>
    public abstract void RnnForward(ActivationKind kind, float slope, Rows z, Rows h, int rows, int units);

    /// <summary>dz = dh·f′.</summary>
    /// <param name="kind">f.</param>
    /// <param name="slope">The constant of f.</param>
    /// <param name="h">f(z), from which f′ follows; for <see cref="ActivationKind.Other"/> f′(z) itself.</param>
    /// <param name="dh">∂L/∂h_t.</param>
    /// <param name="dz">Receives ∂L/∂z.</param>
    /// <param name="threshold">Smaller gradients are flushed to zero.</param>
    /// <param name="rows">Sequences.</param>
    /// <param name="units">H.</param>
    /// <returns>How many gradients were flushed.</returns>
    public abstract int RnnBackward(ActivationKind kind, float slope, Rows h, Rows dh, Rows dz, float threshold, int rows, int units);

    /// <summary>z becomes i, f, g, o; c = f⊙previous + i⊙g, h = o⊙tanh c.</summary>
    public abstract void LstmForward(Rows z, Rows previous, Rows c, Rows h, int rows, int units);

    /// <summary>From ∂L/∂h_t and ∂L/∂c_t (without the path over h_t, which is added) to dz; dc goes one step back.</summary>
    public abstract int LstmBackward(Rows gates, Rows previous, Rows c, Rows dh, Rows dc, Rows dcTotal, Rows dz, float threshold, int rows, int units);

    /// <summary>z holds the parts W_hn h + b_hn, r, z, W_in x + b_in and becomes that, r, z, n; h = n + z⊙(previous − n).</summary>
    public abstract void GruForward(Rows z, Rows previous, Rows h, int rows, int units);

    /// <summary>From ∂L/∂h_t to the gradients of the four parts; direct receives what reaches h_{t−1} through z.</summary>
    public abstract int GruBackward(Rows gates, Rows previous, Rows dh, Rows direct, Rows dz, float threshold, int rows, int units);

    /// <summary>target = source.</summary>
    public abstract void Copy(Rows target, Rows source, int rows, int strips);

    /// <summary>target += source.</summary>
    public abstract void Add(Rows target, Rows source, int rows, int strips);

    /// <summary>target (one row) += the sum of the source's rows: <paramref name="steps"/> times <paramref name="rows"/> of them, <paramref name="skip"/> floats between.</summary>
    public abstract void AddRowSums(Rows target, Rows source, int rows, int steps, nint skip, int strips);
}
