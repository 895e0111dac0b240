using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace RnnBook.Notebook;

/// <summary>What the next cell is compiled with.</summary>
/// <param name="Previous">The cells before it; null when there is none.</param>
/// <param name="References">The assemblies that it sees and those before it do not.</param>
/// <param name="Options">The usings, and the rest.</param>
internal sealed record CompilationContext(Compilation? Previous, ImmutableArray<MetadataReference> References, CSharpCompilationOptions Options);
