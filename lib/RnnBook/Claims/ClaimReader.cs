using System.Text.Json;
using System.Text.RegularExpressions;

namespace RnnBook;

/// <summary>Reads the rows of claims.json and collects all that is wrong with them, a line each.</summary>
internal sealed partial class ClaimReader
{
    private static readonly string[] RowNames =
        ["id", "source", "kind", "claim", "chapter", "plannedChapter", "condition", "criteria", "recorded", "note", "why"];

    private static readonly string[] CriterionNames = ["name", "for", "is", "threshold", "text"];

    private readonly HashSet<string> ids = [];
    private string place = "";

    /// <summary>What is wrong, with the place.</summary>
    public List<string> Problems { get; } = [];

    public List<Claim> Read(string json)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException broken)
        {
            Problems.Add($"no valid JSON: {broken.Message}");
            return [];
        }

        using (document)
        {
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Array)
            {
                Problems.Add("an array of rows is needed");
                return [];
            }

            return [.. root.EnumerateArray().Select(ReadRow).OfType<Claim>()];
        }
    }

    private Claim? ReadRow(JsonElement row, int index)
    {
        place = $"row {index + 1}";
        if (row.ValueKind == JsonValueKind.Object && row.TryGetProperty("id", out var name) && name.ValueKind == JsonValueKind.String)
        {
            place += $" ({name.GetString()})";
        }

        if (!IsObject(row, RowNames))
        {
            return null;
        }

        var id = Text(row, "id");
        Require(id.Length == 0 || IdPattern().IsMatch(id), "\"id\" is a capital letter and a number, such as C8");
        Require(id.Length == 0 || ids.Add(id), "this id stands in an earlier row too");

        var word = Text(row, "kind");
        var known = ClaimWords.TryKind(word, out var kind) || word.Length == 0;
        Require(known, $"unknown kind \"{word}\": {string.Join(", ", ClaimWords.AllKinds)}");
        var claim = new Claim
        {
            Id = id,
            Source = Text(row, "source"),
            Kind = kind,
            Text = Text(row, "claim"),
            Chapter = OptionalText(row, "chapter"),
            PlannedChapter = OptionalText(row, "plannedChapter"),
            Condition = OptionalText(row, "condition"),
            Criteria = ReadCriteria(row),
            Recorded = ReadVerdict(row),
            Note = OptionalText(row, "note"),
            Why = OptionalText(row, "why"),
        };
        CheckTogether(claim);
        return claim;
    }

    /// <summary>What no part alone can break.</summary>
    private void CheckTogether(Claim claim)
    {
        var tested = claim.Criteria.Count > 0;
        Require(claim.Chapter is not null || claim.Recorded is null, "a verdict is recorded, but no chapter settles it");
        Require(!tested || claim.Criteria.Any(c => !c.ForQualified), "there is no criterion for \"stated\"");
        Require(claim.Criteria.All(c => !c.ForQualified) || claim.Condition is not null, "criteria for \"qualified\" need a \"condition\"");
        Require(!tested || claim.Why is null, "\"why\" says why a claim is not tested, but this one has criteria");
        Require(claim.Chapter is null || tested || claim.Why is not null, "a chapter settles it, but it has neither criteria nor \"why\"");
        Require(!tested || claim.Recorded != VerdictKind.NotTested, "\"not tested\" is recorded, but there are criteria");
        Require(tested || claim.Recorded is null or VerdictKind.NotTested, "a verdict is recorded, but there are no criteria");
        Require(
            claim.Recorded != VerdictKind.Qualified || claim.Condition is not null,
            "\"qualified\" is recorded without a \"condition\"");
    }

    private VerdictKind? ReadVerdict(JsonElement row)
    {
        if (OptionalText(row, "recorded") is not { } word)
        {
            return null;
        }

        Require(ClaimWords.TryVerdict(word, out var verdict), $"unknown verdict \"{word}\": {string.Join(", ", ClaimWords.AllVerdicts)}");
        return verdict;
    }

    private List<Criterion> ReadCriteria(JsonElement row)
    {
        if (!row.TryGetProperty("criteria", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            Problems.Add($"{place}: \"criteria\" must be an array, empty if there are none");
            return [];
        }

        var rowPlace = place;
        var criteria = new List<Criterion>();
        foreach (var element in list.EnumerateArray())
        {
            place = $"{rowPlace}, criterion {criteria.Count + 1}";
            var criterion = ReadCriterion(element);
            Require(!criteria.Any(c => c.Name == criterion.Name && c.ForQualified == criterion.ForQualified),
                $"\"{criterion.Name}\" stands twice for the same verdict");
            criteria.Add(criterion);
        }

        place = rowPlace;
        return criteria;
    }

    private Criterion ReadCriterion(JsonElement element)
    {
        if (!IsObject(element, CriterionNames))
        {
            return new Criterion("", false, Comparison.AtLeast, 0, 0, "");
        }

        var stage = Text(element, "for");
        Require(stage is "stated" or "qualified" or "", $"\"for\" is \"{stage}\": stated or qualified");
        var sign = Text(element, "is");
        var comparison = Criterion.Signs.ToList().IndexOf(sign);
        Require(comparison >= 0 || sign.Length == 0, $"unknown comparison \"{sign}\": {string.Join(", ", Criterion.Signs)}");
        var (low, high) = ReadThreshold(element, (Comparison)comparison);
        return new Criterion(Text(element, "name"), stage == "qualified", (Comparison)comparison, low, high, Text(element, "text"));
    }

    private (double Low, double High) ReadThreshold(JsonElement element, Comparison comparison)
    {
        if (element.TryGetProperty("threshold", out var threshold))
        {
            if (comparison != Comparison.Between && threshold.ValueKind == JsonValueKind.Number)
            {
                return (threshold.GetDouble(), threshold.GetDouble());
            }

            if (comparison == Comparison.Between && threshold.ValueKind == JsonValueKind.Array && threshold.GetArrayLength() == 2
                && threshold[0].ValueKind == JsonValueKind.Number && threshold[1].ValueKind == JsonValueKind.Number
                && threshold[0].GetDouble() <= threshold[1].GetDouble())
            {
                return (threshold[0].GetDouble(), threshold[1].GetDouble());
            }
        }

        Problems.Add($"{place}: \"threshold\" must be {(comparison == Comparison.Between ? "[low, high]" : "a number")}");
        return (0, 0);
    }

    private bool IsObject(JsonElement element, string[] known)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            Problems.Add($"{place}: an object is needed");
            return false;
        }

        foreach (var property in element.EnumerateObject())
        {
            Require(known.Contains(property.Name), $"unknown property \"{property.Name}\"");
        }

        return true;
    }

    private string Text(JsonElement element, string name)
    {
        var text = OptionalText(element, name);
        Require(text is not null, $"\"{name}\" is missing");
        return text ?? "";
    }

    private string? OptionalText(JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var text = value.ValueKind == JsonValueKind.String ? value.GetString() : "";
        Require(!string.IsNullOrWhiteSpace(text), $"\"{name}\" must be a text that is not empty");
        return text;
    }

    private void Require(bool holds, string problem)
    {
        if (!holds)
        {
            Problems.Add($"{place}: {problem}");
        }
    }

    [GeneratedRegex("^[A-Z][0-9]+$")]
    private static partial Regex IdPattern();
}
