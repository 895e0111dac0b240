namespace RnnBook;

/// <summary>One thread's share of some work whose pieces do not depend on each other, so that nothing depends on how they are shared.</summary>
internal readonly record struct Share(int Index, int Count)
{
    /// <summary>The whole work.</summary>
    public static Share All => new(0, 1);

    /// <summary>First of so many pieces.</summary>
    public int First(int pieces) => pieces * Index / Count;

    /// <summary>Where the pieces end.</summary>
    public int End(int pieces) => pieces * (Index + 1) / Count;
}
