using System.Runtime.CompilerServices;

namespace RnnBook;

/// <summary>The plain recurrent layer's equation in registers, once for each activation.</summary>
internal static unsafe class RnnKernel<V>
    where V : unmanaged, ILanes<V>
{
    /// <summary>An activation in registers: its value, and dh·f′ with f′ from the value.</summary>
    private interface IFunction
    {
        public static abstract V Value(V z, V slope);

        public static abstract V Back(V dh, V h, V slope);
    }

    /// <summary>h = f(z).</summary>
    /// <param name="kind">f; <see cref="ActivationKind.Other"/> copies, z being f(z) already.</param>
    /// <param name="slope">The constant of f.</param>
    /// <param name="z">Pre-activations.</param>
    /// <param name="h">Receives h_t; lanes beyond the units keep what they hold.</param>
    /// <param name="units">H.</param>
    public static void Forward(ActivationKind kind, float slope, PackedRows z, PackedRows h, int units)
    {
        switch (kind)
        {
            case ActivationKind.Relu:
                Forward<Relu>(slope, z, h, units);
                break;
            case ActivationKind.LeakyRelu:
                Forward<LeakyRelu>(slope, z, h, units);
                break;
            case ActivationKind.Elu:
                Forward<Elu>(slope, z, h, units);
                break;
            case ActivationKind.Sigmoid:
                Forward<Sigmoid>(slope, z, h, units);
                break;
            case ActivationKind.Tanh:
                Forward<Tanh>(slope, z, h, units);
                break;
            default:
                Forward<Given>(slope, z, h, units);
                break;
        }
    }

    /// <summary>dz = dh·f′.</summary>
    /// <param name="kind">f.</param>
    /// <param name="slope">The constant of f.</param>
    /// <param name="h">f(z), from which f′ follows; for <see cref="ActivationKind.Other"/> f′(z) itself.</param>
    /// <param name="dh">∂L/∂h_t.</param>
    /// <param name="dz">Receives ∂L/∂z.</param>
    /// <param name="threshold">Smaller gradients are flushed to zero.</param>
    /// <param name="units">H.</param>
    /// <returns>How many gradients were flushed.</returns>
    public static int Backward(ActivationKind kind, float slope, PackedRows h, PackedRows dh, PackedRows dz, float threshold, int units) => kind switch
    {
        ActivationKind.Relu => Backward<Relu>(slope, h, dh, dz, threshold, units),
        ActivationKind.LeakyRelu => Backward<LeakyRelu>(slope, h, dh, dz, threshold, units),
        ActivationKind.Elu => Backward<Elu>(slope, h, dh, dz, threshold, units),
        ActivationKind.Sigmoid => Backward<Sigmoid>(slope, h, dh, dz, threshold, units),
        ActivationKind.Tanh => Backward<Tanh>(slope, h, dh, dz, threshold, units),
        ActivationKind.Identity => Backward<Identity>(slope, h, dh, dz, threshold, units),
        _ => Backward<Given>(slope, h, dh, dz, threshold, units),
    };

    /// <summary>Throws unless all that the forward pass touches lies inside.</summary>
    /// <returns>How many rows and panels that is.</returns>
    public static (int Rows, int Panels) RequireInside(PackedRows z, PackedRows h, int units)
    {
        var (rows, panels) = (z.Rows, PackedMatrix.PanelsOf(units, V.Width));
        z.Require(rows, panels);
        h.Require(rows, panels);
        return (rows, panels);
    }

    /// <summary>Throws unless all that the backward pass touches lies inside.</summary>
    /// <returns>How many rows and panels that is.</returns>
    public static (int Rows, int Panels) RequireInside(PackedRows h, PackedRows dh, PackedRows dz, int units)
    {
        var (rows, panels) = (dz.Rows, PackedMatrix.PanelsOf(units, V.Width));
        h.Require(rows, panels);
        dh.Require(rows, panels);
        dz.Require(rows, panels);
        return (rows, panels);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Forward<TFunction>(float slope, PackedRows z, PackedRows h, int units)
        where TFunction : struct, IFunction
    {
        var (rows, panels) = RequireInside(z, h, units);
        var constant = V.All(slope);
        for (var panel = 0; panel < panels; panel++)
        {
            float* net = z.Panel(panel), state = h.Panel(panel);
            var (isFull, beyond) = (units >= (panel + 1) * V.Width, LaneMask<V>.Beyond(units, panel));
            for (var e = 0; e < rows * V.Width; e += V.Width)
            {
                var value = TFunction.Value(V.Load(net + e), constant);
                V.Store(state + e, isFull ? value : V.Select(beyond, V.Load(state + e), value));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Backward<TFunction>(float slope, PackedRows h, PackedRows dh, PackedRows dz, float threshold, int units)
        where TFunction : struct, IFunction
    {
        var (rows, panels) = RequireInside(h, dh, dz, units);
        var (constant, bound, flushed) = (V.All(slope), V.All(threshold), V.All(0));
        for (var panel = 0; panel < panels; panel++)
        {
            float* state = h.Panel(panel), gradient = dh.Panel(panel), net = dz.Panel(panel);
            for (var e = 0; e < rows * V.Width; e += V.Width)
            {
                var d = TFunction.Back(V.Load(gradient + e), V.Load(state + e), constant);
                V.Store(net + e, V.Flush(d, bound, ref flushed));
            }
        }

        return V.Count(flushed);
    }

    /// <summary>h = max(0, z).</summary>
    private readonly struct Relu : IFunction
    {
        public static V Value(V z, V slope) => V.Max(V.All(0), z);

        public static V Back(V dh, V h, V slope) => V.Greater(h, V.All(0)) & dh;
    }

    /// <summary>h = z above 0, slope·z below.</summary>
    private readonly struct LeakyRelu : IFunction
    {
        public static V Value(V z, V slope) => V.Select(V.Greater(z, V.All(0)), z, z * slope);

        public static V Back(V dh, V h, V slope) => V.Select(V.Greater(h, V.All(0)), dh, dh * slope);
    }

    /// <summary>h = z above 0, slope·(eᶻ − 1) below, where eᶻ − 1 = 2t/(1 − t) with t = tanh(z/2) loses no digits.</summary>
    private readonly struct Elu : IFunction
    {
        public static V Value(V z, V slope)
        {
            var t = VectorMath<V>.Tanh(V.Min(V.All(0), z) * V.All(0.5f));
            return V.Select(V.Greater(z, V.All(0)), z, slope * (t + t) / (V.All(1) - t));
        }

        public static V Back(V dh, V h, V slope) => V.Select(V.Greater(h, V.All(0)), dh, dh * (h + slope));
    }

    /// <summary>h = σ(z).</summary>
    private readonly struct Sigmoid : IFunction
    {
        public static V Value(V z, V slope) => VectorMath<V>.Sigmoid(z);

        public static V Back(V dh, V h, V slope) => dh * h * (V.All(1) - h);
    }

    /// <summary>h = tanh z.</summary>
    private readonly struct Tanh : IFunction
    {
        public static V Value(V z, V slope) => VectorMath<V>.Tanh(z);

        public static V Back(V dh, V h, V slope) => dh * (V.All(1) - (h * h));
    }

    /// <summary>h = z.</summary>
    private readonly struct Identity : IFunction
    {
        public static V Value(V z, V slope) => z;

        public static V Back(V dh, V h, V slope) => dh;
    }

    /// <summary>Value and derivative come ready made.</summary>
    private readonly struct Given : IFunction
    {
        public static V Value(V z, V slope) => z;

        public static V Back(V dh, V h, V slope) => dh * h;
    }
}
