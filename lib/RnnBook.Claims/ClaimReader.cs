using System.Text.Json;
using System.Text.RegularExpressions;

namespace RnnBook;

/// <summary>Reads the rows of claims.json and collects all that is wrong with them, a line each.</summary>
internal sealed partial class ClaimReader
{
    private static readonly string[] Stages = ["stated", "qualified"];
    private readonly HashSet<string> ids = [];
    private string place = "";

    /// <summary>What is wrong, with the place.</summary>
    public List<string> Problems { get; } = [];

    public List<Claim> Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind == JsonValueKind.Array)
            {
                return [.. document.RootElement.EnumerateArray().Select(ReadRow).OfType<Claim>()];
            }

            Problems.Add("an array of rows is needed");
        }
        catch (JsonException broken)
        {
            Problems.Add($"no valid JSON: {broken.Message}");
        }

        return [];
    }

    private Claim? ReadRow(JsonElement row, int index)
    {
        place = $"row {index + 1}";
        if (row.ValueKind == JsonValueKind.Object && row.TryGetProperty("id", out var name) && name.ValueKind == JsonValueKind.String)
        {
            place += $" ({name.GetString()})";
        }

        if (!IsObject(row, "id", "source", "kind", "claim", "chapter", "plannedChapter", "condition", "criteria", "recorded", "note", "why"))
        {
            return null;
        }

        var id = Text(row, "id");
        Require(id.Length == 0 || IdPattern().IsMatch(id), "\"id\" is a capital letter and a number, such as C8");
        Require(id.Length == 0 || ids.Add(id), "this id stands in an earlier row too");
        var claim = new Claim
        {
            Id = id,
            Source = Text(row, "source"),
            Kind = (ClaimKind)OneOf(ClaimWords.Kinds, "kind", Text(row, "kind")),
            Text = Text(row, "claim"),
            Chapter = OptionalText(row, "chapter"),
            PlannedChapter = OptionalText(row, "plannedChapter"),
            Condition = OptionalText(row, "condition"),
            Criteria = ReadCriteria(row),
            Recorded = OptionalText(row, "recorded") is { } verdict ? (VerdictKind)OneOf(ClaimWords.Verdicts, "recorded", verdict) : null,
            Note = OptionalText(row, "note"),
            Why = OptionalText(row, "why"),
        };
        CheckTogether(claim);
        return claim;
    }

    /// <summary>What no part alone can break.</summary>
    private void CheckTogether(Claim claim)
    {
        var (isTested, recorded) = (claim.Criteria.Count > 0, claim.Recorded);
        Require(claim.Chapter is not null || recorded is null, "a verdict is recorded, but no chapter settles it");
        Require(!isTested || claim.Criteria.Any(c => !c.ForQualified), "there is no criterion for \"stated\"");
        Require(claim.Criteria.All(c => !c.ForQualified) || claim.Condition is not null, "criteria for \"qualified\" need a \"condition\"");
        Require(!isTested || claim.Why is null, "\"why\" says why a claim is not tested, but this one has criteria");
        Require(claim.Chapter is null || isTested || claim.Why is not null, "a chapter settles it, but it has neither criteria nor \"why\"");
        Require(!isTested || recorded != VerdictKind.NotTested, "\"not tested\" is recorded, but there are criteria");
        Require(isTested || recorded is null or VerdictKind.NotTested, "a verdict is recorded, but there are no criteria");
        Require(recorded != VerdictKind.Qualified || claim.Condition is not null, "\"qualified\" is recorded without a \"condition\"");
    }

    private List<Criterion> ReadCriteria(JsonElement row)
    {
        var criteria = new List<Criterion>();
        if (!row.TryGetProperty("criteria", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            Require(false, "\"criteria\" must be an array, empty if there are none");
            return criteria;
        }

        var rowPlace = place;
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
        if (!IsObject(element, "name", "for", "is", "threshold", "text"))
        {
            return new Criterion("", false, Comparison.AtLeast, 0, 0, "");
        }

        var isForQualified = OneOf(Stages, "for", Text(element, "for")) == 1;
        var comparison = (Comparison)OneOf(ClaimWords.Comparisons, "is", Text(element, "is"));
        var (low, high) = ReadThreshold(element, comparison == Comparison.Between);
        return new Criterion(Text(element, "name"), isForQualified, comparison, low, high, Text(element, "text"));
    }

    private (double Low, double High) ReadThreshold(JsonElement element, bool isRange)
    {
        element.TryGetProperty("threshold", out var threshold);
        if (!isRange && threshold.ValueKind == JsonValueKind.Number)
        {
            return (threshold.GetDouble(), threshold.GetDouble());
        }

        if (isRange && threshold.ValueKind == JsonValueKind.Array && threshold.EnumerateArray().All(end => end.ValueKind == JsonValueKind.Number)
            && threshold.EnumerateArray().Select(end => end.GetDouble()).ToList() is [var low, var high] && low <= high)
        {
            return (low, high);
        }

        Require(false, $"\"threshold\" must be {(isRange ? "[low, high]" : "a number")}");
        return (0, 0);
    }

    private bool IsObject(JsonElement element, params string[] known)
    {
        var isObject = element.ValueKind == JsonValueKind.Object;
        Require(isObject, "an object is needed");
        foreach (var property in isObject ? element.EnumerateObject() : default)
        {
            Require(known.Contains(property.Name), $"unknown property \"{property.Name}\"");
        }

        return isObject;
    }

    /// <summary>Which of the words it is; the first if it is none, or empty, which is a problem of its own.</summary>
    private int OneOf(IReadOnlyList<string> words, string name, string word)
    {
        var index = words.ToList().IndexOf(word);
        Require(index >= 0 || word.Length == 0, $"\"{name}\" is \"{word}\", which is none of: {string.Join(", ", words)}");
        return Math.Max(index, 0);
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
