namespace RnnBook;

/// <summary>Digits as images, for networks that see all pixels at once.</summary>
/// <param name="Pixels">[N, side²], row by row, 0 is black and 1 is full ink.</param>
/// <param name="Labels">The N digits.</param>
/// <param name="Side">Pixels along a side.</param>
public sealed record DigitImages(Tensor Pixels, int[] Labels, int Side)
{
    /// <summary>Number of images N.</summary>
    public int Count => Labels.Length;

    /// <inheritdoc/>
    public override string ToString() => $"{Count} digits of {Side}×{Side} pixels";
}
