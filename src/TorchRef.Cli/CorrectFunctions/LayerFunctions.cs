using TorchRef.Cli.Faults;
using TorchRef.Dropout;
using TorchRef.Layers;
using static TorchSharp.torch;

namespace TorchRef.Cli.CorrectFunctions;

/// <summary>The layers of torch.nn and TorchRef: affine, convolutions, pooling, activations, dropout, recurrent cells.</summary>
internal static class LayerFunctions
{
    public static IEnumerable<CorrectFunction> All => [.. Layers(), .. Layers().Where((_, number) => number % 3 == 0).Select(function => function.Twice()), .. Pooling(), .. Activations(), .. Dropouts(), .. Recurrent(), .. Recurrent().Select(function => function.Twice())];

    private static IEnumerable<CorrectFunction> Layers()
    {
        yield return Of("torch.nn's Linear", () => nn.Linear(3, 2, dtype: float64), () => Sample.Normal(701, 4, 3));
        yield return Of("torch.nn's Linear without bias", () => nn.Linear(3, 3, hasBias: false, dtype: float64), () => Sample.Normal(702, 3, 3));
        yield return Of("Affine", () => new Affine(3, 2, dtype: float64), () => Sample.Normal(703, 4, 3));
        yield return Of("Affine in closed form", () => new Affine(3, 2, form: GradientForm.ClosedForm, dtype: float64), () => Sample.Normal(704, 4, 3));
        yield return Of("Affine at scale 1e5", () => new Affine(3, 2, dtype: float64), () => Sample.Normal(705, 4, 3) * 1e5);
        yield return Of("torch.nn's Conv1d", () => nn.Conv1d(2, 2, 3, padding: 1, dtype: float64), () => Sample.Normal(706, 2, 2, 5));
        yield return Of("torch.nn's Conv1d, stride and dilation", () => nn.Conv1d(2, 2, 2, stride: 2, dilation: 2, dtype: float64), () => Sample.Normal(707, 2, 2, 7));
        yield return Of("torch.nn's Conv2d", () => nn.Conv2d(2, 2, 2, dtype: float64), () => Sample.Normal(708, 2, 2, 3, 3));
        yield return Of("torch.nn's Conv2d in groups", () => nn.Conv2d(2, 2, 2, groups: 2, dtype: float64), () => Sample.Normal(709, 1, 2, 3, 3));
        yield return Of("torch.nn's Conv3d", () => nn.Conv3d(1, 2, 2, dtype: float64), () => Sample.Normal(710, 1, 1, 2, 3, 2));
        yield return Of("torch.nn's ConvTranspose1d", () => nn.ConvTranspose1d(2, 2, 3, stride: 2, dtype: float64), () => Sample.Normal(711, 1, 2, 3));
        yield return Of("torch.nn's ConvTranspose2d", () => nn.ConvTranspose2d(1, 2, 2, dtype: float64), () => Sample.Normal(712, 1, 1, 3, 3));
        yield return Of("torch.nn's Bilinear", Bilinear, () => Sample.Normal(713, 3, 3));
        yield return Of("torch.nn's PReLU", () => nn.PReLU(3, dtype: float64), () => Sample.Apart(714, 4, 3));
        yield return Of("torch.nn's Embedding", () => nn.Embedding(5, 3, dtype: float64), () => tensor(new long[] { 1, 3, 1, 0 }));
        yield return Of("torch.nn's PixelShuffle", () => nn.PixelShuffle(2), () => Sample.Normal(715, 1, 4, 2, 2));
        yield return Of("two layers", () => nn.Sequential(nn.Linear(3, 4, dtype: float64), nn.Tanh(), nn.Linear(4, 2, dtype: float64)), () => Sample.Normal(716, 4, 3));
        yield return Of("two layers with batch normalisation", () => nn.Sequential(new Affine(3, 4, dtype: float64), new Normalization.BatchNorm1d(4, dtype: float64), nn.Tanh(), new Affine(4, 2, dtype: float64)), () => Sample.Normal(717, 5, 3));
    }

    private static IEnumerable<CorrectFunction> Pooling()
    {
        yield return Of("torch.nn's AvgPool1d", () => nn.AvgPool1d(2), () => Sample.Normal(721, 2, 2, 6));
        yield return Of("torch.nn's AvgPool2d", () => nn.AvgPool2d(2), () => Sample.Normal(722, 1, 2, 4, 4));
        yield return Of("torch.nn's MaxPool1d", () => nn.MaxPool1d(2), () => Sample.Distinct(723, 2, 2, 6));
        yield return Of("torch.nn's MaxPool2d", () => nn.MaxPool2d(2), () => Sample.Distinct(724, 1, 2, 4, 4));
        yield return Of("torch.nn's LPPool1d", () => nn.LPPool1d(2, 2), () => Sample.Uniform(725, 0.5, 2, 2, 2, 6));
        yield return Of("torch.nn's AdaptiveAvgPool2d", () => nn.AdaptiveAvgPool2d(2), () => Sample.Normal(726, 1, 2, 3, 5));
        yield return Of("torch.nn's ReflectionPad1d", () => nn.ReflectionPad1d(2), () => Sample.Normal(727, 1, 2, 4));
        yield return Of("torch.nn's ReplicationPad2d", () => nn.ReplicationPad2d(1), () => Sample.Normal(728, 1, 1, 3, 3));
        yield return Of("torch.nn's ConstantPad1d", () => nn.ConstantPad1d(1, 2.5), () => Sample.Normal(729, 1, 2, 4));
    }

    private static IEnumerable<CorrectFunction> Activations()
    {
        (string name, Func<nn.Module<Tensor, Tensor>> make)[] modules =
        [
            ("torch.nn's ReLU", () => nn.ReLU()), ("torch.nn's GELU", nn.GELU), ("torch.nn's Softmax", () => nn.Softmax(1)), ("torch.nn's LogSoftmax", () => nn.LogSoftmax(1)), ("torch.nn's ELU", () => nn.ELU()),
            ("torch.nn's SELU", () => nn.SELU()), ("torch.nn's SiLU", nn.SiLU), ("torch.nn's Mish", nn.Mish), ("torch.nn's Softplus", () => nn.Softplus()), ("torch.nn's Hardswish", () => nn.Hardswish()),
            ("torch.nn's Sigmoid", nn.Sigmoid), ("torch.nn's Tanh", nn.Tanh), ("torch.nn's LeakyReLU", () => nn.LeakyReLU()), ("torch.nn's GLU", () => nn.GLU()), ("torch.nn's Softsign", nn.Softsign),
            ("ReLU", () => new ReLU()), ("ReLU in closed form", () => new ReLU(form: GradientForm.ClosedForm)), ("Sigmoid", () => new Sigmoid()), ("Sigmoid in closed form", () => new Sigmoid(GradientForm.ClosedForm)),
            ("Tanh", () => new Tanh()), ("Tanh in closed form", () => new Tanh(GradientForm.ClosedForm)),
        ];
        foreach (var (name, make) in modules) yield return Of(name, make, () => Sample.Apart(731, 3, 4));
        foreach (var (name, make) in modules.Where(module => !module.name.StartsWith("torch", StringComparison.Ordinal))) yield return Of(name, make, () => Sample.Apart(732, 2, 3)).Twice();
    }

    private static IEnumerable<CorrectFunction> Dropouts()
    {
        (string name, Func<nn.Module<Tensor, Tensor>> make)[] modules =
        [
            ("torch.nn's Dropout", () => nn.Dropout(0.3)), ("torch.nn's Dropout2d", () => nn.Dropout2d(0.3)), ("torch.nn's AlphaDropout", () => nn.AlphaDropout(0.3)), ("torch.nn's FeatureAlphaDropout", () => nn.FeatureAlphaDropout(0.3)),
            ("Dropout", () => new Dropout.Dropout(0.3)), ("Dropout1d", OfSequences), ("Dropout2d", () => new Dropout2d(0.3)), ("AlphaDropout", () => new AlphaDropout(0.3)),
            ("FeatureAlphaDropout", () => new FeatureAlphaDropout(0.3)), ("ClassicDropout", () => new ClassicDropout(0.3)),
        ];
        foreach (var (name, make) in modules)
        {
            yield return Of(name, make, () => Sample.Normal(741, 3, 4, 2, 2));
            yield return Of($"{name} in eval mode", () => Evaluating(make()), () => Sample.Normal(742, 3, 4, 2, 2));
        }
        yield return Of("Dropout with p = 0", () => new Dropout.Dropout(0), () => Sample.Normal(743, 4, 3));
        yield return Of("Dropout with p = 1", () => new Dropout.Dropout(1), () => Sample.Normal(744, 4, 3)) with { Unjudgeable = "all derivatives are 0, and a missing gradient would be too" };
        yield return Of("Dropout within a network", () => nn.Sequential(new Affine(3, 5, dtype: float64), new Dropout.Dropout(0.5), nn.Tanh(), new Dropout.Dropout(0.2), new Affine(5, 2, dtype: float64)), () => Sample.Normal(745, 4, 3));
        yield return Of("torch.nn's RReLU", () => nn.RReLU(), () => Sample.Apart(746, 4, 3));
        yield return CorrectFunction.Of("layers", "noise added", x => x.sin() + randn_like(x), () => Sample.Normal(747, 4, 3));
        yield return CorrectFunction.Of("layers", "noise multiplied", x => x.sin() * (randn_like(x) * 0.2 + 1), () => Sample.Normal(748, 4, 3));
        yield return CorrectFunction.Of("layers", "reparametrised normal", x => x[0] + x[1].exp() * randn_like(x[0]), () => Sample.Normal(749, 4, 3), () => Sample.Normal(750, 4, 3));
    }

    private static IEnumerable<CorrectFunction> Recurrent()
    {
        yield return Of("torch.nn's RNNCell, three steps", () => Steps(nn.RNNCell(2, 3, dtype: float64), (cell, input, hidden) => cell.forward(input, hidden)), () => Sample.Normal(761, 2, 2));
        yield return Of("torch.nn's GRUCell, three steps", () => Steps(nn.GRUCell(2, 3, dtype: float64), (cell, input, hidden) => cell.forward(input, hidden)), () => Sample.Normal(762, 2, 2));
        yield return Of("torch.nn's LSTMCell", () => Lstm(nn.LSTMCell(2, 3, dtype: float64)), () => Sample.Normal(763, 2, 2));
        yield return CorrectFunction.Of("layers", "gated loop of five steps", Gated, () => Sample.Normal(764, 2, 3), () => Sample.Normal(765, 3, 3), () => Sample.Normal(766, 3, 3));
    }

    private static Wrapped Steps<T>(T cell, Func<T, Tensor, Tensor, Tensor> step)
        where T : nn.Module => new(cell, input =>
        {
            var hidden = zeros(input.shape[0], 3, float64);             // [N, H]
            for (var i = 0; i < 3; i++) hidden = step(cell, input, hidden);
            return hidden;
        });

    private static Wrapped Lstm(TorchSharp.Modules.LSTMCell cell) => new(cell, input =>
    {
        var (hidden, memory) = cell.forward(input, (zeros(input.shape[0], 3, float64), zeros(input.shape[0], 3, float64)));
        (hidden, memory) = cell.forward(input * 0.5, (hidden, memory));
        return cat([hidden, memory], 1);                                // [N, 2H]
    });

    private static Tensor Gated(Tensor[] x)
    {
        var hidden = x[0];                                              // [N, H]
        for (var i = 0; i < 5; i++)
        {
            var gate = hidden.matmul(x[1]).sigmoid();                   // [N, H]
            hidden = gate * hidden + (1 - gate) * hidden.matmul(x[2]).tanh();
        }
        return hidden;
    }

    private static Wrapped OfSequences()
    {
        var dropout = new Dropout1d(0.3);
        return new Wrapped(dropout, input => dropout.call(input.flatten(2)));
    }

    private static Wrapped Bilinear()
    {
        var module = nn.Bilinear(3, 3, 2, dtype: float64);
        return new Wrapped(module, input => module.call(input, input.sin()));
    }

    private static nn.Module<Tensor, Tensor> Evaluating(nn.Module<Tensor, Tensor> module)
    {
        module.eval();
        return module;
    }

    private static CorrectFunction Of(string name, Func<nn.Module<Tensor, Tensor>> module, Func<Tensor> input) => CorrectFunction.Of("layers", name, module, input);
}
