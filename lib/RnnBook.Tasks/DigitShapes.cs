using System.Numerics;

namespace RnnBook;

/// <summary>
/// How people write the ten digits: for each one a few styles, each of one or more pen strokes, each stroke the points that the pen
/// passes, in a box 60 wide and 100 high with y downward. Between points the pen follows a smooth curve; at a point
/// given twice it turns a corner.
/// </summary>
internal static class DigitShapes
{
    /// <summary>The most points that a stroke has.</summary>
    public const int MaxPoints = 16;

    /// <summary>Strokes of each style of each digit.</summary>
    private static readonly Vector2[][][][] Strokes = Parsed(
    [
        [
            "32,2 12,13 4,50 12,87 31,98 50,87 57,50 50,14 33,2",
            "44,10 26,2 9,20 3,55 12,88 30,98 48,86 56,52 50,20 36,3 24,9",
        ],
        [
            "32,2 31,50 30,98",
            "12,26 24,16 34,2 34,2 33,50 32,98",
            "14,24 25,15 34,2 34,2 33,50 32,97 / 14,98 50,97",
        ],
        [
            "8,26 14,9 30,2 46,9 50,26 42,46 24,70 6,96 6,96 30,95 56,96",
            "9,23 19,5 39,4 49,22 43,46 27,72 13,90 5,88 11,78 25,83 38,94 57,90",
        ],
        [
            "9,13 27,2 46,10 48,27 38,42 22,47 22,47 43,53 54,71 46,91 26,98 5,88",
            "8,4 30,4 51,4 51,4 25,41 25,41 46,47 55,67 48,89 28,98 5,90",
        ],
        [
            "19,4 14,30 7,57 7,57 30,57 56,54 / 43,26 41,60 39,98",
            "41,2 22,31 4,66 4,66 28,66 57,65 / 41,2 41,50 40,98",
        ],
        [
            "51,4 34,5 16,5 16,5 12,43 12,43 31,37 50,47 54,69 44,90 24,98 5,90",
            "16,7 12,45 12,45 32,39 50,51 52,73 40,92 20,97 4,87 / 16,7 35,5 55,3",
        ],
        [
            "47,4 26,18 10,46 5,74 15,94 34,98 51,85 50,64 36,53 19,59 7,75",
            "38,2 18,34 6,67 12,90 30,98 48,89 53,71 41,55 22,58 8,73",
        ],
        [
            "5,6 30,6 55,5 55,5 38,45 24,98",
            "5,7 30,6 55,5 55,5 38,45 25,98 / 16,51 50,48",
            "5,19 7,6 7,6 31,8 56,4 56,4 40,30 29,62 25,98",
        ],
        [
            "47,13 30,2 14,12 16,30 32,46 48,62 51,84 30,98 9,84 12,62 29,46 45,30 47,13",
            "31,2 14,10 14,35 30,46 46,37 47,12 31,2 31,2 / 30,46 8,59 8,88 30,98 52,88 52,60 30,46",
        ],
        [
            "49,20 34,3 14,11 8,32 20,48 38,43 49,20 49,20 48,60 44,98",
            "49,22 36,3 14,10 7,30 19,48 38,42 49,22 51,52 44,81 28,97 11,92",
        ],
    ]);

    /// <summary>In how many styles a digit is written.</summary>
    public static int StyleCount(int digit) => Strokes[digit].Length;

    /// <summary>The strokes of one style of one digit, in units of the box's height: x from 0 to 0.6, y from 0 to 1.</summary>
    public static Vector2[][] Of(int digit, int style) => Strokes[digit][style];

    private static Vector2[][][][] Parsed(string[][] digits) =>
        [.. digits.Select(styles => styles.Select(style => style.Split(" / ").Select(Points).ToArray()).ToArray())];

    private static Vector2[] Points(string stroke) =>
        [.. stroke.Split(' ', ',').Select(int.Parse).Chunk(2).Select(point => new Vector2(point[0], point[1]) / 100)];
}
