using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace RnnBook.Notebook.Tests;

/// <summary>Any notebook survives reading and writing, whatever its texts and its unknown fields hold.</summary>
public sealed class NotebookRoundTripTests
{
    [Fact]
    public void Sources_survive() => Check.QuickThrowOnFailure(Prop.ForAll(Texts().ToArbitrary(), text =>
    {
        var document = new NotebookDocument();
        document.Cells.Add(new Cell(CellKind.Markdown, text));
        return NotebookDocument.Parse(document.ToJson()).Cells[0].Source == text;
    }));

    [Fact]
    public void Unknown_fields_survive_and_writing_twice_changes_nothing() => Check.QuickThrowOnFailure(Prop.ForAll(Trees(3).ToArbitrary(), json =>
    {
        var document = new NotebookDocument();
        document.Metadata["unknown"] = JsonNode.Parse(json);
        document.Cells.Add(new Cell(CellKind.Code, "1"));
        document.Cells[0].Json["unknown"] = JsonNode.Parse(json);
        document.Cells[0].Outputs.Add((JsonNode)new JsonObject { ["output_type"] = "new", ["payload"] = JsonNode.Parse(json) });

        var written = document.ToJson();
        var read = NotebookDocument.Parse(written);

        return read.ToJson() == written
            && JsonNode.DeepEquals(read.Metadata["unknown"], JsonNode.Parse(json))
            && JsonNode.DeepEquals(read.Cells[0].Json["unknown"], JsonNode.Parse(json))
            && JsonNode.DeepEquals(read.Cells[0].Outputs[0]!["payload"], JsonNode.Parse(json));
    }));

    private static Gen<string> Texts() => Gen.OneOf(
        Gen.Elements("a", "\n", "\r\n", "\t", "\"", "\\", "∂", "😀", "\u2028", "<", "&", "'", "+", "\u0001", "\u007f", "é", "  "),
        ArbMap.Default.GeneratorFor<char>().Where(character => !char.IsSurrogate(character)).Select(character => character.ToString()))
        .ListOf().Select(string.Concat);

    private static Gen<string> Trees(int depth)
    {
        var text = Texts().Select(value => JsonValue.Create(value).ToJsonString());
        var leaf = Gen.OneOf(text, Gen.Elements("null", "true", "1.0", "-0", "1e-07", "12345678901234567890", "0.1000"));
        return depth == 0 ? leaf : Gen.OneOf(
            leaf,
            Trees(depth - 1).ListOf(3).Select(items => $"[{string.Join(',', items)}]"),
            Trees(depth - 1).ListOf(3).Select(items => $"{{{string.Join(',', items.Select((item, index) => $"\"k{index}\": {item}"))}}}"));
    }
}
