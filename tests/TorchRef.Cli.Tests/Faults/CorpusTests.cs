using TorchRef.Checks;
using TorchRef.Cli.Faults;
using static TorchSharp.torch;

namespace TorchRef.Cli.Tests.Faults;

/// <summary>Every planted fault is one, by other means than the checker's. A fault that is none would blame the checker.</summary>
public sealed class CorpusTests
{
    /// <summary>Relative to the largest derivative; the differences themselves are good to about 1e-10.</summary>
    private const double Visible = 4e-9;

    private static readonly Lazy<ILookup<string, GradientFault>> s_faults = new(() => Corpus.All.OfType<GradientFault>().ToLookup(fault => fault.ToString()));

    public static TheoryData<string> GradientFaults => [.. Corpus.All.OfType<GradientFault>().Select(fault => fault.ToString())];

    [Theory]
    [MemberData(nameof(GradientFaults))]
    public void The_fault_is_one(string name)
    {
        var fault = s_faults.Value[name].Single();

        Assert.NotEqual("nothing", Evidence(fault));
    }

    [Theory]
    [InlineData(6, 3)]
    [InlineData(3, 3, 2, 2)]
    public void Batch_normalisation_without_a_mistake_is_none(params int[] shape)
    {
        long[] dimensions = [.. shape.Select(size => (long)size)];
        using var subject = new Subject(new RuleModule("BatchNorm", ((Rule)new BatchNormRule()).Apply, ("weight", Sample.Apart(1, 3)), ("bias", Sample.Normal(3, 3))), Sample.Normal(4, dimensions));

        using var first = new PlainDifferences(subject, 1);
        using var second = new PlainDifferences(subject, 2);

        Assert.InRange(first.Disagreement(), 0, Visible / 10);
        Assert.InRange(second.Disagreement(), 0, Visible);
    }

    [Fact]
    public void Names_are_unique()
    {
        Assert.Empty(Corpus.All.GroupBy(fault => fault.ToString()).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    /// <summary>In what way the function is seen to be wrong.</summary>
    private static string Evidence(GradientFault fault)
    {
        using var subject = fault.Make();
        if (fault.Hidden)
        {
            using (var given = new PlainDifferences(subject, 1))
                Assert.InRange(given.Disagreement(), 0, Visible);
            Vary(subject);
        }
        if (Changes(fault) is { } change) return change;
        using var differences = new PlainDifferences(subject, 1);
        if (fault.Order == 2)
        {
            Assert.InRange(differences.Disagreement(), 0, Visible);
            using var second = new PlainDifferences(subject, 2);
            return second.Disagreement() > 1e-6 ? "the second derivative" : "nothing";
        }
        return differences.Disagreement() is var size && !(size <= Visible) ? "the derivative" : "nothing";
    }

    /// <summary>To where γ isn't 1, β isn't 0 and ε counts.</summary>
    private static void Vary(Subject subject)
    {
        using var noGraph = no_grad();
        foreach (var parameter in subject.Module!.parameters()) parameter.add_(Sample.Apart(501, parameter.shape) * 0.3);
        if (subject.Inputs[0].abs().max().item<double>() > 100) subject.Inputs[0].mul_(1e-3);
    }

    /// <summary>What is broken that has nothing to do with a derivative, or null.</summary>
    private static string? Changes(GradientFault fault)
    {
        using var subject = fault.Make();
        var before = subject.Module?.parameters().Select(parameter => parameter.detach().clone()).ToList() ?? [];
        using var differences = new PlainDifferences(subject, 1);
        using var given = subject.Inputs[0].detach().clone();
        var (first, training) = (differences.Evaluate()[0].detach().clone(), subject.Module?.training);
        Tensor silent;
        using (no_grad()) silent = differences.Evaluate()[0].detach().clone();
        using (no_grad()) _ = subject.Evaluate([given * 1.5, .. subject.Inputs[1..]]);
        return fault.Expected[0] switch
        {
            Cause.NotReplayable => Differ(first, differences.Evaluate()[0]) ? "another output" : "nothing",
            Cause.GradModeDependent => Differ(first, silent) ? "another output without a graph" : "nothing",
            Cause.StateChanged => training == false || subject.Module!.parameters().Zip(before).Any(pair => Differ(pair.First, pair.Second)) ? "another state" : "nothing",
            Cause.NoGradient when fault.Order == 1 => differences.Evaluate()[0].requires_grad ? "nothing" : "no graph",
            Cause.InputChanged => Differ(given, differences.Inputs[0]) || IncomingGradientChanges(differences) ? "another input" : "nothing",
            Cause.Accumulates or Cause.BackwardNotDeterministic => BackwardDiffers(differences) ? "another gradient" : "nothing",
            Cause.NotFinite => differences.FirstDerivative().Any(gradient => gradient.isnan().any().item<bool>()) ? "NaN" : "nothing",
            _ => null,
        };
    }

    private static bool IncomingGradientChanges(PlainDifferences differences)
    {
        using var cotangent = differences.Cotangents[0].clone();
        using var before = cotangent.clone();
        differences.Evaluate()[0].backward([cotangent]);
        return Differ(before, cotangent);
    }

    private static bool BackwardDiffers(PlainDifferences differences)
    {
        var output = differences.Evaluate()[0];
        List<Tensor> gradients = [.. Enumerable.Range(0, 2).Select(_ => autograd.grad([output], [differences.Inputs[0]], [differences.Cotangents[0]], retain_graph: true)[0])];
        return Differ(gradients[0], gradients[1]);
    }

    private static bool Differ(Tensor left, Tensor right) => !left.Equals(right);
}
