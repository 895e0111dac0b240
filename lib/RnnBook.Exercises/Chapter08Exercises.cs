namespace RnnBook;

/// <summary>Chapter 08, Gates and shortcuts.</summary>
internal static class Chapter08Exercises
{
    public static IReadOnlyList<Exercise> All => [];
}
