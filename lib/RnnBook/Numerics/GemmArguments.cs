namespace RnnBook;

/// <summary>
/// C = Start + A·B for one call of the matrix product (gemm) kernel. A is read float by float, B, Start and C in whole vectors. Forward
/// and backward pass read A's rows as rows; the inner dimension goes along A's panels. Weight gradients read A transposed: the inner
/// dimension goes down the rows of A and B, in runs (one step's rows) with a gap after each.
/// </summary>
internal struct GemmArguments()
{
    public PackedRows A;
    public PackedRows B;
    public PackedRows Start;
    public PackedRows C;

    /// <summary>Rows of C.</summary>
    public int Rows;

    /// <summary>Panels of B and C.</summary>
    public int Panels;

    /// <summary>Inner dimension (of a segment).</summary>
    public int Inner;

    /// <summary>Whether C = Start + Aᵀ·B.</summary>
    public bool Transposed;

    /// <summary>Rows of A and B before a gap, if A is transposed; divides <see cref="Inner"/>.</summary>
    public int Run;

    /// <summary>Rows of A and B that are left out behind each run.</summary>
    public int Gap;

    /// <summary>How often A jumps, each time <see cref="SegmentPanels"/> panels, and is multiplied with the next rows of B.</summary>
    public int Segments = 1;

    public int SegmentPanels;

    /// <summary>Throws unless all that the kernel will touch lies inside the matrices.</summary>
    /// <param name="width">Floats in a register.</param>
    public readonly void RequireInside(int width)
    {
        C.Require(Rows, Panels);
        Start.Require(Rows, Panels);
        if (Transposed)
        {
            // Rows of C are lanes of A.
            var touched = ((Inner / Run) - 1) * (Run + Gap) + Run;
            A.Require(touched, PackedMatrix.PanelsOf(Rows, width));
            B.Require(touched, Panels);
        }
        else
        {
            A.Require(Rows, ((Segments - 1) * SegmentPanels) + PackedMatrix.PanelsOf(Inner, width));
            B.Require(Segments * Inner, Panels);
        }
    }
}
