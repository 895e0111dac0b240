namespace RnnBook;

/// <summary>Drawn digits of 14 × 14 pixels, seen whole, for the studies of feed-forward nets.</summary>
internal static class DigitNet
{
    /// <summary>Pixels of an image, and classes.</summary>
    public const int Pixels = 196, Classes = 10;

    /// <summary>One step shows the whole image.</summary>
    public static StrokeDigits Task() => new(14, pixelsPerStep: Pixels);

    /// <summary>Share of answers that are right.</summary>
    public static double Accuracy(StrokeDigits task, FeedForward net, Batch batch) => task.Accuracy(net.Forward(batch.Inputs), batch);
}
