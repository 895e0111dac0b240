namespace RnnBook.Tests;

/// <summary>The cells to read are the fast layers: same states, same gradients, in double.</summary>
public sealed class ReferenceCellTests
{
    public static TheoryData<string> Cells => ["Tanh", "ReLU", "GELU", "residual", "lstm", "gru"];

    /// <summary>Forward and back through six steps by the cell, and by the layer; the loss is a fixed random weighting of all states.</summary>
    [Theory]
    [MemberData(nameof(Cells))]
    public void A_cell_is_its_layer(string cell)
    {
        var random = new RandomSource(9);
        var layer = RandomNet.Layer(cell, 3, 7, random);
        var (x, h0, g) = (RandomNet.Tensor(random, 6, 1, 3), RandomNet.Tensor(random, 1, 7), RandomNet.Tensor(random, 6, 1, 7));
        var c0 = RandomNet.Tensor(random, 1, 7);
        if (layer is Lstm lstm)
        {
            lstm.InitialCell = c0;
        }

        var states = layer.Forward(x, h0).Copy();
        var dx = layer.Backward(g, needInputGradient: true)!;
        var (w, run) = (new CellWeights(layer), new Run(x, h0, c0, g));
        switch (layer)
        {
            case Lstm:
                run.Through(new LstmCell(w));
                break;
            case Gru:
                run.Through(new GruCell(w));
                break;
            default:
                run.Through(new RnnCell(w, ((Rnn)layer).Activation, ((Rnn)layer).Residual));
                break;
        }

        Agrees(run.States, states, "states");
        Agrees(run.Dx, dx, "∂L/∂x");
        Agrees([run.Dh0], layer.InitialStateGradient, "∂L/∂h_0");
        if (layer is Lstm fast)
        {
            Agrees([run.Dc0], fast.InitialCellGradient, "∂L/∂c_0");
        }

        Agrees([w.DWih], layer.WeightIh.Gradient, "W_ih");
        Agrees([w.DWhh], layer.WeightHh.Gradient, "W_hh");
        Agrees([w.DBih], layer.BiasIh.Gradient, "b_ih");
        Agrees([w.DBhh], layer.BiasHh.Gradient, "b_hh");
    }

    /// <summary>Without the fast layer: the cell's own way back against central differences in double, ten digits.</summary>
    [Theory]
    [InlineData("Tanh")]
    [InlineData("residual")]
    [InlineData("lstm")]
    [InlineData("gru")]
    public void A_cells_gradient_is_that_of_central_differences(string cell)
    {
        var random = new RandomSource(9);
        var layer = RandomNet.Layer(cell, 2, 3, random);
        var (x, h0, g) = (RandomNet.Tensor(random, 4, 1, 2), RandomNet.Tensor(random, 1, 3), RandomNet.Tensor(random, 4, 1, 3));
        var c0 = RandomNet.Tensor(random, 1, 3);
        var w = new CellWeights(layer);
        Through(new Run(x, h0, c0, g));

        // Copies: each loss adds to the cell's gradients.
        (double[], double[])[] pairs = [(w.Wih, [.. w.DWih]), (w.Whh, [.. w.DWhh]), (w.Bih, [.. w.DBih]), (w.Bhh, [.. w.DBhh])];
        foreach (var (values, gradient) in pairs)
        {
            var check = GradientCheck.Measure(_ => Loss(), values, gradient);
            Assert.True(check.Error < 1e-8, check.ToString());
        }

        double Loss()
        {
            var run = new Run(x, h0, c0, g);
            Through(run);
            return run.States.Select((h, t) => h.Select((value, j) => value * g[t, 0, j]).Sum()).Sum();
        }

        void Through(Run run)
        {
            switch (layer)
            {
                case Lstm:
                    run.Through(new LstmCell(w));
                    break;
                case Gru:
                    run.Through(new GruCell(w));
                    break;
                default:
                    run.Through(new RnnCell(w, ((Rnn)layer).Activation, ((Rnn)layer).Residual));
                    break;
            }
        }
    }

    [Fact]
    public void Weights_that_do_not_fit_are_refused()
    {
        Assert.Contains("5 and 4", Assert.Throws<ArgumentException>(() => new CellWeights(new double[5], new double[4], new double[2], new double[2])).Message);
        Assert.Contains("biases of 2 and 3", Assert.Throws<ArgumentException>(() => new CellWeights(new double[4], new double[4], new double[2], new double[3])).Message);
    }

    private static void Agrees(IReadOnlyList<double[]> expected, Tensor actual, string what)
    {
        var flat = expected.SelectMany(row => row).Select(value => (float)value).ToArray();
        Close.Assert(Tensor.From(flat, flat.Length), Tensor.From(actual.Span, actual.Count), what);
    }

    /// <summary>One sequence through a cell, and back.</summary>
    private sealed class Run(Tensor x, Tensor h0, Tensor c0, Tensor g)
    {
        private readonly double[][] inputs = Steps(x);
        private readonly double[][] arriving = Steps(g);

        public List<double[]> States { get; } = [];

        public double[][] Dx { get; } = new double[x.Shape[0]][];

        public double[] Dh0 { get; private set; } = [];

        public double[] Dc0 { get; private set; } = [];

        public void Through(RnnCell cell)
        {
            var steps = new List<RnnStep>();
            foreach (var input in inputs)
            {
                steps.Add(cell.Forward(input, steps.Count == 0 ? Doubles(h0) : steps[^1].Next));
            }

            Back(steps.Select(step => step.Next), (t, dh) => cell.Backward(steps[t], dh));
        }

        public void Through(GruCell cell)
        {
            var steps = new List<GruStep>();
            foreach (var input in inputs)
            {
                steps.Add(cell.Forward(input, steps.Count == 0 ? Doubles(h0) : steps[^1].Next));
            }

            Back(steps.Select(step => step.Next), (t, dh) => cell.Backward(steps[t], dh));
        }

        public void Through(LstmCell cell)
        {
            var steps = new List<LstmStep>();
            foreach (var input in inputs)
            {
                steps.Add(steps.Count == 0 ? cell.Forward(input, Doubles(h0), Doubles(c0)) : cell.Forward(input, steps[^1].Next, steps[^1].NextC));
            }

            Dc0 = new double[h0.Count];
            Back(steps.Select(step => step.Next), (t, dh) =>
            {
                (var dx, dh, Dc0) = cell.Backward(steps[t], dh, Dc0);
                return (dx, dh);
            });
        }

        private void Back(IEnumerable<double[]> states, Func<int, double[], (double[] Dx, double[] Dh)> step)
        {
            States.AddRange(states);
            Dh0 = new double[h0.Count];
            for (var t = inputs.Length - 1; t >= 0; t--)
            {
                (Dx[t], Dh0) = step(t, [.. Dh0.Zip(arriving[t], (later, above) => later + above)]);
            }
        }

        private static double[][] Steps(Tensor tensor) =>
            [.. Enumerable.Range(0, tensor.Shape[0]).Select(t => Array.ConvertAll(tensor.Slice(t).ToArray(), value => (double)value))];

        private static double[] Doubles(Tensor tensor) => Array.ConvertAll(tensor.Span.ToArray(), value => (double)value);
    }
}
