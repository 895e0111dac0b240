namespace RnnBook.Tests;

/// <summary>Outputs, losses and all gradients agree with PyTorch's, in every width of register.</summary>
public sealed class LayerGoldenTests
{
    public static TheoryData<string, int> Cases()
    {
        var cases = new TheoryData<string, int>();
        foreach (var golden in LayerGolden.All)
        {
            foreach (var kernels in Kernels.All)
            {
                cases.Add(golden.Name, kernels.Width);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Model_agrees_with_PyTorch(string name, int width)
    {
        var golden = LayerGolden.All.Single(g => g.Name == name);
        var model = golden.Model(Kernels.All.Single(k => k.Width == width));
        var batch = golden.Batch();
        var start = model.NewState(batch.Size);
        if (golden.HasInitialState)
        {
            golden.Tensor("h0").Span.CopyTo(start.Hidden[0].Span);
            if (start.Cell[0] is { } cell)
            {
                golden.Tensor("c0").Span.CopyTo(cell.Span);
            }

            model.InitialState = start;
        }

        var value = model.LossAndGradients(batch, golden.Loss);
        Assert.Equal(golden.Value, value, 1e-6 * Math.Max(1, Math.Abs(golden.Value)));
        foreach (var parameter in model.Parameters)
        {
            Close.Assert(golden.Gradient(parameter.Name), parameter.Gradient, parameter.Name);
        }

        if (golden.HasInitialState)
        {
            var gradient = model.NewState(batch.Size);
            model.ReadInitialStateGradient(gradient);
            Close.Assert(Squeeze(golden.Tensor("h0Gradient")), gradient.Hidden[0], "∂L/∂h_0");
            if (gradient.Cell[0] is { } cell)
            {
                Close.Assert(Squeeze(golden.Tensor("c0Gradient")), cell, "∂L/∂c_0");
            }
        }

        Close.Assert(Live(golden.Tensor("output"), golden), Live(model.Forward(batch), golden), "output");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Layers_by_themselves_agree_with_PyTorch(string name, int width)
    {
        var golden = LayerGolden.All.Single(g => g.Name == name);
        var model = golden.Model(Kernels.All.Single(k => k.Width == width));
        var batch = golden.Batch();
        var states = model.Embedding?.Forward(batch.Inputs) ?? batch.Inputs;
        foreach (var layer in model.Layers)
        {
            var start = golden.HasInitialState ? Squeeze(golden.Tensor("h0")) : null;
            if (layer is Lstm lstm && start is not null)
            {
                lstm.InitialCell = Squeeze(golden.Tensor("c0"));
            }

            states = layer.Forward(states, start, golden.Lengths);
        }

        var last = model.EveryStep ? states : Tensor.From(states.Slice(states.Shape[0] - 1), states.Shape[1], states.Shape[2]);
        var output = model.Head.Forward(last);
        Close.Assert(Live(golden.Tensor("output"), golden), Live(output, golden), "output");

        var gradient = new Tensor(output.Shape);
        golden.Loss.Evaluate(output, batch, gradient);
        gradient = model.Head.Backward(gradient)!;
        foreach (var layer in model.Layers.Reverse())
        {
            gradient = layer.Backward(gradient, needInputGradient: true)!;
        }

        model.Embedding?.Backward(gradient);
        foreach (var parameter in model.Parameters)
        {
            Close.Assert(golden.Gradient(parameter.Name), parameter.Gradient, parameter.Name);
        }

        Close.Assert(golden.Tensor("inputGradient"), gradient, "∂L/∂x");
        if (golden.HasInitialState)
        {
            Close.Assert(Squeeze(golden.Tensor("h0Gradient")), model.Layers[0].InitialStateGradient, "∂L/∂h_0");
            if (model.Layers[0] is Lstm lstm)
            {
                Close.Assert(Squeeze(golden.Tensor("c0Gradient")), lstm.InitialCellGradient, "∂L/∂c_0");
            }
        }
    }

    /// <summary>The answers with zeros behind each sequence's end, where they mean nothing.</summary>
    private static Tensor Live(Tensor output, LayerGolden golden)
    {
        if (golden.Lengths is not { } lengths || !golden.EveryStep)
        {
            return output;
        }

        var live = output.Copy();
        for (var b = 0; b < lengths.Length; b++)
        {
            for (var t = lengths[b]; t < live.Shape[0]; t++)
            {
                live.Slice(t).Slice(b * live.Shape[2], live.Shape[2]).Clear();
            }
        }

        return live;
    }

    private static Tensor Squeeze(Tensor oneLayer) => Tensor.From(oneLayer.Span, oneLayer.Shape[1], oneLayer.Shape[2]);
}
