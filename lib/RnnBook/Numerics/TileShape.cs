namespace RnnBook;

/// <summary>A small number that the JIT knows when it compiles a tile.</summary>
internal interface ICount
{
    public static abstract int Value { get; }
}

internal readonly struct One : ICount
{
    public static int Value => 1;
}

internal readonly struct Two : ICount
{
    public static int Value => 2;
}

internal readonly struct Three : ICount
{
    public static int Value => 3;
}

internal readonly struct Four : ICount
{
    public static int Value => 4;
}

internal readonly struct Eight : ICount
{
    public static int Value => 8;
}

/// <summary>How A lies in its strips; the JIT knows it when it compiles a tile.</summary>
internal interface ILayout
{
    public static abstract bool Transposed { get; }
}

internal readonly struct Plain : ILayout
{
    public static bool Transposed => false;
}

internal readonly struct Transposed : ILayout
{
    static bool ILayout.Transposed => true;
}
