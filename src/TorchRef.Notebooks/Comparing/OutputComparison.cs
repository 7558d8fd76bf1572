using TorchRef.Notebooks.Documents;
using TorchRef.Notebooks.Execution;

namespace TorchRef.Notebooks.Comparing;

/// <summary>Compares what a notebook's cells bring forth with what its file says they do.</summary>
/// <remarks>
/// Kinds, order and forms must be the same, and every text equal up to the rounding of numbers, by the rules of
/// <see cref="SameText"/>. Two tags of a cell ask for less: <c>numbers-vary</c> compares words alone (what training comes to
/// depends on how the machine rounds), <c>nbval-ignore-output</c>, which other tools know too, compares nothing (what a
/// cell says of the machine itself).
/// </remarks>
public static class OutputComparison
{
    private const string NumbersVary = "numbers-vary";
    private const string IgnoreOutput = "nbval-ignore-output";

    /// <summary>What differs, in order; empty if the file tells the truth.</summary>
    /// <param name="run">A complete run of the notebook, not yet stored in it.</param>
    public static IReadOnlyList<OutputDifference> Compare(NotebookRun run) => [.. run.Cells.SelectMany(Compare)];

    private static IEnumerable<OutputDifference> Compare(CellRun run)
    {
        var cell = run.Cell;
        if (cell.Tags.Contains(IgnoreOutput)) yield break;
        string saved = Kinds(cell.Outputs), fresh = Kinds(run.Outputs);
        if (saved != fresh)
        {
            yield return new OutputDifference(cell.Number, "kinds of outputs", saved, fresh);
            yield break;
        }
        var wordsOnly = cell.Tags.Contains(NumbersVary);
        for (var i = 0; i < cell.Outputs.Count; i++)
            foreach (var ((what, expected), (_, got)) in Texts(cell.Outputs[i]).Zip(Texts(run.Outputs[i])))
                if ((wordsOnly ? SameText.FirstOtherWord(expected, got) : SameText.FirstDifference(expected, got)) is var (here, there))
                    yield return new OutputDifference(cell.Number, $"output {i + 1}, {what}", here, there);
    }

    private static string Kinds(IReadOnlyList<CellOutput> outputs) => outputs.Count == 0 ? "none" : string.Join("; ", outputs.Select(output => output switch
    {
        StreamOutput stream => stream.Name,
        DataOutput data => $"{data.Kind} as {string.Join(", ", data.Data.Forms.Keys)}",
        _ => output.Kind,
    }));

    private static IEnumerable<(string what, string text)> Texts(CellOutput output) => output switch
    {
        StreamOutput stream => [(stream.Name, stream.Text)],
        DataOutput data => data.Data.Forms.Select(form => (form.Key, form.Value)),
        ErrorOutput error => [("error", $"{error.Name}: {error.Value}")],
        _ => throw new ArgumentException($"an output must be of a kind that can be compared: expected a stream, a value or an error but got {output.GetType().Name}"),
    };
}
