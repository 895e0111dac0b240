namespace RnnBook;

/// <summary>Chapter 13, Series and sounds.</summary>
internal static class Chapter13Exercises
{
    public static IReadOnlyList<Exercise> All => [];
}
