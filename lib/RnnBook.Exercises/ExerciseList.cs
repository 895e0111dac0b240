namespace RnnBook;

/// <summary>The exercises of all chapters, each chapter in a file of its own.</summary>
internal static class ExerciseList
{
    public static IReadOnlyList<Exercise> Load() =>
    [
        .. Chapter00Exercises.All,
        .. Chapter01Exercises.All,
        .. Chapter02Exercises.All,
        .. Chapter03Exercises.All,
        .. Chapter04Exercises.All,
        .. Chapter05Exercises.All,
        .. Chapter06Exercises.All,
        .. Chapter07Exercises.All,
        .. Chapter08Exercises.All,
        .. Chapter09Exercises.All,
        .. Chapter10Exercises.All,
        .. Chapter11Exercises.All,
        .. Chapter12Exercises.All,
        .. Chapter13Exercises.All,
        .. Chapter14Exercises.All,
        .. Chapter15Exercises.All,
    ];
}
