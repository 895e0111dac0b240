namespace RnnBook.Tests;

/// <summary>A tensor is read with as many indices as it has axes, each in its own range.</summary>
public sealed class TensorTests
{
    [Fact]
    public void Elements_lie_in_row_major_order()
    {
        var t = Tensor.From([0, 1, 2, 3, 4, 5], 2, 3);
        Assert.Equal(5f, t[1, 2]);
        Assert.Equal(3f, t[1, 0]);
        t[0, 1] = 7;
        Assert.Equal(7f, t.Span[1]);
        Assert.Equal(5f, Tensor.From([0, 1, 2, 3, 4, 5], 1, 2, 3)[0, 1, 2]);
        Assert.Equal(2f, Tensor.From([0, 1, 2], 3)[2]);
    }

    [Fact]
    public void An_index_outside_its_axis_is_named_even_where_there_are_elements_behind()
    {
        var (v, m, s) = (new Tensor(4), new Tensor(2, 3), new Tensor(2, 3, 4));
        OutOfRange("A tensor [4] has no element [4]", () => v[4]);
        OutOfRange("A tensor [4] has no element [-1]", () => v[-1]);
        OutOfRange("A tensor [2×3] has no element [0, 5]", () => m[0, 5]);
        OutOfRange("A tensor [2×3] has no element [2, 0]", () => m[2, 0]);
        OutOfRange("A tensor [2×3] has no element [1, -1]", () => m[1, -1]);
        OutOfRange("A tensor [2×3×4] has no element [0, 3, 0]", () => s[0, 3, 0]);
        OutOfRange("A tensor [2×3×4] has no element [0, 0, 4]", () => s[0, 0, 4]);
        OutOfRange("A tensor [0×3] has no element [0, 0]", () => new Tensor(0, 3)[0, 0]);
    }

    [Fact]
    public void An_index_of_the_wrong_rank_is_named()
    {
        var (v, m, s) = (new Tensor(4), new Tensor(2, 3), new Tensor(2, 3, 4));
        WrongRank("A tensor [4] is read with 1 index, not [0, 0]", () => v[0, 0]);
        WrongRank("A tensor [2×3] is read with 2 indices, not [5]", () => m[5]);
        WrongRank("A tensor [2×3] is read with 2 indices, not [0, 0, 0]", () => m[0, 0, 0]);
        WrongRank("A tensor [2×3×4] is read with 3 indices, not [1, 2]", () => s[1, 2]);
    }

    [Fact]
    public void Sizes_that_overflow_are_refused_before_anything_is_computed()
    {
        const int huge = int.MaxValue / 2;
        Assert.Contains("4 rows for each unit", Assert.Throws<ArgumentOutOfRangeException>(() => new Lstm(1, huge)).Message);
        Assert.Contains("3 rows for each unit", Assert.Throws<ArgumentOutOfRangeException>(() => new Gru(1, huge)).Message);
        Assert.Contains("elements, more than there is room for", Assert.Throws<ArgumentException>(() => new Rnn(1, huge)).Message);
        Assert.Contains("elements, more than there is room for", Assert.Throws<ArgumentException>(() => new Linear(huge, 4)).Message);
        Assert.Contains("3 rows for each number", Assert.Throws<ArgumentOutOfRangeException>(() => new Attention(1, huge)).Message);
        Assert.Contains("elements, more than there is room for", Assert.Throws<ArgumentException>(() => new Embedding(huge, 4)).Message);
    }

    /// <summary>4·20,000 numbers a step and sequence, kept of 30,000 steps of one sequence: 2.4·10⁹.</summary>
    [Fact]
    public void A_pass_that_would_keep_more_than_an_array_holds_is_refused()
    {
        var packed = new PackedMatrix();
        var message = Assert.Throws<ArgumentException>(() => packed.Resize(16, 30_000, 80_000)).Message;
        Assert.Contains("for 30000 rows (steps times sequences) of 80000: more than an array holds", message);
        Assert.Throws<ArgumentException>(() => packed.Resize(16, (1L << 31) * 400, 1));
        Assert.Equal(0, packed.Rows);
    }

    private static void OutOfRange(string text, Func<float> read) =>
        Assert.Contains(text, Assert.Throws<ArgumentOutOfRangeException>(() => read()).Message);

    private static void WrongRank(string text, Func<float> read) => Assert.Contains(text, Assert.Throws<ArgumentException>(() => read()).Message);
}
