using static RnnBook.Exercises.Tests.ExerciseAssert;

namespace RnnBook.Exercises.Tests;

/// <summary>Right answers pass, typical wrong ones get a word that helps.</summary>
public sealed class Chapter02ExercisesTests
{
    [Fact]
    public void Right_answers_pass()
    {
        Solved("02.1", (double x, double t, double w1, double w2, double rate) => Step(x, t, w1, w2, rate));
        Solved("02.2", (int inputs, double alpha) => Math.Sqrt(2 / ((1 + (alpha * alpha)) * inputs)));
        Solved("02.3", () => (Gain: 4.07, Centre: 0.5));
    }

    [Fact]
    public void Update_with_the_gradient() => Wrong("02.1", (double x, double t, double w1, double w2, double rate) =>
        Step(x, t, w1, w2, -rate), "section 1");

    [Fact]
    public void Update_without_the_mask() => Wrong("02.1", (double x, double t, double w1, double w2, double rate) =>
    {
        var (h, slope) = (Math.Max(0, w1 * x), 2 * ((w2 * Math.Max(0, w1 * x)) - t));
        return (w1 - (rate * slope * w2 * x), w2 - (rate * slope * h));
    }, "the unit is off");

    [Fact]
    public void Update_with_a_weight_that_has_moved() => Wrong("02.1", (double x, double t, double w1, double w2, double rate) =>
        (Step(x, t, w1, Step(x, t, w1, w2, rate).W2, rate).W1, Step(x, t, w1, w2, rate).W2), "section 1");

    [Fact]
    public void Start_of_plain_relu() => Wrong("02.2", (int inputs, double alpha) => Math.Sqrt(2.0 / inputs), "no bend");

    [Fact]
    public void Start_that_forgets_the_square() => Wrong("02.2", (int inputs, double alpha) => Math.Sqrt(2 / ((1 + alpha) * inputs)), "α = −1");

    [Fact]
    public void Start_of_glorot() => Wrong("02.2", (int inputs, double alpha) => Math.Sqrt(1.0 / inputs), "He's");

    [Fact]
    public void A_brute_gain_saves_the_sigmoid_without_a_centre() => Solved("02.3", () => (Gain: 9.5, Centre: 0.0));

    [Theory]
    [InlineData(1, 0, "pre-activations lie")]
    [InlineData(4, 0, "pre-activations lie")]
    [InlineData(2, 0.5, "slope times the gain")]
    [InlineData(4, 0.5, "slope times the gain")]
    [InlineData(8, 0.5, "it grows on the way")]
    [InlineData(double.NaN, 0.5, "No answer yet")]
    public void A_sigmoid_that_is_not_saved_is_told_why(double gain, double centre, string word) =>
        Wrong("02.3", () => (Gain: gain, Centre: centre), word);

    [Fact]
    public void Stubs_say_that_there_is_no_answer()
    {
        Wrong("02.1", (double x, double t, double w1, double w2, double rate) => (W1: double.NaN, W2: double.NaN), "No answer yet");
        Wrong("02.2", (int inputs, double alpha) => double.NaN, "No answer yet");
    }

    private static (double W1, double W2) Step(double x, double t, double w1, double w2, double rate)
    {
        var h = Math.Max(0, w1 * x);
        var slope = 2 * ((w2 * h) - t);
        return (w1 - (h > 0 ? rate * slope * w2 * x : 0), w2 - (rate * slope * h));
    }
}
