namespace RnnBook.Figures;

/// <summary>The frames of a slider, each a figure of its own.</summary>
internal sealed record SliderFrames(string Label, IReadOnlyList<(string Label, Figure Figure)> Frames, int Start);
