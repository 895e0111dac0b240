using System.Text.Json;

namespace RnnBook.Cli;

/// <summary>CodeMirror as its authors publish it: modules that the browser loads one by one, so that no bundler is needed.</summary>
internal static class EditorModules
{
    private static readonly (string Name, string File)[] All =
    [
        ("@codemirror/autocomplete", "@codemirror/autocomplete/dist/index.js"),
        ("@codemirror/commands", "@codemirror/commands/dist/index.js"),
        ("@codemirror/language", "@codemirror/language/dist/index.js"),
        ("@codemirror/legacy-modes/mode/clike", "@codemirror/legacy-modes/mode/clike.js"),
        ("@codemirror/state", "@codemirror/state/dist/index.js"),
        ("@codemirror/streamparser", "@codemirror/streamparser/dist/index.js"),
        ("@codemirror/view", "@codemirror/view/dist/index.js"),
        ("@lezer/common", "@lezer/common/dist/index.js"),
        ("@lezer/highlight", "@lezer/highlight/dist/index.js"),
        ("@marijn/find-cluster-break", "@marijn/find-cluster-break/src/index.js"),
        ("crelt", "crelt/index.js"),
        ("style-mod", "style-mod/src/style-mod.js"),
        ("w3c-keyname", "w3c-keyname/index.js"),
    ];

    /// <summary>Where each module lies below a folder of the pages, and its file in node_modules.</summary>
    public static IEnumerable<(string Path, string File)> Files(string nodeModules) =>
        All.Select(module => ($"{module.Name}.js", Path.Combine(nodeModules, module.File)));

    /// <summary>The import map for pages that have the modules below an address.</summary>
    public static string ImportMap(string address) =>
        JsonSerializer.Serialize(new { imports = All.ToDictionary(module => module.Name, module => $"{address}{module.Name}.js") });
}
