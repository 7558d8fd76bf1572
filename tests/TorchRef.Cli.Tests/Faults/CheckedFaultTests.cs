using TorchRef.Cli.Bench;
using TorchRef.Cli.Faults;

namespace TorchRef.Cli.Tests.Faults;

/// <summary>What the checks make of the planted faults.</summary>
public sealed class CheckedFaultTests
{
    private const double CaughtAtLeast = 0.98, DiagnosedAtLeast = 0.85;
    private static readonly Lazy<Dictionary<string, FaultOutcome>> s_outcomes = new(() => Corpus.All.ToDictionary(fault => fault.ToString(), fault => FaultOutcome.Of(fault, seed: 1)));

    /// <summary>A selection: what a candidate is compared with must agree with another of its own kind, or a difference would prove nothing.</summary>
    public static TheoryData<string> References => [.. Corpus.All.Where(fault => fault.Tool != Tool.GradCheck).Where((_, number) => number % 5 == 0).Select(fault => fault.ToString())];

    public static TheoryData<string> Faults => [.. Corpus.All.Select(fault => fault.ToString())];

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_planted_fault_is_caught(string name)
    {
        var outcome = s_outcomes.Value[name];

        Assert.True(outcome.Caught, $"expected that the fault '{name}' is caught but got the verdict {outcome.Verdict}: {outcome.Text}");
    }

    [Theory]
    [MemberData(nameof(References))]
    public void What_a_fault_is_compared_with_agrees_with_itself(string name)
    {
        var fault = Corpus.All.Single(fault => fault.ToString() == name);

        var report = fault is ModuleFault module ? module.CheckReference(seed: 1) : ((OptimizerParityFault)fault).CheckReference(seed: 1);

        Assert.True(report.Verdict == Checks.Verdict.Pass, $"expected that the reference of '{name}' agrees with itself but got {report.Verdict}: {report.Diagnosis.Text}");
    }

    [Fact]
    public void The_first_guess_is_mostly_right()
    {
        var undiagnosed = s_outcomes.Value.Values.Where(outcome => !outcome.Diagnosed).ToList();

        Assert.True(
            s_outcomes.Value.Count - undiagnosed.Count >= DiagnosedAtLeast * s_outcomes.Value.Count,
            string.Join('\n', undiagnosed.Select(outcome => $"{outcome.Fault}: expected {string.Join(" or ", outcome.Fault.Expected)} but got {outcome.Cause}: {outcome.Text}")));
    }

    [Fact]
    public void There_are_enough_of_every_family_and_nearly_all_are_caught()
    {
        var outcomes = s_outcomes.Value.Values;

        Assert.InRange(outcomes.Count, 90, int.MaxValue);
        Assert.All(outcomes.GroupBy(outcome => outcome.Fault.Family), family => Assert.InRange(family.Count(), 4, int.MaxValue));
        Assert.InRange(outcomes.Count(outcome => outcome.Caught), CaughtAtLeast * outcomes.Count, outcomes.Count);
    }
}
