namespace RnnBook;

/// <summary>An answer that misses; the message tells the reader what, without giving the answer away.</summary>
internal sealed class WrongAnswerException(string message) : Exception(message);
