using System.Globalization;
using TorchRef.Layers;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification;

/// <summary>Hand-written softmax cross-entropy against torch.nn, for classes and probabilities, over its options.</summary>
internal static class CrossEntropyCases
{
    private const long Ignored = 1, NotIgnored = -100;
    private static readonly long[][] s_shapes = [[10], [8, 10], [4, 5, 3], [2, 3, 2, 2]];

    public static void Run(ComparisonRecorder recorder, Candidates candidates, ulong seed)
    {
        foreach (var form in Enum.GetValues<GradientForm>())
            foreach (var dtype in new[] { ScalarType.Float64, ScalarType.Float32 })
                foreach (var shape in s_shapes)
                    foreach (var named in new[] { true, false })
                        foreach (var reduction in new[] { nn.Reduction.Mean, nn.Reduction.Sum, nn.Reduction.None })
                            foreach (var weighted in new[] { false, true })
                                foreach (var smoothing in new[] { 0, 0.1 })
                                    foreach (var ignored in named ? new[] { NotIgnored, Ignored } : [NotIgnored])
                                    {
                                        var options = new Options(form, dtype, shape, named, reduction, weighted, smoothing, ignored);
                                        recorder.Run(options.Name, "torch.nn", options.Variant, record => Compare(record, candidates, options, seed));
                                        if (dtype == ScalarType.Float32)
                                            recorder.Run(options.Name, "float64", options.Variant, record => CompareWithFloat64(record, candidates, options, seed));
                                    }
    }

    private static void Compare(ComparisonRecorder.CaseRecorder record, Candidates candidates, Options options, ulong seed)
    {
        var expected = Results(Reference, options, options.Dtype, seed);
        foreach (var (what, tensor) in Results(settings => Candidate(candidates, options, settings), options, options.Dtype, seed))
            record.Compare(what, tensor, expected[what], Tolerances.Of(options.Dtype));
    }

    private static void CompareWithFloat64(ComparisonRecorder.CaseRecorder record, Candidates candidates, Options options, ulong seed)
    {
        var mine = Results(settings => Candidate(candidates, options, settings), options, ScalarType.Float32, seed);
        var theirs = Results(Reference, options, ScalarType.Float32, seed);
        foreach (var (what, exact) in Results(Reference, options, ScalarType.Float64, seed))
            RoundOff.Compare(record, what, mine[what], theirs[what], exact);
    }

    private static Func<Tensor, Tensor, Tensor> Candidate(Candidates candidates, Options options, CrossEntropySettings settings) => (input, target) =>
    {
        using var module = candidates.CrossEntropy(settings, options.Form);
        return module.call(input, target);
    };

    private static Func<Tensor, Tensor, Tensor> Reference(CrossEntropySettings settings) => (input, target) =>
        nn.functional.cross_entropy(input, target, settings.Weight, settings.IgnoreIndex, settings.Reduction, settings.LabelSmoothing);

    /// <summary>Loss and gradients. The values are drawn in float32, so that a float64 loss gets the very same.</summary>
    private static Dictionary<string, Tensor?> Results(Func<CrossEntropySettings, Func<Tensor, Tensor, Tensor>> make, Options options, ScalarType dtype, ulong seed)
    {
        using var random = new Generator(seed);
        var dimension = options.Shape.Length == 1 ? 0 : 1;
        var classes = options.Shape[dimension];
        var input = (Draw.Normal(options.Shape, ScalarType.Float32, random) * 3).to_type(dtype).detach().requires_grad_(); // shape
        var scores = Draw.Normal(options.Shape, ScalarType.Float32, random); // shape
        var weight = options.Weighted ? (Draw.Uniform([classes], ScalarType.Float32, random) + 0.5).to_type(dtype) : null; // [C]
        var target = options.Named ? scores.argmax(dimension) : scores.softmax(dimension).to_type(dtype).detach().requires_grad_(); // shape without C, or shape
        // A single example that is ignored leaves a mean over nothing; the golden cases have that.
        if (options.Named && options.Shape.Length == 1 && options.IgnoreIndex == Ignored) target = target.fill_(0);
        var loss = make(new(weight, options.IgnoreIndex, options.Reduction, options.LabelSmoothing))(input, target); // [], or shape without C
        loss.backward([Draw.Normal(loss.shape, ScalarType.Float32, random).to_type(dtype)]);
        var results = new Dictionary<string, Tensor?> { ["loss"] = loss, ["gradient of input"] = input.grad };
        if (!options.Named) results["gradient of target"] = target.grad;
        return results;
    }

    private sealed record Options(GradientForm Form, ScalarType Dtype, long[] Shape, bool Named, nn.Reduction Reduction, bool Weighted, double LabelSmoothing, long IgnoreIndex)
    {
        public string Name => $"SoftmaxCrossEntropy {Form.ToString().ToLowerInvariant()} {Dtype.ToString().ToLowerInvariant()} train";

        public string Variant => string.Create(CultureInfo.InvariantCulture,
            $"({string.Join(", ", Shape)}), {(Named ? "classes" : "probabilities")}, {Reduction.ToString().ToLowerInvariant()}{(Weighted ? ", weighted" : "")}{(LabelSmoothing > 0 ? $", label smoothing {LabelSmoothing}" : "")}{(IgnoreIndex >= 0 ? $", class {IgnoreIndex} ignored" : "")}");
    }
}
