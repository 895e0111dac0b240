using System.Text.Json;
using System.Text.RegularExpressions;

namespace RnnBook;

/// <summary>Reads the rows of claims.json and collects all that is wrong with them, a line each.</summary>
internal sealed partial class ClaimReader
{
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

        if (!IsObject(row, "id", "source", "kind", "claim", "chapter", "plannedChapter", "condition", "criteria", "recorded", "note", "why", "amendments", "timing"))
        {
            return null;
        }

        var id = Text(row, "id");
        Require(id.Length == 0 || IdPattern().IsMatch(id), "\"id\" is a capital letter and a number, such as C8, and a small letter for a part, such as A4a");
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
            Recorded = ReadVerdict(row, "recorded"),
            Amendments = ReadAmendments(row),
            IsTiming = row.TryGetProperty("timing", out var timing) && timing.ValueKind == JsonValueKind.True,
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
        Require(!isTested || claim.Criteria.Any(c => c.Use != CriterionUse.Qualified), "there is no criterion for \"stated\"");
        Require(claim.Criteria.All(c => c.Use == CriterionUse.Stated) || claim.Condition is not null, "criteria for \"qualified\" need a \"condition\"");
        Require(claim.Condition is null || !isTested || claim.Criteria.Any(c => c.Use != CriterionUse.Stated), "a \"condition\" needs criteria for \"qualified\"");
        Require(recorded != VerdictKind.Checked || claim.Kind == ClaimKind.Definition, "\"definition, checked\" is recorded, but the kind is not def");
        Require(recorded != VerdictKind.Reproduced || claim.Kind != ClaimKind.Definition, "a definition that holds is recorded as \"definition, checked\"");
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
        var isCertain = row.TryGetProperty("kind", out var kind) && kind.ValueKind == JsonValueKind.String && kind.GetString() is "def" or "sys" or "his";
        foreach (var element in list.EnumerateArray())
        {
            place = $"{rowPlace}, criterion {criteria.Count + 1}";
            var criterion = ReadCriterion(element, isCertain ? Estimate.Every : Estimate.Median);
            Require(!criteria.Any(c => IsRepeated(c, criterion)), $"\"{criterion.Name}\" stands twice: a criterion for both verdicts says \"for\": \"both\"");
            criteria.Add(criterion);
        }

        place = rowPlace;
        return criteria;
    }

    private Criterion ReadCriterion(JsonElement element, Estimate usual)
    {
        if (!IsObject(element, "name", "for", "estimate", "is", "threshold", "text"))
        {
            return new Criterion("", CriterionUse.Stated, usual, Comparison.AtLeast, 0, 0, "");
        }

        var use = (CriterionUse)OneOf(ClaimWords.Uses, "for", Text(element, "for"));
        var estimate = OptionalText(element, "estimate") is { } word ? (Estimate)OneOf(ClaimWords.Estimates, "estimate", word) : usual;
        var comparison = (Comparison)OneOf(ClaimWords.Comparisons, "is", Text(element, "is"));
        var (low, high) = ReadThreshold(element, comparison == Comparison.Between);
        return new Criterion(Text(element, "name"), use, estimate, comparison, low, high, Text(element, "text"));
    }

    private VerdictKind? ReadVerdict(JsonElement element, string name) =>
        OptionalText(element, name) is { } verdict ? (VerdictKind)OneOf(VerdictLook.Words, name, verdict) : null;

    private List<Amendment> ReadAmendments(JsonElement row)
    {
        var amendments = new List<Amendment>();
        if (!row.TryGetProperty("amendments", out var list))
        {
            return amendments;
        }

        if (list.ValueKind != JsonValueKind.Array)
        {
            Require(false, "\"amendments\" must be an array");
            return amendments;
        }

        var rowPlace = place;
        foreach (var element in list.EnumerateArray())
        {
            place = $"{rowPlace}, amendment {amendments.Count + 1}";
            if (IsObject(element, "date", "commit", "what", "why", "before", "after"))
            {
                amendments.Add(new Amendment(
                    Text(element, "date"), Text(element, "commit"), Text(element, "what"), Text(element, "why"), ReadVerdict(element, "before"), ReadVerdict(element, "after")));
            }
        }

        place = rowPlace;
        return amendments;
    }

    /// <summary>One quantity may be compared with a threshold for each verdict, but not twice with the same, nor twice for one verdict.</summary>
    private static bool IsRepeated(Criterion earlier, Criterion later) => earlier.Name == later.Name
        && (earlier.Use == later.Use || earlier.Use == CriterionUse.Both || later.Use == CriterionUse.Both
            || (earlier.Is, earlier.Threshold, earlier.Upper) == (later.Is, later.Threshold, later.Upper));

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

    [GeneratedRegex("^[A-Z][0-9]+[a-d]?$")]
    private static partial Regex IdPattern();
}
