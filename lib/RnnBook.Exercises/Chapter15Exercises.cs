namespace RnnBook;

/// <summary>Chapter 15, The ledger.</summary>
internal static class Chapter15Exercises
{
    public static IReadOnlyList<Exercise> All => [];
}
