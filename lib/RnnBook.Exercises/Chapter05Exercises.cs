namespace RnnBook;

/// <summary>Chapter 05, Truncated.</summary>
internal static class Chapter05Exercises
{
    public static IReadOnlyList<Exercise> All => [];
}
