namespace RnnBook.Exercises.Tests;

/// <summary>What an exercise's judge must say to an answer.</summary>
internal static class ExerciseAssert
{
    /// <summary>The answer is right.</summary>
    public static void Solved(string id, Delegate answer)
    {
        var result = Exercise.Check(id, answer);
        Assert.True(result.IsSolved, result.Message);
    }

    /// <summary>The answer is wrong, and the message has a word that tells this mistake from others.</summary>
    public static void Wrong(string id, Delegate answer, string word)
    {
        var result = Exercise.Check(id, answer);
        Assert.False(result.IsSolved);
        Assert.Contains(word, result.Message, StringComparison.Ordinal);
    }
}
