using static TorchSharp.torch;

namespace TorchRef.Normalization;

/// <summary>
/// What different texts mean by "batch normalisation", where they differ: ε and its place, the factor of the running
/// statistics, which variance they average and from where it starts. <c>docs/conventions.md</c> shows them side by side.
/// </summary>
/// <remarks>
/// All of them normalise a batch by its <em>biased</em> variance, and start the running mean at 0. A convention of your
/// own is one of these with something changed: <c>BatchNormConvention.PyTorch with { Eps = 1e-3 }</c>.
/// </remarks>
/// <param name="Name">How messages call it.</param>
/// <param name="Eps">ε.</param>
/// <param name="EpsilonPlace">Where ε stands.</param>
/// <param name="Momentum">
/// m, the weight of the newest batch: running = (1 − m)·running + m·batch. Null averages all batches alike.
/// </param>
/// <param name="RunningVariance">Which variance of a batch the running variance moves towards.</param>
/// <param name="InitialVariance">Where the running variance starts.</param>
/// <param name="CorrectsInEvaluation">
/// Whether evaluation multiplies the running variance by n/(n − 1), n being the number of values per channel of a training
/// batch.
/// </param>
public sealed record BatchNormConvention(
    string Name, double Eps, EpsilonPlace EpsilonPlace, double? Momentum, VarianceKind RunningVariance, double InitialVariance, bool CorrectsInEvaluation)
{
    /// <summary>torch.nn.BatchNorm1d, 2d and 3d with their default settings.</summary>
    public static BatchNormConvention PyTorch { get; } =
        new("PyTorch", 1e-5, EpsilonPlace.InsideRoot, 0.1, VarianceKind.Unbiased, 1, CorrectsInEvaluation: false);

    /// <summary>
    /// The book that the study notes retell: μ_run = α·μ_run + (1 − α)·μ with α = 0.9, likewise for the biased variance,
    /// which starts at 0; ε = 10⁻⁶.
    /// </summary>
    /// <remarks>Evaluation before much training divides by nearly 0: after k batches 0.9ᵏ of the running variance is still missing.</remarks>
    public static BatchNormConvention StudyNotes { get; } =
        new("the study notes", 1e-6, EpsilonPlace.InsideRoot, 0.1, VarianceKind.Biased, 0, CorrectsInEvaluation: false);

    /// <summary>The third formula of the study notes taken at its word: as <see cref="StudyNotes"/>, but with ε outside of the root.</summary>
    public static BatchNormConvention StudyNotesFormula { get; } =
        StudyNotes with { Name = "the formula of the study notes", EpsilonPlace = EpsilonPlace.OutsideRoot };

    /// <summary>
    /// Ioffe and Szegedy 2015, algorithm 2: the plain average of the biased variances of all training batches, which
    /// evaluation multiplies by n/(n − 1).
    /// </summary>
    /// <remarks>The paper gives ε no number; PyTorch's is taken. Nor has it a start: the first batch erases it.</remarks>
    public static BatchNormConvention Paper2015 { get; } =
        new("Ioffe and Szegedy 2015", 1e-5, EpsilonPlace.InsideRoot, null, VarianceKind.Biased, 1, CorrectsInEvaluation: true);

    /// <summary>α of the study notes, the weight of what was there before: 1 − <see cref="Momentum"/>; null where all batches count alike.</summary>
    public double? Alpha => 1 - Momentum;

    /// <summary>The convention that a module of PyTorch's kind follows, its own ε and momentum included.</summary>
    /// <param name="module">Any batch normalisation of this library.</param>
    public static BatchNormConvention Of(BatchNorm module) => PyTorch with { Eps = module.Eps, Momentum = module.Momentum };

    /// <summary>The same convention with α in the place of the momentum.</summary>
    /// <param name="alpha">The weight of what was there before.</param>
    public BatchNormConvention WithAlpha(double alpha) => this with { Momentum = 1 - alpha };

    /// <summary>What the biased variance of n values is multiplied by before it enters the running variance.</summary>
    internal double FactorOf(long valuesPerChannel) =>
        RunningVariance == VarianceKind.Unbiased ? (double)valuesPerChannel / (valuesPerChannel - 1) : 1;

    /// <summary>The weight of the newest batch when it is number <paramref name="batch"/>, counted from 1.</summary>
    internal double WeightOf(long batch) => Momentum ?? 1.0 / batch;

    /// <summary>What is left of the start of a running statistic after some batches.</summary>
    internal double StartLeftAfter(long batches) => Momentum is { } m ? Math.Pow(1 - m, batches) : batches == 0 ? 1 : 0;

    /// <summary>1/√(variance + ε) or 1/(√variance + ε).</summary>
    internal Tensor InverseDeviation(Tensor variance)
    {
        if (EpsilonPlace == EpsilonPlace.InsideRoot || Eps == 0) return ChannelStatistics.InverseDeviation(variance, Eps); // [C]
        var constant = variance.detach() == 0;                          // [C]
        // The root has no derivative at 0: there it is taken of 1 and its result put to 0.
        var deviation = variance.masked_fill(constant, 1).sqrt().masked_fill(constant, 0); // [C]
        return (deviation + Eps).reciprocal();                          // [C]
    }
}
