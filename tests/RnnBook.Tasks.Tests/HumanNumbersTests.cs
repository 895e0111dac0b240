namespace RnnBook.Tasks.Tests;

public sealed class HumanNumbersTests
{
    [Theory]
    [InlineData(1, "one")]
    [InlineData(19, "nineteen")]
    [InlineData(20, "twenty")]
    [InlineData(100, "one hundred")]
    [InlineData(2345, "two thousand three hundred forty five")]
    [InlineData(9010, "nine thousand ten")]
    public void A_number_is_spelled_in_english(int number, string words) => Assert.Equal(words, string.Join(' ', HumanNumbers.Spell(number)));

    [Fact]
    public void Every_word_is_one_of_thirty_symbols()
    {
        var text = HumanNumbers.Text();
        Assert.Equal(30, text.Distinct().Count());
        Assert.Equal(9999, text.Count(symbol => symbol == text[1]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_000)]
    public void Other_numbers_are_refused(int number) => Assert.Throws<ArgumentOutOfRangeException>(() => HumanNumbers.Spell(number));
}
