namespace RnnBook;

/// <summary>
/// The numbers from 1 to 9,999 written out in English, each word one symbol: the text on which Howard and Gugger (2020, chapter 12) compare
/// recurrent networks. Thirty symbols, a strict order, and a horizon of a few words.
/// </summary>
public static class HumanNumbers
{
    private static readonly string[] Words =
    [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen",
        "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred",
        "thousand", ".",
    ];

    /// <summary>All numbers, each closed by a stop, as text with one letter a word, for <see cref="CharacterText"/>.</summary>
    public static string Text() =>
        string.Concat(Enumerable.Range(1, 9999).SelectMany(n => Spell(n).Append(".")).Select(word => (char)('A' + Array.IndexOf(Words, word))));

    /// <summary>The words of a number from 1 to 9,999, without "and": 2,345 is "two thousand three hundred forty five".</summary>
    /// <exception cref="ArgumentOutOfRangeException">Another number.</exception>
    public static IReadOnlyList<string> Spell(int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, 9999);
        var (thousands, hundreds, rest) = (number / 1000, number / 100 % 10, number % 100);
        return
        [
            .. thousands > 0 ? [Words[thousands - 1], "thousand"] : Array.Empty<string>(),
            .. hundreds > 0 ? [Words[hundreds - 1], "hundred"] : Array.Empty<string>(),
            .. rest >= 20 ? [Words[17 + (rest / 10)]] : Array.Empty<string>(),
            .. (rest >= 20 ? rest % 10 : rest) is > 0 and var last ? [Words[last - 1]] : Array.Empty<string>(),
        ];
    }
}
