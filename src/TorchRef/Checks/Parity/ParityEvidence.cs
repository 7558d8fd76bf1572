using static TorchSharp.torch;

namespace TorchRef.Checks.Parity;

/// <summary>All that a diagnosis may look at: steps taken from equal states, and the bench for further trials.</summary>
/// <param name="Bench">Runs the modules, in float64.</param>
/// <param name="Steps">Each from the reference's state before it.</param>
/// <param name="Type">The element type that they ran in.</param>
internal sealed record ParityEvidence(ParityBench Bench, IReadOnlyList<StepPair> Steps, ScalarType Type)
{
    public IEnumerable<StepPair> Training => Steps.Where(pair => pair.Step.Training);

    public IEnumerable<StepPair> Evaluation => Steps.Where(pair => !pair.Step.Training);

    /// <summary>The share of the largest value up to which an explanation is exact.</summary>
    public double Tolerance => Type == ScalarType.Float64 ? 1e-7 : 1e-4;

    /// <summary>Whether the reference draws random numbers in training.</summary>
    public bool IsRandom => Training.Any(pair => pair.Reference.Draws);

    /// <summary>Whether the reference hands on its input in evaluation, as dropout does.</summary>
    public bool IsIdentityInEvaluation =>
        Evaluation.Any() && Evaluation.All(pair => HandsOn(pair.Reference));

    /// <summary>Runs a module, the candidate unless another is given, once more from the state before a step of the reference.</summary>
    public StepTrace Repeat(StepPair pair, bool? training = null, Func<Tensor, Tensor>? changeCotangent = null, bool keepGradients = false, ParitySubject? who = null)
    {
        who ??= Bench.Candidate;
        Bench.SetState(who, pair.Reference.StateBefore, Rounding.None, Type);
        return Bench.RunStep(who, pair.Step with { Training = training ?? pair.Step.Training }, Type, Rounding.None, changeCotangent, keepGradients);
    }

    private static bool HandsOn(StepTrace trace) => trace is { Inputs.Length: 1, Output: { } output } && output.shape.SequenceEqual(trace.Inputs[0].shape) && output.eq(trace.Inputs[0]).all().item<bool>();
}
