using System.Reflection;

namespace RnnBook;

/// <summary>A task for the reader, with hints and a judge that looks at the answer's properties and at hidden cases.</summary>
public abstract class Exercise
{
    private protected Exercise(string id, string title, IReadOnlyList<string> hints)
    {
        Id = id;
        Title = title;
        Hints = hints;
    }

    /// <summary>Chapter and number, such as "06.2".</summary>
    public string Id { get; }

    /// <summary>What is asked for, in a few words.</summary>
    public string Title { get; }

    /// <summary>From a nudge to nearly the way.</summary>
    public IReadOnlyList<string> Hints { get; }

    /// <summary>Every exercise of the book, in order.</summary>
    public static IReadOnlyList<Exercise> All { get; } = ExerciseList.Load();

    /// <summary>The exercise with this id.</summary>
    /// <exception cref="ArgumentException">There is none; the message names those of the chapter.</exception>
    public static Exercise Find(string id) =>
        All.FirstOrDefault(e => e.Id == id)
        ?? throw new ArgumentException($"No exercise '{id}'. There are: {string.Join(", ", All.Select(e => e.Id))}.", nameof(id));

    /// <summary>Judges an answer.</summary>
    /// <param name="id">The exercise, such as "06.2".</param>
    /// <param name="answer">A method or lambda with the signature that the exercise asks for.</param>
    /// <returns>Solved, or a word on what is wrong; it shows itself at the end of a cell.</returns>
    /// <exception cref="ArgumentException">There is no such exercise.</exception>
    public static ExerciseResult Check(string id, Delegate answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return Find(id).Judge(answer);
    }

    /// <summary>Shows one hint.</summary>
    /// <param name="id">The exercise, such as "06.2".</param>
    /// <param name="number">Which, from 1.</param>
    /// <exception cref="ArgumentException">There is no such exercise or hint.</exception>
    public static string Hint(string id, int number = 1)
    {
        var exercise = Find(id);
        return number >= 1 && number <= exercise.Hints.Count
            ? $"Hint {number} of {exercise.Hints.Count}: {exercise.Hints[number - 1]}"
            : throw new ArgumentException($"Exercise {id} has hints 1 to {exercise.Hints.Count}, not {number}.", nameof(number));
    }

    private protected abstract ExerciseResult Judge(Delegate answer);

    /// <inheritdoc/>
    public override string ToString() => $"{Id} {Title}";
}

/// <summary>An exercise whose answer is a function of type <typeparamref name="TAnswer"/>.</summary>
/// <typeparam name="TAnswer">A delegate type, such as Func&lt;double, double&gt;.</typeparam>
internal sealed class Exercise<TAnswer>(string id, string title, IReadOnlyList<string> hints, string signature, Action<TAnswer> judge)
    : Exercise(id, title, hints)
    where TAnswer : Delegate
{
    private protected override ExerciseResult Judge(Delegate answer)
    {
        // A method of a cell has a delegate type of its own; what counts is its signature.
        var typed = answer as TAnswer ?? (TAnswer?)Delegate.CreateDelegate(typeof(TAnswer), answer.Target, answer.Method, throwOnBindFailure: false);
        if (typed is null)
        {
            return ExerciseResult.NotYet(this, $"The answer has another signature than {signature}.");
        }

        try
        {
            judge(typed);
            return ExerciseResult.Solved(this);
        }
        catch (WrongAnswerException wrong)
        {
            return ExerciseResult.NotYet(this, wrong.Message);
        }
        catch (Exception thrown) when (thrown is not OutOfMemoryException)
        {
            var cause = thrown is TargetInvocationException { InnerException: { } inner } ? inner : thrown;
            return ExerciseResult.NotYet(this, $"Your code threw {cause.GetType().Name}: {cause.Message}");
        }
    }
}
