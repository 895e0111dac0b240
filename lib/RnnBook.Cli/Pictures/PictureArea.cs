namespace RnnBook.Cli;

/// <summary>Where all panels of a figure lie, in pixels.</summary>
/// <param name="Left">Its left side.</param>
/// <param name="Top">Its upper side.</param>
/// <param name="Width">How wide it is.</param>
/// <param name="Height">How high it is.</param>
internal sealed record PictureArea(double Left, double Top, double Width, double Height)
{
    public double Bottom => Top + Height;

    /// <summary>The pixel of a share of the width.</summary>
    public double X(double share) => Left + (share * Width);

    /// <summary>The pixel of a share of the height, from below.</summary>
    public double Y(double share) => Bottom - (share * Height);
}
