namespace RnnBook;

/// <summary>
/// A vector register of floats. The kernels are written once against this interface and compiled for each width: 512 bits,
/// 256 bits, 128 bits, and a single float where there are no vectors. Masks are values with all bits of a lane set or none.
/// </summary>
internal interface ILanes<V>
    where V : unmanaged, ILanes<V>
{
    /// <summary>Floats in a register.</summary>
    public static abstract int Width { get; }

    /// <summary>Rows of the largest tile of a product whose sums fit the registers, beside three columns: 4 or 8.</summary>
    public static abstract int TileRows { get; }

    public static abstract unsafe V Load(float* p);

    public static abstract unsafe void Store(float* p, V x);

    public static abstract V All(float x);

    /// <summary>sum += a·b. By reference, which lets the JIT keep the sum in its register.</summary>
    public static abstract void AddProduct(ref V sum, V a, V b);

    public static abstract V operator +(V a, V b);

    public static abstract V operator -(V a, V b);

    public static abstract V operator *(V a, V b);

    public static abstract V operator /(V a, V b);

    /// <summary>The bits that both have.</summary>
    public static abstract V operator &(V a, V b);

    /// <summary>The smaller of both; NaN if b is.</summary>
    public static abstract V Min(V a, V b);

    /// <summary>The larger of both; NaN if b is.</summary>
    public static abstract V Max(V a, V b);

    public static abstract V Abs(V a);

    /// <summary>1/a within a unit or two in the last place, for a well inside the range of normal numbers.</summary>
    public static abstract V Reciprocal(V a);

    /// <summary>Mask of the lanes where a &gt; b; not where either is NaN.</summary>
    public static abstract V Greater(V a, V b);

    /// <summary>a where the mask is set, b elsewhere.</summary>
    public static abstract V Select(V mask, V a, V b);

    /// <summary>
    /// Zero for each |g| below the threshold, and one more in its lane of <paramref name="flushed"/> if it was not zero already.
    /// In whole numbers, whose order is that of the positive floats: for 0 &lt; |g| &lt; threshold both differences are negative.
    /// </summary>
    public static abstract V Flush(V g, V threshold, ref V flushed);

    /// <summary>All lanes of what <see cref="Flush"/> counted.</summary>
    public static abstract int Count(V flushed);
}
