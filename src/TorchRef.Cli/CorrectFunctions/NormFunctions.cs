using TorchRef.Cli.Faults;
using TorchRef.Normalization;
using static TorchSharp.torch;

namespace TorchRef.Cli.CorrectFunctions;

/// <summary>Normalisations, TorchRef's and torch.nn's, at scales from 1e-6 to 1e6 and far from 0.</summary>
internal static class NormFunctions
{
    private static readonly (string name, Func<nn.Module<Tensor, Tensor>> make)[] s_batchNorms =
    [
        ("torch.nn's BatchNorm1d", () => nn.BatchNorm1d(3, dtype: float64)),
        ("BatchNorm1d", () => new BatchNorm1d(3, dtype: float64)),
        ("BatchNorm1d in closed form", () => new BatchNorm1d(3, form: BatchNormForm.ClosedForm, dtype: float64)),
    ];

    public static IEnumerable<CorrectFunction> All => [.. BatchNorms(), .. Others(), .. Others().Where((_, number) => number % 3 == 0).Select(function => function.Twice())];

    private static IEnumerable<CorrectFunction> BatchNorms()
    {
        foreach (var (name, make) in s_batchNorms)
        {
            foreach (var scale in new[] { 1e-6, 1e-4, 1e-2, 1, 1e2, 1e4, 1e6 })
                foreach (var offset in new[] { 0, 10, 1e3, 1e6 })
                    yield return Of($"{name} at scale {scale}, offset {offset} σ", () => Random(make()), () => (Sample.Normal(601, 6, 3) + offset) * scale);
            yield return Of($"{name}, new", make, () => Sample.Normal(602, 6, 3));
            yield return Of($"{name}, N = C", () => Random(make()), () => Sample.Normal(603, 3, 3));
            yield return Of($"{name}, two examples", () => Random(make()), () => Sample.Normal(604, 2, 3));
            yield return Of($"{name}, sequences", () => Random(make()), () => Sample.Normal(605, 2, 3, 4));
            yield return Of($"{name}, channels of different scales", () => Random(make()), () => Sample.Normal(606, 6, 3) * tensor([1e-3, 1, 1e3]));
            yield return Of($"{name} in eval mode", () => Evaluating(Random(make())), () => Sample.Normal(607, 6, 3));
            yield return Of($"{name}", () => Random(make()), () => Sample.Normal(608, 4, 3)).Twice();
            yield return Of($"{name} at scale 1000", () => Random(make()), () => Sample.Normal(609, 4, 3) * 1000).Twice();
            yield return Of($"{name}, small batch", () => Random(make()), () => Sample.Normal(610, 3, 3) * 0.1).Twice();
        }
    }

    private static IEnumerable<CorrectFunction> Others()
    {
        yield return Of("torch.nn's BatchNorm2d", () => Random(nn.BatchNorm2d(2, dtype: float64)), () => Sample.Normal(621, 2, 2, 2, 2));
        yield return Of("torch.nn's BatchNorm3d", () => Random(nn.BatchNorm3d(2, dtype: float64)), () => Sample.Normal(622, 2, 2, 2, 1, 2));
        yield return Of("BatchNorm2d", () => Random(new BatchNorm2d(2, dtype: float64)), () => Sample.Normal(623, 2, 2, 2, 2));
        yield return Of("BatchNorm3d in closed form", () => Random(new BatchNorm3d(2, form: BatchNormForm.ClosedForm, dtype: float64)), () => Sample.Normal(624, 2, 2, 2, 1, 2));
        yield return Of("BatchNorm1d without affine", () => new BatchNorm1d(3, affine: false, dtype: float64), () => Sample.Normal(625, 5, 3));
        yield return Of("BatchNorm1d without tracking", () => Random(new BatchNorm1d(3, track_running_stats: false, dtype: float64)), () => Sample.Normal(626, 5, 3));
        yield return Of("BatchNorm1d with momentum null", () => Random(new BatchNorm1d(3, momentum: null, dtype: float64)), () => Sample.Normal(627, 5, 3));
        yield return Of("BatchNorm1d with ε = 1e-12", () => Random(new BatchNorm1d(3, 1e-12, dtype: float64)), () => Sample.Normal(628, 5, 3));
        yield return Of("BatchNorm1d with ε = 1", () => Random(new BatchNorm1d(3, 1, dtype: float64)), () => Sample.Normal(629, 5, 3));
        yield return Of("batch norm of the study notes", () => Random(new ConventionalBatchNorm(3, BatchNormConvention.StudyNotes, dtype: float64)), () => Sample.Normal(630, 5, 3));
        yield return Of("batch norm with ε outside of the root", () => Random(new ConventionalBatchNorm(3, BatchNormConvention.StudyNotesFormula, dtype: float64)), () => Sample.Normal(631, 5, 3));
        yield return Of("FrozenBatchNorm", () => new FrozenBatchNorm(3, dtype: float64), () => Sample.Normal(632, 5, 3));
        yield return Of("GhostBatchNorm", () => Random(new GhostBatchNorm(3, 3, dtype: float64)), () => Sample.Normal(633, 6, 3));
        yield return Of("torch.nn's LayerNorm", () => Random(nn.LayerNorm(5, dtype: float64)), () => Sample.Normal(634, 4, 5));
        yield return Of("LayerNorm", () => Random(new LayerNorm(5, dtype: float64)), () => Sample.Normal(635, 4, 5));
        yield return Of("LayerNorm at scale 1e-3", () => Random(new LayerNorm(5, dtype: float64)), () => Sample.Normal(636, 4, 5) * 1e-3);
        yield return Of("LayerNorm at offset 1000", () => Random(new LayerNorm(5, dtype: float64)), () => Sample.Normal(637, 4, 5) + 1000);
        yield return Of("LayerNorm of matrices", () => Random(new LayerNorm([2, 3], dtype: float64)), () => Sample.Normal(638, 3, 2, 3));
        yield return Of("torch.nn's GroupNorm", () => Random(nn.GroupNorm(2, 4, dtype: float64)), () => Sample.Normal(639, 2, 4, 3));
        yield return Of("GroupNorm", () => Random(new GroupNorm(2, 4, dtype: float64)), () => Sample.Normal(640, 2, 4, 3));
        yield return Of("GroupNorm at scale 1e4", () => Random(new GroupNorm(2, 4, dtype: float64)), () => Sample.Normal(641, 2, 4, 3) * 1e4);
        yield return Of("torch.nn's InstanceNorm1d", () => Random(nn.InstanceNorm1d(2, affine: true, dtype: float64)), () => Sample.Normal(642, 2, 2, 4));
        yield return Of("InstanceNorm1d", () => Random(new InstanceNorm1d(2, affine: true, dtype: float64)), () => Sample.Normal(643, 2, 2, 4));
        yield return Of("InstanceNorm2d with tracking", () => new InstanceNorm2d(2, track_running_stats: true, dtype: float64), () => Sample.Normal(644, 2, 2, 2, 2));
        yield return Of("Whitening, ZCA", () => new Whitening(2, WhiteningMethod.Zca, dtype: float64), () => Sample.Normal(645, 6, 2));
        yield return Of("Whitening, PCA", () => new Whitening(2, WhiteningMethod.Pca, dtype: float64), () => Sample.Normal(646, 6, 2));
        yield return Of("Whitening, Cholesky", () => new Whitening(3, WhiteningMethod.Cholesky, dtype: float64), () => Sample.Normal(647, 6, 3));
        yield return Of("Whitening in eval mode", () => Evaluating(new Whitening(2, dtype: float64)), () => Sample.Normal(648, 4, 2));
        yield return Of("RecurrentBatchNorm", () => Recurrent(new RecurrentBatchNorm(3, 4, dtype: float64)), () => Sample.Normal(649, 5, 3));
        yield return Of("torch.nn's LocalResponseNorm", () => nn.LocalResponseNorm(2), () => Sample.Normal(650, 2, 3, 4));
        yield return Of("InputStandardization", Standardized, () => Sample.Normal(651, 4, 3));
    }

    private static Wrapped Recurrent(RecurrentBatchNorm norm) => new(norm, input => norm.call(input, 1));

    private static InputStandardization Standardized()
    {
        var standardization = new InputStandardization(3);
        using var data = Sample.Normal(652, 20, 3) * 4 + 7;
        standardization.Fit(data);
        return standardization;
    }

    /// <summary>With γ and β that aren't 1 and 0.</summary>
    private static nn.Module<Tensor, Tensor> Random(nn.Module<Tensor, Tensor> module)
    {
        using var noGraph = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (parameter, number) in module.parameters().Select((parameter, number) => (parameter, (ulong)number))) parameter.copy_(Sample.Apart(660 + 2 * number, parameter.shape));
        return module;
    }

    private static nn.Module<Tensor, Tensor> Evaluating(nn.Module<Tensor, Tensor> module)
    {
        module.eval();
        return module;
    }

    private static CorrectFunction Of(string name, Func<nn.Module<Tensor, Tensor>> module, Func<Tensor> input) => CorrectFunction.Of("norms", name, module, input);
}
