namespace TorchRef.Checks.Reporting;

/// <summary>A report before it is text, HTML or XML.</summary>
/// <param name="Title">What was checked, in a few words.</param>
/// <param name="Verdict">The verdict of the whole.</param>
/// <param name="Headline">One sentence with the verdict in words and, where something is wrong, the diagnosis.</param>
/// <param name="Facts">Settings and counts, in the order to show them.</param>
/// <param name="Sections">Paragraphs, tables and pictures, in the order to show them.</param>
/// <param name="Cases">What JUnit counts: each thing that was checked.</param>
/// <param name="Elapsed">The wall-clock time.</param>
internal sealed record ReportDocument(
    string Title,
    Verdict Verdict,
    string Headline,
    IReadOnlyList<(string name, string value)> Facts,
    IReadOnlyList<ReportSection> Sections,
    IReadOnlyList<ReportCase> Cases,
    TimeSpan Elapsed)
{
    /// <summary>The same without how long it took, which is another time in every run.</summary>
    public ReportDocument WithoutTime() =>
        this with { Facts = [.. Facts.Select(fact => (fact.name, fact.value.Replace($", {ReportNumber.Time(Elapsed)}", "", StringComparison.Ordinal)))] };
}

/// <summary>A part of a report.</summary>
internal abstract record ReportSection(string Heading);

/// <summary>Lines of text, each a paragraph of its own (an item, where there are several).</summary>
internal sealed record TextSection(string Heading, IReadOnlyList<string> Lines) : ReportSection(Heading);

/// <summary>A table; columns of numbers are set flush right.</summary>
internal sealed record TableSection(string Heading, IReadOnlyList<ReportColumn> Columns, IReadOnlyList<IReadOnlyList<string>> Rows) : ReportSection(Heading)
{
    /// <summary>A sentence below the table that says how to read it.</summary>
    public string? Note { get; init; }
}

/// <summary>A column of a table.</summary>
internal sealed record ReportColumn(string Name, bool IsNumber = false);

/// <summary>A matrix of errors as a picture: HTML draws it, text draws it coarsely and says where its worst cell is.</summary>
/// <param name="Heading">What it shows.</param>
/// <param name="RowName">What a row stands for.</param>
/// <param name="ColumnName">What a column stands for.</param>
/// <param name="Values">[rows, columns]: each entry's error in units of what is allowed for it, so that more than 1 is wrong; NaN where nothing was compared.</param>
internal sealed record HeatMapSection(string Heading, string RowName, string ColumnName, double[,] Values) : ReportSection(Heading)
{
    /// <summary>The name of a row, such as "output[3, 7]"; its number where there is none.</summary>
    public Func<int, string>? RowLabel { get; init; }

    /// <summary>The name of a column, such as "weight[7]"; its number where there is none.</summary>
    public Func<int, string>? ColumnLabel { get; init; }

    /// <summary>The name of a row.</summary>
    public string Row(int row) => RowLabel?.Invoke(row) ?? $"{RowName} {row}";

    /// <summary>The name of a column.</summary>
    public string Column(int column) => ColumnLabel?.Invoke(column) ?? $"{ColumnName} {column}";
}

/// <summary>A bar chart of counts, such as ULPs.</summary>
internal sealed record HistogramSection(string Heading, string Unit, IReadOnlyList<(string label, long count)> Bars) : ReportSection(Heading);

/// <summary>A thing that was checked, for JUnit.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Verdict">Fail becomes a failure, Inconclusive a skipped test, with the message.</param>
/// <param name="Message">One line.</param>
/// <param name="Details">Everything there is to say.</param>
internal sealed record ReportCase(string Name, Verdict Verdict, string Message, string Details);
