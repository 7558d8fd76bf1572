using System.Text;
using TorchRef.Experiments.Golden;
using TorchRef.Experiments.Search.Studies;
using TorchRef.Experiments.Search.Studies.Journal;
using TorchRef.Experiments.Search.Studies.PythonJson;
using TorchRef.Experiments.Search.Studies.Replay;

namespace TorchRef.Experiments.Tests.Search.Studies.Journal;

/// <summary>Lines of a journal: what Optuna reads is read, what it would fall over is refused, and what is written is what it writes.</summary>
public sealed class JournalLineTests
{
    /// <summary>Optuna 5 writes the dates that are written here, so its own lines must come out again, byte by byte.</summary>
    [Fact]
    public void Each_line_that_Optuna_wrote_is_written_back_the_same()
    {
        string[] lines = File.ReadAllLines(Path.Combine(GoldenFile.FindFolder()!, "studies", "optuna-5.0.0rc1.log"));
        var reader = new JournalLineReader();
        int same = 0;
        foreach (string line in lines)
        {
            Operation operation = reader.Read(Encoding.UTF8.GetBytes(line))!;
            string written = Encoding.ASCII.GetString(JournalLineWriter.Write([operation])).TrimEnd('\n');
            // Two things have two spellings: a new trial without anything, and the index of a choice as an int.
            if (operation is CreateTrial && !line.Contains("\"state\"", StringComparison.Ordinal)) Assert.Equal(Operation(operation), Operation(reader.Read(Encoding.UTF8.GetBytes(written))!));
            else Assert.Equal(line, written);
            same++;
        }

        Assert.Equal(75, same);
    }

    [Theory]
    [InlineData("""{"op_code": 0, "worker_id": "w", "study_name": "s", "directions": [2], "more": {}}""")]
    [InlineData("""{"directions":[1,2],"study_name":"s","worker_id":"w","op_code":0}""")]
    [InlineData("""{"op_code":4,"worker_id":"w","study_id":0,"datetime_start":null}""")]
    [InlineData("""{"op_code":6,"worker_id":"w","trial_id":0,"state":1,"values":[null],"datetime_complete":"2026-11-20 23:55:26+09:00"}""")]
    [InlineData("""{"op_code":6,"worker_id":"w","trial_id":0,"state":1,"values":null,"datetime_complete":"2026-11-20T23:55:26.1234567Z"}""")]
    [InlineData("""{"op_code":6,"worker_id":"w","trial_id":0,"state":4,"values":null}""")]
    [InlineData("""{"op_code":5,"worker_id":"w","trial_id":0,"param_name":"x","param_value_internal":7,"distribution":"{\"type\":\"int\",\"low\":1,\"high\":9}"}""")]
    [InlineData("{\"op_code\":7,\"worker_id\":\"w\",\"trial_id\":0,\"step\":3,\"intermediate_value\":-Infinity}\r")]
    public void What_Optuna_reads_is_read(string line) => Assert.NotNull(new JournalLineReader().Read(Encoding.UTF8.GetBytes(line)));

    [Fact]
    public void The_operation_that_only_Optuna_5_knows_changes_nothing() =>
        Assert.Null(new JournalLineReader().Read("""{"op_code":10,"worker_id":"w","trial_ids":[1]}"""u8));

    [Theory]
    [InlineData("", "expected a value in column 1 but got the end")]
    [InlineData("null", "expected a JSON object but got null")]
    [InlineData("hello", "expected a value in column 1 but got 'h'")]
    [InlineData("""{"a":1}""", "expected the field op_code but there is none")]
    [InlineData("""{"op_code":11,"worker_id":"w"}""", "expected an op_code from 0 to 10 but got 11")]
    [InlineData("""{"op_code":-1,"worker_id":"w"}""", "expected an op_code from 0 to 10 but got -1")]
    [InlineData("""{"op_code":"4","worker_id":"w"}""", "expected an int as op_code but got \"4\"")]
    [InlineData("""{"op_code":1,"study_id":0}""", "expected the field worker_id but there is none")]
    [InlineData("""{"op_code":0,"worker_id":"w","study_name":"s","directions":[3]}""", "expected a number of StudyDirection as directions but got [3]")]
    [InlineData("""{"op_code":2,"worker_id":"w","study_id":0,"user_attr":{"a":1,"b":2}}""", "expected a dict with one key as user_attr")]
    [InlineData("""{"op_code":4,"worker_id":"w","study_id":0}""", "expected the field datetime_start")]
    [InlineData("""{"op_code":4,"worker_id":"w","study_id":0,"datetime_start":"yesterday"}""", "expected a date")]
    [InlineData("""{"op_code":4,"worker_id":"w","study_id":0,"datetime_start":null,"state":5}""", "expected a number of TrialState")]
    [InlineData("""{"op_code":4,"worker_id":"w","study_id":0,"datetime_start":null,"params":{"x":1}}""", "expected the distribution of x as a string but got none")]
    [InlineData("""{"op_code":4,"worker_id":"w","study_id":0,"datetime_start":null,"intermediate_values":{"one":1}}""", "expected steps that are ints")]
    [InlineData("""{"op_code":5,"worker_id":"w","trial_id":0,"param_name":"x","param_value_internal":7,"distribution":{"type":"int","low":1,"high":9}}""", "expected a string as distribution")]
    [InlineData("""{"op_code":5,"worker_id":"w","trial_id":0,"param_name":"x","param_value_internal":2,"distribution":"{\"type\":\"categorical\",\"choices\":[1,2]}"}""", "expected the index of a choice as the value of x, 0 to 1, but got 2.0")]
    [InlineData("""{"op_code":6,"worker_id":"w","trial_id":0,"state":1,"datetime_complete":"2026-11-20T23:55:26.567540+00:00"}""", "expected the field values")]
    [InlineData("""{"op_code":6,"worker_id":"w","trial_id":0,"state":1,"values":[1]}""", "expected the field datetime_complete")]
    [InlineData("""{"op_code":7,"worker_id":"w","trial_id":0,"step":1,"intermediate_value":"NaN"}""", "expected a number as intermediate_value but got \"NaN\"")]
    public void What_Optuna_falls_over_is_refused(string line, string message) =>
        Assert.StartsWith(message, Assert.Throws<FormatException>(() => new JournalLineReader().Read(Encoding.UTF8.GetBytes(line))).Message);

    [Fact]
    public void What_is_written_is_ASCII_with_dates_in_UTC_and_six_decimals()
    {
        var moment = new DateTimeOffset(2026, 11, 21, 8, 55, 26, TimeSpan.FromHours(9)) + TimeSpan.FromMicroseconds(500_000);
        var trial = new CreateTrial("w", 3)
        {
            State = TrialState.Waiting,
            Params = [new("깊이", new(new IntDistribution(1, 9), 7))],
            SystemAttributes = [new(SystemAttribute.FixedParams, PyJson.DictOf(new KeyValuePair<string, PyJson>("lr", double.PositiveInfinity)))],
        };

        string text = Encoding.ASCII.GetString(JournalLineWriter.Write([trial, new SetTrialState("w", 0, TrialState.Complete, [1e-7, 2], moment), new SetIntermediateValue("w", 0, 3, double.NaN)]));

        Assert.Equal(
            """
            {"op_code":4,"worker_id":"w","study_id":3,"datetime_start":null,"state":4,"value":null,"values":null,"distributions":{"\uae4a\uc774":"{\"name\": \"IntDistribution\", \"attributes\": {\"log\": false, \"step\": 1, \"low\": 1, \"high\": 9}}"},"params":{"\uae4a\uc774":7.0},"user_attrs":{},"system_attrs":{"fixed_params":{"lr":Infinity}},"intermediate_values":{}}
            {"op_code":6,"worker_id":"w","trial_id":0,"state":1,"values":[1e-07,2.0],"datetime_complete":"2026-11-20T23:55:26.500000+00:00"}
            {"op_code":7,"worker_id":"w","trial_id":0,"step":3,"intermediate_value":NaN}

            """.ReplaceLineEndings("\n"),
            text);
    }

    // Records with lists in them don't compare by what is in the lists; their lines do.
    private static string Operation(Operation operation) => Encoding.ASCII.GetString(JournalLineWriter.Write([operation]));
}
