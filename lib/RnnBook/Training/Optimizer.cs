namespace RnnBook;

/// <summary>Moves parameters against their gradients. It keeps what it remembers of each parameter from step to step.</summary>
public abstract class Optimizer
{
    private float learningRate;

    /// <summary>Sets the first learning rate.</summary>
    private protected Optimizer(float learningRate) => LearningRate = learningRate;

    /// <summary>Length of a step, zero or more. May be changed between steps: that is how a schedule is written.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public float LearningRate
    {
        get => learningRate;
        set => learningRate = float.IsFinite(value) && value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A learning rate is finite and not negative.");
    }

    /// <summary>Steps made so far.</summary>
    public long Steps { get; internal set; }

    /// <summary>What it was made with, but for the rate, in words that are the same on every machine: whether two do the same can be seen from it.</summary>
    internal abstract string Constants { get; }

    /// <summary>All that is remembered of parameters, by PyTorch's names: with <see cref="Steps"/> and the rate it is the whole state.</summary>
    internal virtual IReadOnlyList<(string Name, OptimizerState State)> States => [];

    /// <summary>Updates every parameter once from its gradient. The gradients stay as they are.</summary>
    /// <param name="parameters">The same ones at every step.</param>
    public void Step(IReadOnlyList<Parameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Steps++;
        BeginStep();
        for (var i = 0; i < parameters.Count; i++)
        {
            Update(parameters[i], LearningRate);
        }
    }

    /// <summary>A setting in [0, 1).</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is outside.</exception>
    private protected static float Fraction(float value, string name) => value is >= 0 and < 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "This setting is 0 or more and below 1.");

    /// <summary>A setting that is finite, zero or more.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    private protected static float NotNegative(float value, string name) => float.IsFinite(value) && value >= 0
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "This setting is finite and not negative.");

    /// <summary>Called once at the start of each step, before the first parameter.</summary>
    private protected virtual void BeginStep()
    {
    }

    /// <summary>Updates one parameter in place.</summary>
    private protected abstract void Update(Parameter parameter, float rate);

    /// <summary>What an optimizer remembers of each parameter: a tensor of its shape, zero at the start.</summary>
    internal sealed class OptimizerState
    {
        private readonly Dictionary<Parameter, Tensor> tensors = [];

        /// <summary>The tensor that belongs to a parameter.</summary>
        public Tensor Of(Parameter parameter)
        {
            if (!tensors.TryGetValue(parameter, out var tensor))
            {
                tensor = new Tensor(parameter.Value.Shape);
                tensors.Add(parameter, tensor);
            }

            return tensor;
        }
    }
}
