namespace RnnBook;

/// <summary>Chapter 12, Letter by letter.</summary>
internal static class Chapter12Exercises
{
    public static IReadOnlyList<Exercise> All => [];
}
