using System.Text.Json;
using System.Xml.Linq;

namespace RnnBook.Tests;

public class VerdictDisplayTests
{
    [Fact]
    public void Notebook_front_ends_find_the_formatters_by_name_and_shape()
    {
        var forms = Forms(Settled());
        Assert.Equal(["text/html", "text/plain", "application/vnd.rnnbook.verdict+json"], forms.Keys);
        Assert.Equal(["text/html", "text/plain"], Forms(Settled().Claim).Keys);
        Assert.Equal(forms["text/plain"], Settled().ToString());
    }

    [Fact]
    public void The_json_form_holds_all_that_the_ledger_needs()
    {
        var root = JsonDocument.Parse(Forms(Settled())["application/vnd.rnnbook.verdict+json"]).RootElement;
        Assert.Equal("X1", root.GetProperty("id").GetString());
        Assert.Equal("qualified", root.GetProperty("verdict").GetString());
        Assert.Equal(3, root.GetProperty("seeds").GetInt32());
        var success = root.GetProperty("criteria")[0];
        Assert.Equal("success", success.GetProperty("name").GetString());
        Assert.Equal("stated", success.GetProperty("for").GetString());
        Assert.Equal(">=", success.GetProperty("is").GetString());
        Assert.Equal(
            [0.8, 0.5, 0.4, 0.6, 0.4, 0.6], new[] { "threshold", "measured", "low", "high", "smallest", "largest" }.Select(name => Number(success, name)));
        Assert.Equal((3, "fails", "median"), (success.GetProperty("n").GetInt32(), success.GetProperty("state").GetString(), success.GetProperty("estimate").GetString()));

        var growth = root.GetProperty("criteria")[1];
        Assert.Equal("Infinity", growth.GetProperty("high").GetString());
        Assert.Equal(2, growth.GetProperty("threshold").GetDouble());
    }

    [Fact]
    public void The_badge_is_whole_html_that_shows_verdict_estimate_interval_threshold_and_runs()
    {
        var html = Forms(Settled())["text/html"];
        var card = XElement.Parse(html);
        var cells = card.Descendants("td").Select(cell => cell.Value).ToList();
        Assert.Equal(["✗ as stated", "share of runs < all & more", "0.5 [0.4 to 0.6]", "≥ 0.8", "3"], cells[..5]);
        Assert.Equal(["✓ under the condition", "growth", "3 [2 to ∞]", "≥ 2", "3"], cells[5..]);
        Assert.Contains("◐ qualified", card.Value);
        Assert.Contains("Condition: if it is small", card.Value);
        Assert.Contains("The book records: refuted.", card.Value);
        Assert.Contains("evidence: 1 of 2 criteria hold", card.Descendants("summary").Single().Value);
        Assert.Contains("amended once", card.Value);
    }

    [Fact]
    public void A_condition_that_does_not_apply_is_not_shown()
    {
        var verdict = Settled().Claim.Settle(("success", [0.9]), ("growth", [3]));
        Assert.Equal(VerdictKind.Reproduced, verdict.Outcome);
        Assert.DoesNotContain("if it is small", Forms(verdict)["text/html"]);
        Assert.DoesNotContain("if it is small", verdict.ToString());
    }

    [Fact]
    public void A_claim_shows_its_thresholds_before_anything_is_measured()
    {
        var cells = XElement.Parse(Forms(Settled().Claim)["text/html"]).Descendants("td").Select(cell => cell.Value);
        Assert.Equal(["as stated", "share of runs < all & more", "≥ 0.8", "under the condition", "growth", "≥ 2"], cells);
    }

    private static double Number(JsonElement element, string name) => element.GetProperty(name).GetDouble();

    private static Verdict Settled() => ClaimBook.Parse("""
        [{ "id": "X1", "source": "X §1", "kind": "exp", "claim": "It works.", "chapter": "01", "condition": "if it is small",
           "criteria": [
             { "name": "success", "for": "stated", "is": ">=", "threshold": 0.8, "text": "share of runs < all & more" },
             { "name": "growth", "for": "qualified", "is": ">=", "threshold": 2, "text": "growth" } ],
           "recorded": "refuted",
           "amendments": [{ "date": "2026-11-28", "commit": "abc1234", "what": "w", "why": "y", "before": "refuted", "after": "qualified" }] }]
        """, "test")["X1"].Settle(("success", [0.6, 0.4, 0.5]), ("growth", [2, double.PositiveInfinity, 3]));

    /// <summary>What a front end does that knows the convention and nothing else.</summary>
    private static Dictionary<string, string> Forms(object shown)
    {
        var attribute = shown.GetType().GetCustomAttributes(inherit: true).Single(a => a.GetType().Name == "TypeFormatterSourceAttribute");
        var preferred = (string[])attribute.GetType().GetProperty("PreferredMimeTypes")!.GetValue(attribute)!;
        var source = Activator.CreateInstance((Type)attribute.GetType().GetProperty("FormatterSourceType")!.GetValue(attribute)!)!;
        var formatters = (IEnumerable<object>)source.GetType().GetMethod("CreateTypeFormatters", Type.EmptyTypes)!.Invoke(source, null)!;
        var forms = new Dictionary<string, string>();
        foreach (var formatter in formatters)
        {
            using var writer = new StringWriter();
            var format = formatter.GetType().GetMethods().Single(m => m.Name == "Format");
            Assert.Equal(typeof(object), format.GetParameters()[0].ParameterType);
            Assert.True((bool)format.Invoke(formatter, [shown, writer])!);
            forms.Add((string)formatter.GetType().GetProperty("MimeType")!.GetValue(formatter)!, writer.ToString());
        }

        Assert.Equal(preferred[0], forms.Keys.First());
        return forms;
    }
}
