using static TorchSharp.torch;

namespace TorchRef.Checks.Parity;

/// <summary>Lays out the steps: training, evaluation, both once more, and what the given batches can't show.</summary>
internal sealed class ParityPlan
{
    public const string Training = "training", Evaluation = "evaluation", TrainingAgain = "training after evaluation", EvaluationAgain = "evaluation after that";

    /// <summary>Part of the name of each phase that isn't one of the four.</summary>
    public const string Variation = "with ";

    private readonly ParityBench _bench;
    private readonly ModuleParityOptions _options;
    private readonly List<ParityStep> _steps = [];
    private long _seed;

    public ParityPlan(ParityBench bench, IReadOnlyList<Tensor[]> batches, ModuleParityOptions options, ScalarType type)
    {
        (_bench, _options, _seed) = (bench, options, options.Seed);
        var wide = batches.Select(batch => batch.Select(Wide).ToArray()).ToList();
        var count = Math.Max(options.Steps, wide.Count);
        for (var i = 0; i < count; i++) Add(Training, i + 1, true, wide[i % wide.Count]);
        for (var i = 0; i < wide.Count; i++) Add(Evaluation, i + 1, false, wide[i]);
        Add(TrainingAgain, 1, true, wide[0]);
        Add(EvaluationAgain, 1, false, wide[^1]);
        NumberOfMain = _steps.Count;
        if (!options.Vary) return;
        AddWithoutInputGradient(wide[0]);
        AddOtherShape(wide[0], type);
        AddSmall(wide[0], type);
    }

    public IReadOnlyList<ParityStep> Steps => _steps;

    /// <summary>How many of them go on from one another, from the first.</summary>
    public int NumberOfMain { get; }

    /// <summary>What was varied, a sentence each.</summary>
    public List<string> Variations { get; } = [];

    /// <summary>What can't be seen, a sentence each.</summary>
    public List<string> BlindSpots { get; } = [];

    private ParityStep Add(string phase, int number, bool training, Tensor[] inputs, double? stateScale = null, bool gradients = true)
    {
        // Seeds far apart: each step has seeds of its own for cotangents and nudges.
        var step = new ParityStep(phase, number, training, inputs, _seed += 10_007) { StateScale = stateScale, InputGradients = gradients };
        _steps.Add(step);
        return step;
    }

    private void AddWithoutInputGradient(Tensor[] batch)
    {
        if (!batch.Any(input => input.is_floating_point())) return;
        Add($"training {Variation}an input that needs no gradient", 1, true, batch, stateScale: 1, gradients: false);
    }

    /// <summary>As many rows as columns hide transposition, and means taken over the wrong one of the two.</summary>
    private void AddOtherShape(Tensor[] batch, ScalarType type)
    {
        if (batch.Length != 1 || batch[0].dim() < 2 || batch[0].shape[0] != batch[0].shape[1]) return;
        var x = batch[0];
        var taller = cat([x, x.narrow(0, 0, 1) * 0.5 + 0.25], 0); // [N + 1, …]
        var step = new ParityStep("", 1, true, [taller], _seed + 1);
        if (_bench.Run(_bench.Reference, [step], type, Rounding.None)[0].Failure is not null)
        {
            BlindSpots.Add($"the batch has as many rows as columns ({x.shape[0]}), which hides a transposed matrix and sums over the wrong dimension; the reference takes no other");
            return;
        }
        var phase = $"training {Variation}one row more";
        Add(phase, 1, true, [taller], stateScale: 1);
        Add($"evaluation {Variation}one row more", 1, false, [taller], stateScale: 1);
        Variations.Add($"the batch has as many rows as columns ({x.shape[0]}), which hides some mistakes: repeated with one row more");
    }

    /// <summary>ε can't be seen beside a variance much larger than it: the batch is made smaller until the result answers.</summary>
    private void AddSmall(Tensor[] batch, ScalarType type)
    {
        if (batch.Length != 1 || !batch[0].is_floating_point()) return;
        var x = batch[0];
        if (Output(x, type) is not { } whole || !Near(Output(x * 2, type), whole, 0.01)) return;
        for (var power = 0; power <= 60; power += 2)
        {
            var scale = Math.ScaleB(1, -power);
            if (Output(x * scale, type) is not { } smaller) return;
            if (Near(smaller, whole, 0.2)) continue;
            if (power == 0) return;
            Add($"training {Variation}a small input", 1, true, [x * scale], stateScale: scale);
            Add($"evaluation {Variation}a small input", 1, false, [x * scale], stateScale: scale);
            Variations.Add(FormattableString.Invariant($"scaling the input changes nothing, as in a normalisation, so that its ε can't be seen: repeated with the input times {scale:G3}, where it can"));
            return;
        }
        BlindSpots.Add("the output doesn't depend on the input's scale: if there is an ε, it can't be seen");
    }

    private Tensor? Output(Tensor x, ScalarType type)
    {
        var step = new ParityStep("", 1, true, [x], _options.Seed);
        return _bench.Run(_bench.Reference, [step], type, Rounding.None)[0] is { Failure: null, Output: { } output } && output.isfinite().all().item<bool>() ? output : null;
    }

    private static bool Near(Tensor? one, Tensor? other, double share) =>
        one is not null && other is not null && one.shape.SequenceEqual(other.shape) && one.numel() > 0 && other.is_floating_point()
        && other.abs().max().to_type(ScalarType.Float64).item<double>() is > 0 and var largest && (one - other).abs().max().to_type(ScalarType.Float64).item<double>() <= share * largest;

    /// <summary>In float64, and off the grid of float32: a module that rounds to float32 inside must not come away with it.</summary>
    private Tensor Wide(Tensor input, int number)
    {
        if (!input.is_floating_point()) return input.detach().clone();
        var wide = input.detach().to_type(ScalarType.Float64, copy: true); // the input's shape
        return input.dtype == ScalarType.Float64 ? wide : wide * (1 + ParityBench.Normal(input.shape, _options.Seed + number).to(input.device) * Math.ScaleB(1, -26));
    }
}
