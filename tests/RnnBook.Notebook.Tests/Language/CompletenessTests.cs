namespace RnnBook.Notebook.Tests;

/// <summary>Whether a source that is being typed can run.</summary>
public sealed class CompletenessTests
{
    [Theory]
    [InlineData("")]
    [InlineData("1 + 1")]
    [InlineData("var x = 1;")]
    [InlineData("for (var i = 0; i < 3; i++) { }")]
    [InlineData("// only a comment")]
    [InlineData("unknown.Member")]
    public void It_can_run(string code) => Assert.Equal(new Completeness(CompletenessStatus.Complete, ""), CellEngine.IsComplete(code));

    [Theory]
    [InlineData("1 +", "")]
    [InlineData("var x =", "")]
    [InlineData("class C\n{", "    ")]
    [InlineData("class C\n{\n    void M()\n    {\n        F();\n", "        ")]
    [InlineData("F(", "    ")]
    [InlineData("var s = @\"open", "")]
    public void Something_must_follow(string code, string indent) =>
        Assert.Equal(new Completeness(CompletenessStatus.Incomplete, indent), CellEngine.IsComplete(code));

    [Theory]
    [InlineData("}")]
    [InlineData("int n = ;")]
    public void Nothing_can_mend_it(string code) => Assert.Equal(new Completeness(CompletenessStatus.Invalid, ""), CellEngine.IsComplete(code));
}
