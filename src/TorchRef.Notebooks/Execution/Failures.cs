using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Scripting;
using TorchRef.Notebooks.Documents;

namespace TorchRef.Notebooks.Execution;

/// <summary>Errors of a cell in terms of the notebook: cells and lines, never the machine's paths.</summary>
internal static class Failures
{
    private const string Prefix = "cell ";

    /// <summary>The name of a cell's program, by which its lines are found in stack traces.</summary>
    public static string FileName(NotebookCell cell) => Prefix + cell.Number.ToString(CultureInfo.InvariantCulture);

    public static CellFailure Of(NotebookCell cell, Exception exception) => exception switch
    {
        CellError error => new CellFailure(cell.Number, error.Line, "error", error.Message, []),
        CompilationErrorException { Diagnostics: [var first, ..] all } => new CellFailure(cell.Number, Line(first), first.Id, Text(first), [.. all.Select(Details)]),
        _ => Thrown(cell, exception),
    };

    /// <summary>The failure as an output of the cell.</summary>
    public static ErrorOutput Output(CellFailure failure) =>
        new(failure.Name, failure.Message, string.Join('\n', failure.Details.Prepend(failure.ToString())));

    private static CellFailure Thrown(NotebookCell cell, Exception exception)
    {
        var places = Places(exception).ToList();
        var own = FileName(cell);
        // The innermost line of this cell that was being run; what it called may be of another cell.
        int? line = places.Where(place => place.file == own).Select(place => (int?)place.line).FirstOrDefault();
        var details = places.Where(place => place != (own, line ?? 0)).Select(place => $"  in {place.file}, line {place.line}").Distinct();
        for (var inner = exception.InnerException; inner is not null; inner = inner.InnerException)
            details = details.Append($"  caused by {inner.GetType().Name}: {inner.Message}");
        return new CellFailure(cell.Number, line, exception.GetType().Name, exception.Message, [.. details]);
    }

    private static IEnumerable<(string file, int line)> Places(Exception exception)
    {
        foreach (var frame in new StackTrace(exception, fNeedFileInfo: true).GetFrames())
            if (Path.GetFileName(frame.GetFileName()) is { } file && file.StartsWith(Prefix, StringComparison.Ordinal))
                yield return (file, frame.GetFileLineNumber());
    }

    private static int Line(Diagnostic diagnostic) => diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1;

    private static string Text(Diagnostic diagnostic) => diagnostic.GetMessage(CultureInfo.InvariantCulture);

    private static string Details(Diagnostic diagnostic)
    {
        var start = diagnostic.Location.GetLineSpan().StartLinePosition;
        return $"  line {start.Line + 1}, column {start.Character + 1}: {diagnostic.Id}: {Text(diagnostic)}";
    }
}
