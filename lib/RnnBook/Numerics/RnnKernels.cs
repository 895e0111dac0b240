using System.Runtime.CompilerServices;

namespace RnnBook;

/// <summary>The plain recurrent layer's element-wise half, once for each activation.</summary>
internal sealed unsafe partial class Kernels<V>
{
    /// <summary>An activation in registers: its value, and dh·f′ with f′ from the value.</summary>
    private interface IFunction
    {
        public static abstract V Value(V z, V slope);

        public static abstract V Back(V dh, V h, V slope);
    }

    public override void RnnForward(ActivationKind kind, float slope, Rows z, Rows h, int rows, int units)
    {
        switch (kind)
        {
            case ActivationKind.Relu:
                Forward<Relu>(slope, z, h, rows, units);
                break;
            case ActivationKind.LeakyRelu:
                Forward<LeakyRelu>(slope, z, h, rows, units);
                break;
            case ActivationKind.Elu:
                Forward<Elu>(slope, z, h, rows, units);
                break;
            case ActivationKind.Sigmoid:
                Forward<Sigmoid>(slope, z, h, rows, units);
                break;
            case ActivationKind.Tanh:
                Forward<Tanh>(slope, z, h, rows, units);
                break;
            default:
                Forward<Given>(slope, z, h, rows, units);
                break;
        }
    }

    public override int RnnBackward(ActivationKind kind, float slope, Rows h, Rows dh, Rows dz, float threshold, int rows, int units) => kind switch
    {
        ActivationKind.Relu => Backward<Relu>(slope, h, dh, dz, threshold, rows, units),
        ActivationKind.LeakyRelu => Backward<LeakyRelu>(slope, h, dh, dz, threshold, rows, units),
        ActivationKind.Elu => Backward<Elu>(slope, h, dh, dz, threshold, rows, units),
        ActivationKind.Sigmoid => Backward<Sigmoid>(slope, h, dh, dz, threshold, rows, units),
        ActivationKind.Tanh => Backward<Tanh>(slope, h, dh, dz, threshold, rows, units),
        ActivationKind.Identity => Backward<Identity>(slope, h, dh, dz, threshold, rows, units),
        _ => Backward<Given>(slope, h, dh, dz, threshold, rows, units),
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Forward<TFunction>(float slope, Rows z, Rows h, int rows, int units)
        where TFunction : struct, IFunction
    {
        var strips = Strips.For(units, V.Width);
        var constant = V.All(slope);
        for (var strip = 0; strip < strips; strip++)
        {
            float* net = z.Strip(strip), state = h.Strip(strip);
            var (isFull, beyond) = (units >= (strip + 1) * V.Width, LanesBeyond(units, strip));
            for (var e = 0; e < rows * V.Width; e += V.Width)
            {
                var value = TFunction.Value(V.Load(net + e), constant);
                V.Store(state + e, isFull ? value : V.Select(beyond, V.Load(state + e), value));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Backward<TFunction>(float slope, Rows h, Rows dh, Rows dz, float threshold, int rows, int units)
        where TFunction : struct, IFunction
    {
        var strips = Strips.For(units, V.Width);
        var (constant, bound, flushed) = (V.All(slope), V.All(threshold), V.All(0));
        for (var strip = 0; strip < strips; strip++)
        {
            float* state = h.Strip(strip), gradient = dh.Strip(strip), net = dz.Strip(strip);
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
            var t = LaneFunctions<V>.Tanh(V.Min(V.All(0), z) * V.All(0.5f));
            return V.Select(V.Greater(z, V.All(0)), z, slope * (t + t) / (V.All(1) - t));
        }

        public static V Back(V dh, V h, V slope) => V.Select(V.Greater(h, V.All(0)), dh, dh * (h + slope));
    }

    /// <summary>h = σ(z).</summary>
    private readonly struct Sigmoid : IFunction
    {
        public static V Value(V z, V slope) => LaneFunctions<V>.Sigmoid(z);

        public static V Back(V dh, V h, V slope) => dh * h * (V.All(1) - h);
    }

    /// <summary>h = tanh z.</summary>
    private readonly struct Tanh : IFunction
    {
        public static V Value(V z, V slope) => LaneFunctions<V>.Tanh(z);

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
