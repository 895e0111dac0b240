using System.Text.RegularExpressions;

namespace RnnBook.Book.Tests;

/// <summary>The kernel passes Jupyter's own tests for kernels and ours, in kernel_tests.py.</summary>
[Collection(JupyterTests.Name)]
public sealed partial class KernelTests(InstalledKernel kernel)
{
    // There is no pager in the engine, and nothing clears its outputs.
    private static readonly string[] NotOffered = ["test_clear_output", "test_pager"];

    private static readonly string[] Demanded =
    [
        "test_execute_stdout", "test_execute_stderr", "test_execute_result", "test_display_data", "test_completion", "test_error",
        "test_interrupt_stops_a_loop", "test_restart_forgets_everything", "test_is_complete", "test_history", "test_inspect",
    ];

    [SkippableFact]
    public async Task Jupyter_s_tests_and_ours_pass()
    {
        kernel.Need();

        var result = await kernel.RunPythonAsync(Path.Combine(AppContext.BaseDirectory, "Jupyter", "kernel_tests.py"));

        var outcomes = Outcome().Matches(result.Errors).ToLookup(match => match.Groups["outcome"].Value, match => match.Groups["name"].Value);
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Equal(NotOffered, outcomes["skipped"].Order());
        Assert.Empty(Demanded.Except(outcomes["ok"]));
    }

    // The kernel may write between a test's name and its outcome.
    [GeneratedRegex(@"^(?<name>test_\w+) \([^)]*\) \.\.\. (?:(?!^test_)[\s\S])*?(?<outcome>ok|skipped|FAIL|ERROR)\b", RegexOptions.Multiline)]
    private static partial Regex Outcome();
}
