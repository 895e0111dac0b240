using Microsoft.CodeAnalysis;

namespace RnnBook.Notebook;

/// <summary>Finds what <c>#load</c> names: from the notebook's folder, or from that of the file that loads. Cells keep their names, which are no files.</summary>
internal sealed class LoadedFiles() : SourceFileResolver([], Directory.GetCurrentDirectory())
{
    public override string? NormalizePath(string path, string? baseFilePath) => path.StartsWith('[') ? path : base.NormalizePath(path, baseFilePath);
}
