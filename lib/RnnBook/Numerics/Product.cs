namespace RnnBook;

/// <summary>
/// C = Start + A·B for one call of the product kernel. A is read float by float, B (its rows one vector apart), Start and C in whole vectors. The inner
/// dimension is walked in runs (after each one A and B skip ahead) and segments (A jumps), which lets the same kernel read
/// strips as rows (forward and backward: a run is a strip's lanes) and as columns (weight gradients: a run is one step's rows).
/// Strides count floats.
/// </summary>
internal unsafe struct Product
{
    public float* A;
    public nint ARow;
    public nint AStep;
    public nint ASkip;
    public nint ASegment;

    public float* B;
    public nint BSkip;
    public nint BStrip;

    public float* Start;
    public nint StartRow;
    public nint StartStrip;

    public float* C;
    public nint CRow;
    public nint CStrip;

    /// <summary>Rows of A and C.</summary>
    public int Rows;

    /// <summary>Strips of B and C.</summary>
    public int Strips;

    /// <summary>Steps of the inner dimension before a skip.</summary>
    public int Run;

    /// <summary>Steps of the inner dimension in a segment.</summary>
    public int Steps;

    public int Segments;
}
