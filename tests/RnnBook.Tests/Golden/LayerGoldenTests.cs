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
        if (golden.HasInitialState)
        {
            return; // A model starts from zeros; the layers' own test below covers these.
        }

        var model = golden.Model(Kernels.All.Single(k => k.Width == width));
        var batch = golden.Batch();
        var value = model.LossAndGradients(batch, golden.Loss);
        Assert.Equal(golden.Value, value, 1e-6 * Math.Max(1, Math.Abs(golden.Value)));
        Close.Assert(golden.Tensor("output"), model.Forward(batch.Inputs), "output");
        foreach (var parameter in model.Parameters)
        {
            Close.Assert(golden.Gradient(parameter.Name), parameter.Gradient, parameter.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Layers_by_themselves_agree_with_PyTorch(string name, int width)
    {
        var golden = LayerGolden.All.Single(g => g.Name == name);
        var model = golden.Model(Kernels.All.Single(k => k.Width == width));
        var batch = golden.Batch();
        var states = batch.Inputs;
        foreach (var layer in model.Layers)
        {
            var start = golden.HasInitialState ? Squeeze(golden.Tensor("h0")) : null;
            if (layer is Lstm lstm && start is not null)
            {
                lstm.InitialCell = Squeeze(golden.Tensor("c0"));
            }

            states = layer.Forward(states, start);
        }

        var last = model.EveryStep ? states : Tensor.From(states.Slice(states.Shape[0] - 1), states.Shape[1], states.Shape[2]);
        var output = model.Head.Forward(last);
        Close.Assert(golden.Tensor("output"), output, "output");

        var gradient = new Tensor(output.Shape);
        golden.Loss.Evaluate(output, batch, gradient);
        gradient = model.Head.Backward(gradient)!;
        foreach (var layer in model.Layers.Reverse())
        {
            gradient = layer.Backward(gradient, needInputGradient: true)!;
        }

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

    private static Tensor Squeeze(Tensor oneLayer) => Tensor.From(oneLayer.Span, oneLayer.Shape[1], oneLayer.Shape[2]);
}
