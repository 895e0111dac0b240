namespace RnnBook.Cli;

/// <summary>A mistake in how the command was called: one clear line, exit code 2.</summary>
internal sealed class BookException(string message) : Exception(message);
