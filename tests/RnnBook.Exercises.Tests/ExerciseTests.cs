using System.Text.Json;

namespace RnnBook.Exercises.Tests;

public sealed class ExerciseTests
{
    [Fact]
    public void A_right_answer_is_solved() => Assert.True(Exercise.Check("00.1", Power).IsSolved);

    [Fact]
    public void A_method_with_a_delegate_type_of_its_own_is_judged_by_its_signature() =>
        Assert.True(Exercise.Check("00.1", new OwnSignature(Power)).IsSolved);

    [Fact]
    public void The_empty_answer_is_not_solved_and_says_so()
    {
        var result = Exercise.Check("00.1", (double w, int n) => double.NaN);
        Assert.False(result.IsSolved);
        Assert.Contains("No answer yet", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_multiplication_too_many_is_not_solved() =>
        Assert.False(Exercise.Check("00.1", (double w, int n) => Power(w, n + 1)).IsSolved);

    [Fact]
    public void Another_signature_is_named()
    {
        var result = Exercise.Check("00.1", (string text) => text.Length);
        Assert.False(result.IsSolved);
        Assert.Contains("(double w, int n) → double", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_that_throws_is_reported_not_thrown()
    {
        static double Throwing(double w, int n) => throw new InvalidOperationException("out of ideas");
        Assert.Contains("InvalidOperationException: out of ideas", Exercise.Check("00.1", Throwing).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_exercise_is_refused_with_those_there_are()
    {
        var thrown = Assert.Throws<ArgumentException>(() => Exercise.Check("99.9", Power));
        Assert.Contains("00.1", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Hints_are_counted_from_one()
    {
        Assert.StartsWith("Hint 1 of", Exercise.Hint("00.1"), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Exercise.Hint("00.1", 0));
        Assert.Throws<ArgumentException>(() => Exercise.Hint("00.1", 99));
    }

    [Fact]
    public void A_result_escapes_what_the_reader_wrote()
    {
        static double Throwing(double w, int n) => throw new InvalidOperationException("<b>bold</b>");
        var result = Exercise.Check("00.1", Throwing);
        Assert.DoesNotContain("<b>", result.ToHtml(), StringComparison.Ordinal);
        Assert.False(JsonDocument.Parse(result.ToJson()).RootElement.GetProperty("solved").GetBoolean());
    }

    [Fact]
    public void Every_exercise_has_an_id_of_its_own_a_title_and_hints()
    {
        Assert.Equal(Exercise.All.Count, Exercise.All.Select(e => e.Id).Distinct().Count());
        Assert.All(Exercise.All, e =>
        {
            Assert.Matches(@"^\d\d\.\d$", e.Id);
            Assert.NotEmpty(e.Title);
            Assert.NotEmpty(e.Hints);
        });
    }

    private delegate double OwnSignature(double w, int n);

    private static double Power(double w, int n)
    {
        var product = 1.0;
        for (var i = 0; i < n; i++)
        {
            product *= w;
        }

        return product;
    }
}
