namespace RnnBook;

/// <summary>Chapter 14, On the machine.</summary>
internal static class Chapter14Exercises
{
    public static IReadOnlyList<Exercise> All => [];
}
