namespace RnnBook;

/// <summary>Chapter 10, Dying units and relatives.</summary>
internal static class Chapter10Exercises
{
    public static IReadOnlyList<Exercise> All => [];
}
