namespace RnnBook.Notebook;

/// <summary>What cells have left for those after them. The compiler's convention: a submission reads the ones before it from a list and puts itself into it.</summary>
internal sealed class CellStates(CellCompiler compiler)
{
    private object?[] submissions = new object?[16];

    /// <summary>The list, with room for a submission.</summary>
    public object?[] For(Submission submission)
    {
        if (submission.Slot >= submissions.Length)
        {
            Array.Resize(ref submissions, submissions.Length * 2);
        }

        return submissions;
    }

    /// <summary>A cell that failed half-way keeps what it has set; one that ended before its first statement leaves nothing.</summary>
    public void Keep(Submission submission)
    {
        if (submissions[submission.Slot] is not null)
        {
            compiler.BuildOn(submission);
        }
    }
}
