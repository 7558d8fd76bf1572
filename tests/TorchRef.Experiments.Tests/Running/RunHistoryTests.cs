using TorchRef.Experiments.Running;
using TorchRef.Experiments.Tests.Data;
using TorchRef.Interop.DataViews;

namespace TorchRef.Experiments.Tests.Running;

public sealed class RunHistoryTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_a_run_left_is_what_it_recorded()
    {
        RunResult result = ExperimentRunner.Run(new Counting(), new RunRequest { Digits = new(() => throw new InvalidOperationException("no images are needed")) }, new RunOptions { Folder = _folder.Path });

        using TableDataView recorded = RunHistory.Of(result.Records, result.Name), left = RunHistory.Read(Path.Combine(_folder.Path, "results.json"));

        Assert.NotEqual(0, recorded.GetRowCount());
        foreach (string column in new[] { "Run", "Series" }) Assert.Equal(recorded.ToStrings(column), left.ToStrings(column));
        Assert.All(left.ToStrings("Run"), run => Assert.Equal(result.Name, run));
        using var expected = recorded.ToTensor("Value");
        using var read = left.ToTensor("Value");
        Assert.Equal(expected.data<double>().ToArray(), read.data<double>().ToArray());
    }

    [Fact]
    public void Runs_follow_each_other_and_keep_numbers_that_JSON_has_not()
    {
        string first = Write("a.json", """{"experiment": "a", "series": {"loss": [1, "NaN"], "std": ["-Infinity"]}}"""), second = Write("b.json", """{"experiment": "b", "series": {"loss": [0.1]}}""");

        using TableDataView view = RunHistory.Read(first, second);

        Assert.Equal(["a", "a", "a", "b"], view.ToStrings("Run"));
        Assert.Equal(["loss", "loss", "std", "loss"], view.ToStrings("Series"));
        using var values = view.ToTensor("Value");
        Assert.Equal([1, double.NaN, double.NegativeInfinity, 0.1], values.data<double>().ToArray());
        using TableDataView wide = SeriesTable.Wide(RunHistory.Series(first));
        Assert.Equal(["Step", "loss", "std"], wide.Schema.Select(column => column.Name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"experiment": "a"}""")]
    [InlineData("""{"experiment": "a", "series": [1]}""")]
    [InlineData("""{"experiment": "a", "series": {"loss": 1}}""")]
    [InlineData("""{"experiment": "a", "series": {"loss": ["many"]}}""")]
    [InlineData("""{"experiment": "a", "series": {"loss": [null]}}""")]
    [InlineData("""{"experiment": 1, "series": {}}""")]
    public void What_is_no_result_is_one_line(string text)
    {
        string path = Write("bad.json", text);

        var error = Assert.Throws<InvalidDataException>(() => RunHistory.Read(path));

        Assert.StartsWith("A history is read from results.json: expected experiment and series but got: ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith($"({path})", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_missing_file_and_no_file_are_refused()
    {
        Assert.Throws<FileNotFoundException>(() => RunHistory.Read(Path.Combine(_folder.Path, "none.json")));
        Assert.Throws<ArgumentException>(() => RunHistory.Read());
    }

    private string Write(string name, string text) => _folder.Write(name, System.Text.Encoding.UTF8.GetBytes(text));
}
