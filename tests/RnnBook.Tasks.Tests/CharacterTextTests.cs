namespace RnnBook.Tests;

public class CharacterTextTests
{
    [Fact]
    public void A_sequence_is_a_piece_of_its_part_of_the_text_and_the_labels_are_one_letter_ahead()
    {
        var text = string.Concat(Enumerable.Range(1000, 500));
        var task = new CharacterText(text, 12, testShare: 0.25);
        var (train, test) = (text[..1500], text[1500..]);
        var batch = task.NewBatch(200);
        task.Fill(batch, new RandomSource(1));
        Assert.All(Pieces(task, batch), piece => Assert.Contains(piece, train));
        task.FillTest(batch, new RandomSource(1));
        Assert.All(Pieces(task, batch), piece => Assert.Contains(piece, test));
    }

    [Fact]
    public void Every_letter_of_a_part_is_asked_for_somewhere_but_the_first()
    {
        var text = "0123456789" + "abcde";
        var task = new CharacterText(text, 3, testShare: 1 / 3.0);
        var batch = task.NewBatch(500);
        task.Fill(batch, new RandomSource(1));
        Assert.Equal(Enumerable.Range(1, 9), batch.Labels!.Distinct().Order());
        task.FillTest(batch, new RandomSource(1));
        Assert.Equal(Enumerable.Range(11, 4), batch.Labels!.Distinct().Order());
    }

    [Fact]
    public void Baselines_are_those_of_the_texts_own_frequencies()
    {
        var task = new CharacterText(string.Concat(Enumerable.Repeat("ab", 5000)), 4);
        Assert.Equal(Math.Log(2), task.Baseline, 1e-3);
        Assert.Equal(0, task.PairBaseline(), 1e-3);
        Assert.Equal(0.5, task.MostFrequentShare(), 1e-9);
        var uneven = new CharacterText(string.Concat(Enumerable.Repeat("aaab", 5000)), 4);
        Assert.Equal((-0.75 * Math.Log(0.75)) - (0.25 * Math.Log(0.25)), uneven.Baseline, 1e-3);
        Assert.Equal(0.75, uneven.MostFrequentShare(), 1e-9);
        Assert.Equal(0.75 * ((-2 / 3.0 * Math.Log(2 / 3.0)) - (1 / 3.0 * Math.Log(1 / 3.0))), uneven.PairBaseline(), 1e-3);
    }

    [Fact]
    public void An_emoji_is_one_letter_and_both_line_ends_are_one_sign()
    {
        var task = new CharacterText(string.Concat(Enumerable.Repeat("a😀b\r\n", 20)), 4);
        Assert.Equal("\nab\uFFFD", task.Alphabet);
        Assert.Equal(new float[] { 1, 3, 2, 0 }, task.Ids("a🎈b\r\n").Span.ToArray());
        Assert.Equal("e\u00e9\u0301", new CharacterText("e\u0301\u00e9e\u0301\u00e9", 1, testShare: 0.5).Alphabet);
    }

    [Fact]
    public void The_rarest_letters_of_a_large_alphabet_become_one_sign()
    {
        var task = new CharacterText(string.Concat(Enumerable.Repeat("aaabbc", 50)) + "xyz", 4, mostSymbols: 4);
        Assert.Equal("abc\uFFFD", task.Alphabet);
        Assert.Equal((0, 2, 3, 3), (task.ClassOf('a'), task.ClassOf('c'), task.ClassOf('x'), task.ClassOf('?')));
        var whole = new CharacterText("abcabcabcabc", 2, testShare: 0.5);
        Assert.Contains("has no '?'", Assert.Throws<ArgumentException>(() => whole.ClassOf('?')).Message);
        Assert.Contains("no part longer than T = 20", Assert.Throws<ArgumentException>(() => new CharacterText("abcabcabcabc", 20)).Message);
    }

    [Fact]
    public void A_stream_goes_on_from_draw_to_draw_and_begins_again_at_its_end()
    {
        var text = string.Concat(Enumerable.Range(1000, 30));
        var task = new CharacterText(text, 8, testShare: 0.2, stream: true);
        var batch = task.NewBatch(2);
        var rows = new[] { "", "" };
        for (var draw = 0; draw < 6; draw++)
        {
            task.Fill(batch, new RandomSource(1));
            foreach (var (b, piece) in Pieces(task, batch).Index())
            {
                rows[b] += piece[..8];
            }
        }

        // Of 96 letters 95 have a next one: 47 a row, which are 5 whole pieces.
        Assert.Equal(text[..40] + text[..8], rows[0]);
        Assert.Equal(text[47..87] + text[47..55], rows[1]);
        Assert.Contains("11 letters each, fewer than T = 12", Assert.Throws<ArgumentException>(() =>
            new CharacterText(text, 12, testShare: 0.2, stream: true).Fill(new CharacterText(text, 12, testShare: 0.2).NewBatch(8), new RandomSource(1))).Message);
    }

    [Fact]
    public void A_net_with_memory_learns_what_pairs_of_letters_cannot_tell()
    {
        var task = new CharacterText(string.Concat(Enumerable.Repeat("aabb", 500)), 16);
        Assert.InRange(task.PairBaseline(), 0.69, 0.7);
        var random = new RandomSource(3);
        var model = new SequenceModel(new Gru(2, 12, random), new Linear(12, 2, random), everyStep: true);
        var history = new Trainer(model, task, new Adam(0.02f)) { EvaluateEvery = 300, TestSize = 64 }.Run(300);
        Assert.InRange(history.Last.TestError, 0, 0.1);
    }

    [Fact]
    public void The_book_is_a_text_of_prose_and_sources()
    {
        var text = TextCorpus.Book();
        Assert.InRange(text.Length, 300_000, 20_000_000);
        Assert.Contains("# RnnBook", text);
        Assert.Contains("public sealed class CharacterText", text);
        Assert.DoesNotContain('\r', text);
        Assert.DoesNotContain("\"cell_type\":", text);
    }

    [SkippableFact]
    public void Tiny_Shakespeare_has_65_letters()
    {
        Skip.IfNot(TextCorpus.HasTinyShakespeare, "Tiny Shakespeare is not here.");
        var text = TextCorpus.TinyShakespeare();
        Assert.StartsWith("First Citizen:\n", text);
        Assert.Equal((1_115_394, 65), (text.Length, new CharacterText(text, 50).Alphabet.Length));
    }

    private static IEnumerable<string> Pieces(CharacterText task, Batch batch)
    {
        for (var b = 0; b < batch.Size; b++)
        {
            var shown = Enumerable.Range(0, batch.Length).Select(t => Enumerable.Range(0, task.InputSize).Single(i => batch.Inputs[t, b, i] == 1));
            yield return string.Concat(shown.Append(batch.Labels![((batch.Length - 1) * batch.Size) + b]).Select(symbol => task.Alphabet[symbol]));
        }
    }
}
