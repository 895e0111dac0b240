namespace RnnBook;

/// <summary>Chapter 11, Pixel by pixel.</summary>
internal static class Chapter11Exercises
{
    public static IReadOnlyList<Exercise> All => [];
}
