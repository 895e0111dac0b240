using System.Globalization;
using Xunit.Abstractions;

namespace RnnBook.Tests;

/// <summary>
/// Random sequences of public calls over layers that stand in three models and are also called by themselves. Each call is made a second
/// time in a twin world where nothing is shared: it must give the same bits or the same exception, and memory that belongs to nobody here must
/// stay as it is.
/// </summary>
/// <remarks>10,000 calls in a normal run; RNNBOOK_FUZZ_CALLS=1000000 makes a million, in about a minute, RNNBOOK_FUZZ_SEED another sequence.</remarks>
public sealed class CallSequenceTests(ITestOutputHelper output)
{
    private const int CallsOfAWorld = 500;

    [Fact]
    public void Calls_end_in_exceptions_or_right_numbers_and_change_nothing_foreign()
    {
        var calls = Setting("RNNBOOK_FUZZ_CALLS", 10_000);
        var random = new RandomSource((ulong)Setting("RNNBOOK_FUZZ_SEED", 1));
        var foreign = new Foreign(random);
        var counts = new SortedDictionary<string, (int Right, int Refused)>(StringComparer.Ordinal);
        World? world = null;
        for (var call = 0; call < calls; call++)
        {
            if (call % CallsOfAWorld == 0)
            {
                foreign.Check($"after {call} calls");
                foreign.Renew();
                world = new World(random);
            }

            var (name, exception) = world!.Call();
            var (right, refused) = counts.GetValueOrDefault(name);
            counts[name] = exception is not null ? (right, refused + 1) : (right + 1, refused);
        }

        foreign.Check("at the end");
        foreach (var (name, (right, refused)) in counts)
        {
            output.WriteLine($"{name}: {right} right, {refused} refused");
            Assert.True(right > 0, $"{name} never came to its end: the test shows nothing of it.");
        }
    }

    /// <summary>The check itself.</summary>
    [Fact]
    public void A_changed_foreign_tensor_is_seen()
    {
        var foreign = new Foreign(new RandomSource(1));
        foreign.Check("before");
        foreign.Spoil();
        Assert.ThrowsAny<Exception>(() => foreign.Check("after"));
    }

    private static int Setting(string name, int normal) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : normal;

    /// <summary>3,000 tensors among the memory that the layers compute in; a tenth of them gives way to new ones now and then.</summary>
    private sealed class Foreign
    {
        private readonly RandomSource random;
        private readonly Tensor[] tensors = new Tensor[3000];

        public Foreign(RandomSource random)
        {
            this.random = random;
            for (var i = 0; i < tensors.Length; i++)
            {
                Make(i);
            }
        }

        public void Renew()
        {
            for (var n = 0; n < tensors.Length / 10; n++)
            {
                Make(random.NextInt(tensors.Length));
            }
        }

        public void Check(string when)
        {
            for (var i = 0; i < tensors.Length; i++)
            {
                Assert.True(tensors[i].Span.IndexOfAnyExcept(i) < 0, $"A foreign tensor has changed, {when}.");
            }
        }

        public void Spoil() => tensors[1234].Span[0] = 0;

        private void Make(int i)
        {
            tensors[i] = new Tensor(1 + random.NextInt(300));
            tensors[i].Fill(i);
        }
    }

    /// <summary>What shares layers, heads and an embedding, and its twins that share nothing.</summary>
    private sealed class World
    {
        private const int Models = 3;
        private const int Alone = Models;
        private static readonly string[] Kinds = ["Tanh", "ReLU", "PReLU", "GELU", "residual", "lstm", "gru"];

        private readonly RandomSource random;
        private readonly Users shared;

        /// <summary>For each model, and for what is called by itself, layers of their own.</summary>
        private readonly Users[] twins;

        /// <summary>Who last ran each layer forward, and back.</summary>
        private readonly int[] lastForward = [-1, -1, -1];
        private readonly int[] lastBackward = [-1, -1, -1];

        public World(RandomSource random)
        {
            this.random = random;
            string[] kinds = [Kinds[random.NextInt(Kinds.Length)], Kinds[random.NextInt(Kinds.Length)], Kinds[random.NextInt(Kinds.Length)]];
            var (seed, threads) = ((ulong)random.NextInt(1000), random.NextInt(8) == 0 ? 2 : 1);
            shared = new Users(kinds, seed, threads);
            twins = [.. Enumerable.Range(0, Models + 1).Select(_ => new Users(kinds, seed, threads))];
        }

        public (string Name, Exception? Refused) Call()
        {
            var (m, l) = (random.NextInt(Models), random.NextInt(3));
            switch (random.NextInt(16))
            {
                case 0:
                    return Forward(m, learn: false);
                case 1:
                    return Forward(m, learn: true);
                case 2:
                    var size = Size();
                    return Compare("BeginSteps", () => shared.Models[m].BeginSteps(size), () => twins[m].Models[m].BeginSteps(size), null);
                case 3 or 4:
                    return Step(m);
                case 5:
                    var sequences = Sequences(m);
                    return CompareStates("ReadFinalState", m, sequences, static (model, state) => model.ReadFinalState(state));
                case 6:
                    return CompareStates("ReadInitialStateGradient", m, Sequences(m), static (model, state) => model.ReadInitialStateGradient(state));
                case 7:
                    return SetInitialState(m);
                case 8 or 9:
                    return LayerForward(l);
                case 10 or 11:
                    return LayerBackward(l);
                case 12:
                    return Show(l);
                case 13:
                    return Head(random.NextInt(2));
                case 14:
                    return Embed();
                default:
                    return Change(l);
            }
        }

        private (string Name, Exception? Refused) Forward(int m, bool learn)
        {
            var (model, twin) = (shared.Models[m], twins[m].Models[m]);
            var (length, size) = (Length(), Size());
            var x = Inputs(m, length, size);
            var lengths = random.NextInt(3) == 0 ? Enumerable.Range(0, size).Select(_ => 1 + random.NextInt(length)).ToArray() : null;
            var labels = Enumerable.Range(0, model.EveryStep ? length * size : size).Select(_ => random.NextInt(model.OutputSize + 1) - 1).ToArray();
            var batch = new Batch(x, labels) { Lengths = lengths };
            var loss = new SoftmaxCrossEntropy();
            var result = learn
                ? Compare("LossAndGradients", () => model.LossAndGradients(batch, loss), () => twin.LossAndGradients(batch, loss), () => Same(model.Parameters, twin.Parameters))
                : Compare("Forward", () => model.Forward(batch).Span.ToArray(), () => twin.Forward(batch).Span.ToArray(), null);

            // Inputs and labels are looked at when the pass forward has ended.
            if (result.Refused is null || result.Refused.Message.StartsWith("The inputs", StringComparison.Ordinal) || result.Refused.Message.StartsWith("None of", StringComparison.Ordinal))
            {
                Ran(m, back: learn && result.Refused is null);
            }

            return result;
        }

        private (string Name, Exception? Refused) Step(int m)
        {
            var size = Sequences(m);
            var x = shared.Models[m].Embedding is null ? Random(size, 3) : Ids(size, 1);
            var result = Compare("Step", () => shared.Models[m].Step(x).Span.ToArray(), () => twins[m].Models[m].Step(x).Span.ToArray(), null);
            if (result.Refused is null)
            {
                Ran(m, back: false);
            }

            return result;
        }

        private (string Name, Exception? Refused) SetInitialState(int m)
        {
            if (random.NextInt(2) == 0)
            {
                (shared.Models[m].InitialState, twins[m].Models[m].InitialState) = (null, null);
                return ("InitialState", null);
            }

            var a = shared.Models[m].NewState(Size());
            var b = twins[m].Models[m].NewState(a.Size);
            foreach (var (from, to) in a.Hidden.Concat<Tensor?>(a.Cell).Zip(b.Hidden.Concat<Tensor?>(b.Cell)))
            {
                from?.Fill((float)random.NextGaussian());
                from?.Span.CopyTo(to!.Span);
            }

            // Now and then one of another model, which must be refused.
            var at = random.NextInt(4) == 0 ? random.NextInt(Models) : m;
            return Compare("InitialState", Done(() => shared.Models[at].InitialState = a), Done(() => twins[at].Models[at].InitialState = b), null);
        }

        private (string Name, Exception? Refused) LayerForward(int l)
        {
            var (layer, twin) = (shared.Layers[l], twins[Alone].Layers[l]);
            var (length, size) = (Length(), Size());
            var x = Random(length, size, random.NextInt(10) == 0 ? layer.InputSize + 1 : layer.InputSize);
            var h = random.NextInt(3) == 0 ? Random(Size(), layer.HiddenSize) : null;
            var lengths = random.NextInt(3) == 0 ? Enumerable.Range(0, size).Select(_ => 1 + random.NextInt(length + 1)).ToArray() : null;
            var result = Compare("Layer.Forward", () => layer.Forward(x, h, lengths).Span.ToArray(), () => twin.Forward(x, h, lengths).Span.ToArray(), null);
            lastForward[l] = result.Refused is null ? Alone : lastForward[l];
            return result;
        }

        private (string Name, Exception? Refused) LayerBackward(int l)
        {
            var layer = shared.Layers[l];
            var runner = lastForward[l];
            var g = Gradient(layer);
            if (runner < 0)
            {
                return ("Layer.Backward", Assert.ThrowsAny<InvalidOperationException>(() => layer.Backward(g)));
            }

            var twin = twins[runner].Layers[l];
            Clear(layer.Parameters);
            Clear(twin.Parameters);
            var need = random.NextInt(2) == 0;
            var result = Compare(
                "Layer.Backward", () => layer.Backward(g, need)?.Span.ToArray(), () => twin.Backward(g, need)?.Span.ToArray(), () => Same(layer.Parameters, twin.Parameters));
            lastBackward[l] = result.Refused is null ? runner : lastBackward[l];
            return result;
        }

        private (string Name, Exception? Refused) Show(int l)
        {
            var layer = shared.Layers[l];
            if (lastForward[l] < 0)
            {
                return ("Show", Assert.ThrowsAny<InvalidOperationException>(() => layer.States));
            }

            var twin = twins[lastForward[l]].Layers[l];
            var result = Compare("Show", () => layer.States.Span.ToArray(), () => twin.States.Span.ToArray(), null);
            if (layer is Lstm lstm)
            {
                Compare("Show", () => lstm.CellStates.Span.ToArray(), () => ((Lstm)twin).CellStates.Span.ToArray(), null);
            }

            if (lastBackward[l] == lastForward[l])
            {
                Compare("Show", () => layer.InitialStateGradient.Span.ToArray(), () => twin.InitialStateGradient.Span.ToArray(), null);
                Compare("Show", () => layer.StateGradients?.Span.ToArray(), () => twin.StateGradients?.Span.ToArray(), null);
            }
            else
            {
                // Of another's pass, if that had as many sequences: here the memory is what counts.
                Attempt(() => layer.InitialStateGradient.Span.ToArray());
            }

            return result;
        }

        private (string Name, Exception? Refused) Head(int h)
        {
            var (head, twin) = (shared.Heads[h], twins[Alone].Heads[h]);
            if (random.NextInt(2) == 0)
            {
                var x = random.NextInt(2) == 0 ? Random(Size(), head.InputSize) : Random(Length(), Size(), head.InputSize);
                return Compare("Linear.Forward", () => head.Forward(x).Span.ToArray(), () => twin.Forward(x).Span.ToArray(), null);
            }

            var g = Random(Size(), head.OutputSize);
            Clear(head.Parameters);
            Clear(twin.Parameters);
            return Compare("Linear.Backward", () => head.Backward(g)!.Span.ToArray(), () => twin.Backward(g)!.Span.ToArray(), () => Same(head.Parameters, twin.Parameters));
        }

        private (string Name, Exception? Refused) Embed()
        {
            var ids = Ids(Length(), Size(), 1);
            if (random.NextInt(2) == 0)
            {
                return Compare("Embedding.Forward", () => shared.Embedding.Forward(ids).Span.ToArray(), () => twins[Alone].Embedding.Forward(ids).Span.ToArray(), null);
            }

            // Back through whoever looked up last: here the memory is what counts.
            return ("Embedding.Backward", Attempt(() => shared.Embedding.Backward(Random(1, Size(), 3))));
        }

        private (string Name, Exception? Refused) Change(int l)
        {
            var (window, clip, record, parameter, by) =
                (random.NextInt(3), random.NextInt(3), random.NextInt(2) == 0, random.NextInt(4), (float)(0.1 * random.NextGaussian()));
            foreach (var users in twins.Append(shared))
            {
                var layer = users.Layers[l];
                layer.GradientWindow = window == 0 ? null : window;
                layer.StateGradientClip = clip == 0 ? StateGradientClip.ByNorm(1) : clip == 1 ? StateGradientClip.ByValue(0.1f) : null;
                layer.RecordStateGradients = record;
                layer.Parameters[parameter].Value.Span[0] += by;
            }

            return ("Change", null);
        }

        /// <summary>The same bits, or exceptions of one kind with one text; no mistake of the library's.</summary>
        private static (string Name, Exception? Refused) Compare<T>(string name, Func<T> call, Func<T> twin, Action? more)
        {
            var (a, b) = (default(T), default(T));
            var (expected, actual) = (Attempt(() => b = twin()), Attempt(() => a = call()));
            Assert.True(expected?.GetType() == actual?.GetType() && expected?.Message == actual?.Message, $"{name}: {actual?.ToString() ?? "no exception"}, but the twin: {expected?.ToString() ?? "no exception"}");
            if (expected is null)
            {
                Assert.Equal(b, a);
                more?.Invoke();
            }

            return (name, expected);
        }

        private static (string Name, Exception? Refused) Compare(string name, Action call, Action twin, Action? more) => Compare(name, Done(call), Done(twin), more);

        private static Func<bool> Done(Action action) => () =>
        {
            action();
            return true;
        };

        private static Exception? Attempt(Action action)
        {
            try
            {
                action();
                return null;
            }
            catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
            {
                Assert.DoesNotContain("mistake in the library", exception.Message);
                return exception;
            }
        }

        private (string Name, Exception? Refused) CompareStates(string name, int m, int size, Action<SequenceModel, SequenceState> read)
        {
            var (a, b) = (shared.Models[m].NewState(size), twins[m].Models[m].NewState(size));
            return Compare(name, () => Values(shared.Models[m], a), () => Values(twins[m].Models[m], b), null);

            float[] Values(SequenceModel model, SequenceState state)
            {
                read(model, state);
                return [.. state.Hidden.Concat<Tensor?>(state.Cell).SelectMany(tensor => tensor?.Span.ToArray() ?? [])];
            }
        }

        /// <summary>Notes who ran a model's layers last.</summary>
        private void Ran(int m, bool back)
        {
            foreach (var layer in shared.Models[m].Layers)
            {
                var l = Array.IndexOf(shared.Layers, layer);
                (lastForward[l], lastBackward[l]) = (m, back ? m : lastBackward[l]);
            }
        }

        private int Length() => random.NextInt(20) == 0 ? 30 : 1 + random.NextInt(6);

        private int Size() => random.NextInt(20) == 0 ? 40 : 1 + random.NextInt(5);

        /// <summary>Mostly as many sequences as the model's last pass had.</summary>
        private int Sequences(int m) => random.NextInt(5) > 0 && twins[m].Models[m].Layers[0].LastForward is { } pass ? pass.Batch : Size();

        private Tensor Gradient(RecurrentLayer layer)
        {
            var fits = random.NextInt(5) > 0 && layer.LastForward is not null;
            var (length, size) = fits ? (layer.LastForward!.Length, layer.LastForward.Batch) : (Length(), Size());
            return random.NextInt(2) == 0 ? Random(size, layer.HiddenSize) : Random(length, size, layer.HiddenSize);
        }

        private Tensor Inputs(int m, int length, int size)
        {
            if (shared.Models[m].Embedding is not null)
            {
                return Ids(length, size, 1);
            }

            var x = Random(length, size, random.NextInt(15) == 0 ? 2 : 3);
            if (random.NextInt(40) == 0)
            {
                x.Span[random.NextInt(x.Count)] = float.NaN;
            }

            return x;
        }

        private Tensor Random(params ReadOnlySpan<int> shape) => RandomNet.Tensor(random, shape);

        private Tensor Ids(params ReadOnlySpan<int> shape)
        {
            var ids = new Tensor(shape);
            foreach (ref var id in ids.Span)
            {
                id = random.NextInt(random.NextInt(50) == 0 ? 8 : 6);
            }

            return ids;
        }

        private static void Clear(IReadOnlyList<Parameter> parameters)
        {
            foreach (var parameter in parameters)
            {
                parameter.Gradient.Clear();
            }
        }

        private static void Same(IReadOnlyList<Parameter> actual, IReadOnlyList<Parameter> expected)
        {
            foreach (var (a, b) in actual.Zip(expected))
            {
                Assert.True(a.Gradient.Span.SequenceEqual(b.Gradient.Span), $"The gradient of {a} differs from the twin's.");
            }
        }
    }

    /// <summary>Layers, heads, an embedding, and three models of them: two layers and an answer every step; the first alone; and behind ids.</summary>
    private sealed class Users
    {
        public Users(string[] kinds, ulong seed, int threads)
        {
            var random = new RandomSource(seed);
            Layers = [RandomNet.Layer(kinds[0], 3, 5, random), RandomNet.Layer(kinds[1], 5, 5, random), RandomNet.Layer(kinds[2], 5, 18, random)];
            Heads = [new Linear(5, 4, random), new Linear(18, 3, random)];
            Embedding = new Embedding(6, 3, random);
            Models =
            [
                new SequenceModel([Layers[0], Layers[1]], Heads[0], everyStep: true) { Threads = threads },
                new SequenceModel(Layers[0], Heads[0]),
                new SequenceModel(Embedding, [Layers[0], Layers[2]], Heads[1], everyStep: true),
            ];
        }

        public RecurrentLayer[] Layers { get; }

        public Linear[] Heads { get; }

        public Embedding Embedding { get; }

        public SequenceModel[] Models { get; }
    }
}
