using TorchRef.Layers;
using static TorchSharp.torch;
using BatchNorm1d = TorchRef.Normalization.BatchNorm1d;

namespace TorchRef.Experiments.Catalog.Normalization;

/// <summary>A fully connected network with ReLUs whose layers' inputs can be looked at.</summary>
internal sealed class ProbedNetwork : nn.Module<Tensor, Tensor>
{
    private const int Inputs = 784;
    private const int Classes = 10;

    private readonly TorchSharp.Modules.ModuleList<Affine> layers = [];
    private readonly TorchSharp.Modules.ModuleList<BatchNorm1d> norms = [];

    public ProbedNetwork(int count, int units, bool normalized, Generator weights)
        : base(nameof(ProbedNetwork))
    {
        for (int i = 0; i < count; i++)
        {
            var layer = new Affine(i == 0 ? Inputs : units, i == count - 1 ? Classes : units);
            Initializers.HeNormal(layer.Weight, nonlinearity: Nonlinearity.ReLU, generator: weights);
            Initializers.Zeros(layer.Bias!);
            layers.Add(layer);
            if (normalized && i < count - 1) norms.Add(new BatchNorm1d(units));
        }

        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return Activations(input)[^1].MoveToOuterDisposeScope();
    }

    /// <summary>Mean and standard deviation of each unit that feeds layer 2, 3, …; the running statistics don't notice.</summary>
    public IReadOnlyList<(Tensor Mean, Tensor Std)> Distributions(Tensor images)
    {
        using var noGraph = no_grad();
        using var scope = NewDisposeScope();
        List<Tensor> kept = [.. norms.SelectMany(norm => norm.buffers()).Select(buffer => buffer.clone())];
        List<(Tensor, Tensor)> all = [.. Activations(images).SkipLast(1).Select(values =>
            (values.mean([0]).MoveToOuterDisposeScope(), values.std([0], unbiased: false).MoveToOuterDisposeScope()))]; // [50], [50]
        foreach ((Tensor buffer, Tensor before) in norms.SelectMany(norm => norm.buffers()).Zip(kept)) buffer.copy_(before);
        return all;
    }

    /// <summary>How far each layer's input has moved since then, by the layer's number.</summary>
    public IEnumerable<(int Layer, double Drift)> Drift(IReadOnlyList<(Tensor Mean, Tensor Std)> start, Tensor images)
    {
        IReadOnlyList<(Tensor Mean, Tensor Std)> now = Distributions(images);
        using var noGraph = no_grad();
        var drifts = new List<(int, double)>();
        for (int i = 0; i < now.Count; i++)
        {
            using var scope = NewDisposeScope();
            var moved = ((now[i].Mean - start[i].Mean).square() + (now[i].Std - start[i].Std).square()).sqrt(); // [50]
            // A unit that gave 0 for every image has no width of its own to measure by.
            drifts.Add((i + 2, (moved / start[i].Std.clamp_min(1e-3)).median().item<float>()));
        }

        return drifts;
    }

    /// <summary>What every layer gives on: the input of the next, and last the outputs.</summary>
    private List<Tensor> Activations(Tensor input)
    {
        using var relu = new ReLU();
        var all = new List<Tensor>();
        for (int i = 0; i < layers.Count; i++)
        {
            input = layers[i].call(input);                                      // [N, 50]; the last [N, 10]
            if (i < norms.Count) input = norms[i].call(input);                  // [N, 50]
            if (i < layers.Count - 1) input = relu.call(input);                 // [N, 50]
            all.Add(input);
        }

        return all;
    }
}
