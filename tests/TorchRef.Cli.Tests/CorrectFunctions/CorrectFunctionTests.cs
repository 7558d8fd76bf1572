using TorchRef.Cli.CorrectFunctions;

namespace TorchRef.Cli.Tests.CorrectFunctions;

/// <summary>A check that cries wolf is switched off.</summary>
public sealed class CorrectFunctionTests
{
    private static readonly Lazy<ILookup<string, CorrectFunction>> s_functions = new(() => Correct.All.ToLookup(function => function.ToString()));

    public static TheoryData<string> Functions => [.. Correct.All.Select(function => function.ToString())];

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_correct_gradient_is_never_called_wrong(string name)
    {
        var function = s_functions.Value[name].Single();

        var report = function.Check(seed: 1);

        Assert.True(function.Deserves(report.Verdict), $"expected pass{(function.AtKink ? " or kink" : "")}{(function.Unjudgeable is { } why ? $" or inconclusive ({why})" : "")} but got {report.Verdict}: {report.Diagnosis.Text}");
    }

    [Fact]
    public void There_are_at_least_300_under_different_names()
    {
        Assert.InRange(Correct.All.Count, 300, int.MaxValue);
        Assert.Equal(Correct.All.Count, Correct.All.Select(function => function.ToString()).Distinct().Count());
    }
}
