namespace RnnBook.Tests;

/// <summary>A gate taken away is away: in the equations, in the gradients, and through training.</summary>
public class PinnedGatesTests
{
    public static TheoryData<LstmGate, bool> Pins
    {
        get
        {
            var pins = new TheoryData<LstmGate, bool>();
            foreach (var gate in Enum.GetValues<LstmGate>())
            {
                pins.Add(gate, true);
                pins.Add(gate, false);
            }

            return pins;
        }
    }

    [Theory]
    [MemberData(nameof(Pins))]
    public void The_layer_computes_the_equations_without_the_gate(LstmGate gate, bool open)
    {
        var (lstm, x) = (new Lstm(2, 3, new RandomSource(5)).Pin(gate, open), Inputs(6));
        var states = lstm.Forward(x);
        var w = new CellWeights(lstm);
        var (h, c) = (new double[3], new double[3]);
        for (var t = 0; t < 6; t++)
        {
            var next = new double[3];
            for (var j = 0; j < 3; j++)
            {
                double[] input = [x[t, 0, 0], x[t, 0, 1]];
                double Net(int block) => w.Input((block * 3) + j, input) + w.Recurrent((block * 3) + j, h);
                double Gate(LstmGate of) => of == gate ? (open ? 1 : 0) : 1 / (1 + Math.Exp(-Net((int)of)));
                c[j] = (Gate(LstmGate.Forget) * c[j]) + (Gate(LstmGate.Input) * Math.Tanh(Net(2)));
                next[j] = Gate(LstmGate.Output) * Math.Tanh(c[j]);
                Assert.Equal(next[j], states[t, 0, j], 1e-5);
            }

            h = next;
        }
    }

    [Theory]
    [MemberData(nameof(Pins))]
    public void The_gradients_agree_with_central_differences(LstmGate gate, bool open)
    {
        var random = new RandomSource(3);
        var task = new AddingProblem(6);
        var model = new SequenceModel(new Lstm(2, 4, random).Pin(gate, open), new Linear(4, 1, random));
        Assert.InRange(GradientCheck.Measure(model, task.TestBatch(3, 1), task.Loss).Error, 0, 1e-2);
    }

    [Theory]
    [MemberData(nameof(Pins))]
    public void Training_moves_all_but_the_pinned_gate(LstmGate gate, bool open)
    {
        // Behind a shut input or output gate h is 0 for ever: nothing is left that could be learned.
        var isCut = !open && gate != LstmGate.Forget;
        var random = new RandomSource(3);
        var lstm = new Lstm(2, 4, random).Pin(gate, open);
        var before = lstm.Parameters.Select(p => p.Value.Copy()).ToArray();
        new Trainer(new SequenceModel(lstm, new Linear(4, 1, random)), new AddingProblem(8), new Adam(0.03f)).Run(20);
        foreach (var (now, then) in lstm.Parameters.Zip(before))
        {
            var size = then.Count / 4;
            var from = (int)gate * size;
            Assert.Equal(then.Span[from..(from + size)].ToArray(), now.Value.Span[from..(from + size)].ToArray());
            Assert.True(isCut || !now.Value.Span.SequenceEqual(then.Span), $"{now.Name} did not move");
        }
    }

    [Fact]
    public void The_candidate_is_no_gate() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Lstm(2, 3).Pin((LstmGate)2));

    private static Tensor Inputs(int steps)
    {
        var x = new Tensor(steps, 1, 2);
        Initializer.Gaussian(1).Fill(x, new RandomSource(9));
        return x;
    }
}
