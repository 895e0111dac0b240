namespace RnnBook.Tests;

public class TextFeatureTests
{
    [Fact]
    public void The_position_counts_from_the_lines_beginning() =>
        Assert.Equal(new double[] { 1, 2, 0, 1, 0, 0, 1 }, TextFeature.LinePosition.Of("ab\nc\n\nd"));

    [Fact]
    public void A_quotation_opens_and_closes_and_ends_with_the_line() =>
        Assert.Equal(new double[] { 0, 1, 1, 0, 0, 1, 0, 0 }, TextFeature.Quotes.Of("a\"b\"c\"\nd"));

    [Fact]
    public void Brackets_nest_and_a_closing_one_too_many_is_no_bracket() =>
        Assert.Equal(new double[] { 1, 1, 1, 1, 1, 0, 0 }, TextFeature.Brackets.Of("(a(b)))"));

    [Fact]
    public void A_comment_lasts_to_the_end_of_the_line() =>
        Assert.Equal(new double[] { 0, 0, 1, 1, 0, 0 }, TextFeature.Comment.Of("a//b\nc"));
}
