using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RnnBook.Cli;
using RnnBook.Notebook;

namespace RnnBook.Book.Tests;

/// <summary>Every verdict that was found by experiment can be attacked: its chapter has a visible cell that says so and has a knob to turn.</summary>
public sealed partial class VerdictAttackTests
{
    public static TheoryData<string> Claims =>
        [.. ClaimsCommand.LoadClaims(WholeBook.Folder).Where(IsFoundByExperiment).Select(claim => claim.Id)];

    [Theory]
    [MemberData(nameof(Claims))]
    public void A_verdict_found_by_experiment_has_a_cell_that_attacks_it(string id)
    {
        var claim = ClaimsCommand.LoadClaims(WholeBook.Folder)[id];
        var chapter = WholeBook.Chapters.Single(chapter => chapter.IsCalled(claim.Chapter!));
        var attacks = NotebookDocument.Load(chapter.File).Cells
            .Where(cell => cell.Kind == CellKind.Code && (bool?)(cell.Metadata["jupyter"] as JsonObject)?["source_hidden"] != true)
            .Where(cell => Attack().Matches(cell.Source).Any(line => Id().Matches(line.Value).Any(named => named.Value == id)));
        Assert.Contains(attacks, cell => cell.Source.Contains("← change me", StringComparison.Ordinal));
    }

    [Fact]
    public void No_cell_attacks_what_its_chapter_does_not_settle()
    {
        var claims = ClaimsCommand.LoadClaims(WholeBook.Folder);
        var strange = from chapter in WholeBook.Chapters
                      from cell in NotebookDocument.Load(chapter.File).Cells
                      from line in Attack().Matches(cell.Source)
                      from named in Id().Matches(line.Value)
                      where !claims.Any(claim => claim.Id == named.Value && claim.Chapter is not null && chapter.IsCalled(claim.Chapter))
                      select $"{chapter.Name}: {line.Value}";
        Assert.Empty(strange);
    }

    private static bool IsFoundByExperiment(Claim claim) => claim is { Kind: ClaimKind.Experiment, Chapter: not null, Criteria.Count: > 0 };

    /// <summary>Such as "// Attack C1a, C1b: …", also with further claims in the next sentence, "E1: …", or line.</summary>
    [GeneratedRegex(@"// Attack [A-Z]\d[^\n]*(\n// [A-Z]\d[^\n]*)*")]
    private static partial Regex Attack();

    [GeneratedRegex(@"\b[A-EP]\d+[a-d]?\b(?=[,:])")]
    private static partial Regex Id();
}
