using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using static RnnBook.Exercises.Tests.ExerciseAssert;

namespace RnnBook.Exercises.Tests;

public sealed class Chapter07ExercisesTests
{
    [Fact]
    public void The_typical_gain_makes_up_for_the_correction() =>
        Solved("07.1", (int n) => Math.Exp((Math.Log(n) - Math.Log(2) - SpecialFunctions.DiGamma(n / 2.0)) / 2));

    [Fact]
    public void Keeping_the_variance_is_not_keeping_the_typical_length() => Wrong("07.1", (int n) => 1.0, "mean of the squared length");

    [Fact]
    public void The_inverse_fades_twice_as_fast() =>
        Wrong("07.1", (int n) => Math.Exp((Math.Log(2) + SpecialFunctions.DiGamma(n / 2.0) - Math.Log(n)) / 2), "twice as fast");

    [Fact]
    public void Half_of_an_integer_loses_the_half() =>
        Wrong("07.1", (int n) => Math.Exp((Math.Log(n) - Math.Log(2) - SpecialFunctions.DiGamma(n / 2)) / 2), "whole number");

    [Fact]
    public void A_leaky_mask_keeps_its_share() => Solved("07.2", (double alpha) => Math.Sqrt(2 / (1 + (alpha * alpha))));

    [Fact]
    public void The_gain_of_ReLU_is_too_large_for_a_leaky_unit() => Wrong("07.2", (double alpha) => Math.Sqrt(2), "linear network");

    [Fact]
    public void The_slope_counts_squared() => Wrong("07.2", (double alpha) => Math.Sqrt(2 / (1 + alpha)), "squared length by");

    [Fact]
    public void The_root_is_not_forgotten() => Wrong("07.2", (double alpha) => 2 / (1 + (alpha * alpha)), "plain ReLU");

    [Fact]
    public void Chance_needs_the_square_of_the_distance() => Solved("07.3", (double sigma) => Math.Pow(Math.Log(10) / sigma, 2));

    [Fact]
    public void Standard_deviations_do_not_add_up() => Wrong("07.3", (double sigma) => Math.Log(10) / sigma, "adds up");

    [Fact]
    public void A_factor_of_e_is_not_ten() => Wrong("07.3", (double sigma) => 1 / (sigma * sigma), "factor of e");

    [Fact]
    public void Decimal_logarithms_are_another_scale() => Wrong("07.3", (double sigma) => Math.Pow(2 / sigma, 2), "standard deviation is");

    [Fact]
    public void Each_row_has_three_taps_on_a_ring() => Solved("07.4", Taps((p, d, size) => ((p + d + size) % size, d + 1)));

    [Fact]
    public void A_flipped_kernel_is_found_out() => Wrong("07.4", Taps((p, d, size) => ((p - d + size) % size, d + 1)), "Transposed");

    [Fact]
    public void Open_ends_are_found_out() =>
        Wrong("07.4", (double[] w, int size) => Matrix<double>.Build.Dense(size, size, (p, q) => Math.Abs(q - p) <= 1 ? w[q - p + 1] : 0), "joined");

    [Fact]
    public void A_kernel_one_place_off_is_found_out() => Wrong("07.4", Taps((p, d, size) => ((p + d + 1 + size) % size, d + 1)), "three taps");

    [Fact]
    public void Factors_that_keep_every_length_even_out() => Solved("07.5", (int n, RandomSource random) => Gaussian(n, random).QR().Q);

    [Fact]
    public void The_variance_preserving_scale_does_not_even_out() =>
        Wrong("07.5", (int n, RandomSource random) => Gaussian(n, random) / Math.Sqrt(n), "add up");

    [Fact]
    public void A_fixed_matrix_is_no_law_of_chance() =>
        Wrong("07.5", (int n, RandomSource random) => Matrix<double>.Build.DenseIdentity(n), "same matrix");

    [Theory]
    [InlineData("07.1")]
    [InlineData("07.2")]
    [InlineData("07.3")]
    [InlineData("07.4")]
    [InlineData("07.5")]
    public void The_empty_answer_is_told_so(string id)
    {
        Delegate empty = id switch
        {
            "07.1" => (int n) => double.NaN,
            "07.4" => (double[] w, int size) => (Matrix<double>)null!,
            "07.5" => (int n, RandomSource random) => (Matrix<double>)null!,
            _ => (double x) => double.NaN,
        };
        Wrong(id, empty, "No answer yet");
    }

    private static Matrix<double> Gaussian(int n, RandomSource random) => Matrix<double>.Build.Dense(n, n, (_, _) => random.NextGaussian());

    /// <summary>The matrix that puts a tap of the kernel, for each row p and offset d, at the column that is given.</summary>
    private static Func<double[], int, Matrix<double>> Taps(Func<int, int, int, (int Column, int Tap)> place) => (w, size) =>
    {
        var matrix = Matrix<double>.Build.Dense(size, size);
        for (var p = 0; p < size; p++)
        {
            for (var d = -1; d <= 1; d++)
            {
                var (column, tap) = place(p, d, size);
                matrix[p, column] += w[tap];
            }
        }

        return matrix;
    };
}
