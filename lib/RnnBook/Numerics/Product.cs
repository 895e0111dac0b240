namespace RnnBook;

/// <summary>
/// C = Start + A·B for one call of the product kernel. A is read float by float, B, Start and C in whole vectors. Forward and backward
/// pass read A's rows as rows; the inner dimension goes along A's strips. Weight gradients read A transposed: the inner dimension goes
/// down the rows of A and B, in runs (one step's rows) with a skip after each. Strides and skips count floats.
/// </summary>
internal struct Product()
{
    public Rows A;
    public Rows B;
    public Rows Start;
    public Rows C;

    /// <summary>From one row of Start to the next; 0 if all rows start from the same.</summary>
    public nint StartRow;

    /// <summary>Rows of C.</summary>
    public int RowCount;

    /// <summary>Strips of B and C.</summary>
    public int StripCount;

    /// <summary>Inner dimension (of a segment).</summary>
    public int Steps;

    /// <summary>Whether C = Start + Aᵀ·B.</summary>
    public bool Transposed;

    /// <summary>Rows of A and B before a skip, if A is transposed.</summary>
    public int Run;

    /// <summary>Behind each run.</summary>
    public nint Skip;

    /// <summary>How often A jumps, each time <see cref="Segment"/> floats, and is multiplied with the next rows of B.</summary>
    public int Segments = 1;

    public nint Segment;
}
