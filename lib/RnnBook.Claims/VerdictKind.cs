namespace RnnBook;

/// <summary>What measurement says of a claim.</summary>
public enum VerdictKind
{
    /// <summary>True as stated.</summary>
    Reproduced,

    /// <summary>True under a condition that the source leaves out.</summary>
    Qualified,

    /// <summary>Not true as stated, nor under the condition, if there is one.</summary>
    Refuted,

    /// <summary>The runs do not say: a threshold lies within an interval that decides.</summary>
    Undecided,

    /// <summary>A definition or formula, and our code follows it: a test of the code, no finding.</summary>
    Checked,

    /// <summary>Nothing to measure, for a reason given.</summary>
    NotTested,
}

/// <summary>How verdicts are written, marked and coloured, in every place of the book.</summary>
public static class VerdictLook
{
    private static readonly (string Word, char Mark, string Colour)[] Looks =
    [
        ("reproduced", '✓', "#1a7f37"),
        ("qualified", '◐', "#8a5a00"),
        ("refuted", '✗', "#b3261e"),
        ("undecided", '?', "#6639ba"),
        ("definition, checked", '=', "#0a6b74"),
        ("not tested", '–', "#57606a"),
    ];

    /// <summary>The words of all verdicts, in the order of <see cref="VerdictKind"/>.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. Looks.Select(look => look.Word)];

    /// <summary>The word, such as "definition, checked".</summary>
    public static string Word(this VerdictKind verdict) => Looks[(int)verdict].Word;

    /// <summary>A sign that tells verdicts apart without colour.</summary>
    public static char Mark(this VerdictKind verdict) => Looks[(int)verdict].Mark;

    /// <summary>A colour on which white text has a contrast above 4.5.</summary>
    public static string Colour(this VerdictKind verdict) => Looks[(int)verdict].Colour;

    /// <summary>The verdict that a word names; null if it names none.</summary>
    public static VerdictKind? Parse(string word) => Words.ToList().IndexOf(word) is >= 0 and var index ? (VerdictKind)index : null;
}
