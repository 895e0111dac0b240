namespace RnnBook.Notebook.Tests;

/// <summary>How values are shown that bring no formatters of their own.</summary>
public sealed class FormattingTests
{
    private sealed record Row(string Name, double Value);

    private sealed class Plain
    {
        public int Number { get; } = 4;

        public string Bad => Number > 0 ? throw new InvalidOperationException("no such thing") : "";
    }

    private sealed class Grid
    {
        public int RowCount { get; } = 2;

        public int ColumnCount { get; } = 2;

        public double this[int row, int column] => row + (column / 3.0);

        public override string ToString() => "a grid";
    }

    private static string? Html(object? value) => (string?)ValueFormatter.Format(value, [])["text/html"];

    private static string? Plainly(object? value) => (string?)ValueFormatter.Format(value, [])["text/plain"];

    [Theory]
    [InlineData(null, "<null>")]
    [InlineData("text <b>", "text <b>")]
    [InlineData(3, "3")]
    [InlineData(0.1, "0.1")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(true, "True")]
    [InlineData('c', "c")]
    [InlineData(DayOfWeek.Friday, "Friday")]
    [InlineData(typeof(int), "System.Int32")]
    public void One_thing_is_plain_text_only(object? value, string expected)
    {
        Assert.Equal(expected, Plainly(value));
        Assert.Null(Html(value));
    }

    [Fact]
    public void Numbers_stand_in_brackets()
    {
        Assert.Equal("[ 1, 2, 3 ]", Plainly(new[] { 1, 2, 3 }));
        Assert.Equal("[ ]", Plainly(Array.Empty<int>()));
        Assert.EndsWith(", 49, … 50 more ]", Plainly(Enumerable.Range(0, 100)));
        Assert.Null(Html(new[] { 1.5 }));
    }

    [Fact]
    public void A_sequence_without_end_is_shown()
    {
        static IEnumerable<int> Ones()
        {
            while (true)
            {
                yield return 1;
            }
        }

        Assert.EndsWith("… more ]", Plainly(Ones()));
    }

    [Fact]
    public void Records_and_anonymous_objects_are_rows()
    {
        Assert.Equal(
            "<table><thead><tr><th>Name</th><th>Value</th></tr></thead><tbody><tr><td>a&lt;b&gt;</td><td>1.5</td></tr></tbody></table>",
            Html(new[] { new Row("a<b>", 1.5) }));
        Assert.Equal("[ Row { Name = a<b>, Value = 1.5 } ]", Plainly(new[] { new Row("a<b>", 1.5) }));
        Assert.Contains("<th>Item1</th><th>Item2</th>", Html(new[] { (1, "x") }));
        var many = Html(Enumerable.Range(0, 1000).Select(i => new { I = i }))!;
        Assert.Equal(20, many.Split("<details>")[0].Split("<td>").Length - 1);
        Assert.Contains("<summary>500 more rows</summary>", many);
        Assert.Equal(520, many.Split("<td>").Length - 1);
        Assert.EndsWith("<p>… 480 more</p>", many);
    }

    [Fact]
    public void Items_of_several_types_share_columns()
    {
        var html = Html(new object?[] { new { A = 1 }, null, new { B = 2 } })!;

        Assert.Contains("<th>A</th><th>B</th>", html);
        Assert.Contains("<tr><td>1</td><td></td></tr>", html);
        Assert.Contains("<tr><td></td><td>2</td></tr>", html);
    }

    [Fact]
    public void A_single_thing_is_a_table_of_its_members_and_a_getter_that_throws_says_so()
    {
        var html = Html(new Plain())!;

        Assert.Contains("<caption>Plain</caption>", html);
        Assert.Contains("<td>Number</td><td>4</td>", html);
        Assert.Contains("&lt;no such thing&gt;", html);
    }

    [Fact]
    public void Dictionaries_are_keys_and_values()
    {
        var dictionary = new Dictionary<string, int> { ["one"] = 1 };

        Assert.Contains("<th>key</th><th>value</th>", Html(dictionary));
        Assert.Contains("<td>one</td><td>1</td>", Html(dictionary));
        Assert.Equal("[ one: 1 ]", Plainly(dictionary));
    }

    [Fact]
    public void Rectangles_of_numbers_are_tables()
    {
        Assert.Contains("<tr><td>0.333333</td><td>2</td></tr>", Html(new[,] { { 1.0 / 3, 2 } }));
        Assert.Contains("<tr><td>1</td><td>2</td></tr>", Html(new[] { new[] { 1, 2 }, [3] }));
        Assert.Contains("<td>0.333333</td>", Html(new Grid()));
        Assert.Equal("a grid", Plainly(new Grid()));
        Assert.Contains("100 × 100 in all", Html(new float[100, 100]));
    }

    [Fact]
    public void A_long_sequence_is_folded_whole_behind_its_beginning()
    {
        var html = Html(Enumerable.Range(0, 300))!;

        Assert.StartsWith("<details><summary>[ 0, 1, ", html);
        Assert.Contains(", 299</p>", html);
        Assert.EndsWith("… 1,000 more</p></details>", Html(Enumerable.Range(0, 6000))!);
    }

    [Fact]
    public void Vectors_and_matrices_of_Math_NET_are_tables()
    {
        var vector = MathNet.Numerics.LinearAlgebra.Vector<double>.Build.Dense(30, index => index / 3.0);
        var matrix = MathNet.Numerics.LinearAlgebra.Matrix<float>.Build.Dense(2, 30, (row, column) => (row * 100) + column);

        Assert.Contains("<td>0.333333</td>", Html(vector));
        Assert.Contains("30 numbers in all", Html(vector));
        Assert.Contains("<td>119</td>", Html(matrix));
        Assert.Contains("2 × 30 in all", Html(matrix));
        Assert.Contains("DenseVector 30-Double", Plainly(vector));
    }

    [Fact]
    public void A_data_table_is_a_table()
    {
        using var table = new System.Data.DataTable("People");
        table.Columns.Add("Name");
        table.Columns.Add("Age", typeof(int));
        table.Rows.Add("Ada", 36);
        table.Rows.Add("Nobody", DBNull.Value);

        Assert.Contains("<caption>People</caption><thead><tr><th>Name</th><th>Age</th></tr></thead><tbody><tr><td>Ada</td><td>36</td></tr>", Html(table));
    }

    [Fact]
    public void A_mime_type_on_demand_is_the_only_one()
    {
        Assert.Equal("<i>", (string?)ValueFormatter.Format("<i>", ["text/html"]).Single().Value);
        Assert.Equal("&lt;i&gt;", ValueFormatter.InnerHtml("<i>"));
        Assert.Equal("AQI=", (string?)ValueFormatter.Format(new byte[] { 1, 2 }, ["image/png"])["image/png"]);
        Assert.Equal(3, (int)ValueFormatter.Format("{\"a\": 3}", ["application/json"])["application/json"]!["a"]!);
        Assert.Throws<FormatException>(() => ValueFormatter.Format("{", ["application/json"]));
    }
}
