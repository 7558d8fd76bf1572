using TorchRef.Cli.Ledger;

namespace TorchRef.Cli.Tests.Ledger;

public class LedgerTests
{
    [Fact]
    public void TorchRef_does_what_PyTorch_does_wherever_it_is_asked()
    {
        var answers = Questions.All.Select(question => question.Ask()).Where(row => row.TorchRef is not null).ToList();
        Assert.True(answers.Count >= 12);
        Assert.All(answers, row => Assert.Equal(row.PyTorch, row.TorchRef));
    }

    [Fact]
    public void An_error_is_an_answer() =>
        Assert.Equal("throws: no", new Probe("anything", "yes", () => throw new InvalidOperationException("no")).Ask().Engine);

    [Fact]
    public void An_engine_that_answers_otherwise_departs()
    {
        Assert.True(new Probe("anything", "yes", () => "no").Ask().Departs);
        Assert.False(new Probe("anything", "yes", () => "yes").Ask().Departs);
    }

    [Fact]
    public void No_question_is_asked_twice() =>
        Assert.Equal(Questions.All.Count(), Questions.All.Select(question => question.Where).Distinct().Count());
}
