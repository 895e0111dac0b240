namespace RnnBook;

/// <summary>Chapter 00, Start here.</summary>
internal static class Chapter00Exercises
{
    public static IReadOnlyList<Exercise> All =>
    [
        new Exercise<Func<double, int, double>>(
            "00.1",
            "A power by repeated multiplication",
            [
                "Start from 1, the number that changes nothing when you multiply by it.",
                "Multiply by w once for each of the n steps, in a loop.",
            ],
            "(double w, int n) → double",
            answer =>
            {
                Expect.Close(answer(2, 1), 2, 1e-12, "With w = 2 and one step the result should be w itself.");
                Expect.Close(answer(5, 0), 1, 1e-12, "No step at all changes nothing: what number stands for that?");
                Expect.Close(answer(1, 1000), 1, 1e-12, "With w = 1 nothing may grow or shrink, however many steps.");
                Expect.Close(answer(-1, 3), -1, 1e-12, "Try a negative w and an odd number of steps.");
                for (var n = 2; n <= 60; n += 7)
                {
                    Expect.Close(answer(0.9, n), Math.Pow(0.9, n), 1e-9, $"For w = 0.9 and n = {n} the result is off: count the multiplications.");
                    Expect.Close(answer(1.1, n), Math.Pow(1.1, n), 1e-9, $"For w = 1.1 and n = {n} the result is off: count the multiplications.");
                }
            }),
    ];
}
