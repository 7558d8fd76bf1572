using System.Diagnostics;
using TorchRef.Notebooks.Display;
using TorchRef.Notebooks.Documents;

namespace TorchRef.Notebooks.Execution;

/// <summary>Runs notebooks in this process, one at a time: the console and the current folder are the process's.</summary>
public static class NotebookRunner
{
    private static readonly SemaphoreSlim s_one = new(1, 1);

    /// <summary>Runs the programs of a notebook in order, up to the first that fails.</summary>
    /// <param name="notebook">The notebook, which isn't changed; <see cref="NotebookRun.Store"/> puts the outputs into it.</param>
    /// <param name="options">How to run it.</param>
    /// <param name="stop">Ends the run at once. A cell that is running can't be stopped: it goes on, unheard, until the process ends.</param>
    /// <exception cref="NotebookFormatException">The notebook's programs aren't C#.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static async Task<NotebookRun> RunAsync(Notebook notebook, NotebookRunOptions? options = null, CancellationToken stop = default)
    {
        options ??= new NotebookRunOptions();
        if (notebook.Language is { } language && Languages.Find(language) != Languages.CSharp)
            throw new NotebookFormatException($"a notebook's programs must be in C#: expected the language C# but got {language}");
        await s_one.WaitAsync(stop);
        var before = Directory.GetCurrentDirectory();
        using var console = new ConsoleCapture();
        try
        {
            var folder = Path.GetFullPath(options.Folder ?? before);
            Directory.SetCurrentDirectory(folder);
            using var session = new ScriptSession(folder);
            using var thread = new CellThread();
            return await RunAsync(notebook, options, session, thread, console, stop);
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
            s_one.Release();
        }
    }

    private static async Task<NotebookRun> RunAsync(Notebook notebook, NotebookRunOptions options, ScriptSession session, CellThread thread, ConsoleCapture console, CancellationToken stop)
    {
        var runs = new List<CellRun>();
        var count = 0;
        foreach (var cell in notebook.Cells.Where(cell => cell.Kind == CellKind.Code))
        {
            stop.ThrowIfCancellationRequested();
            options.Starting?.Invoke(cell);
            var outputs = new OutputCollector();
            var clock = Stopwatch.StartNew();
            var number = cell.Source.Trim().Length == 0 ? (int?)null : ++count;
            CellFailure? failure = null;
            if (number is not null)
            {
                OutputCollector.Current = outputs;
                var work = thread.RunAsync(() => RunAsync(cell, number.Value, session, outputs));
                if (await Task.WhenAny(work, Task.Delay(options.CellTimeout ?? Timeout.InfiniteTimeSpan, stop)) == work) failure = await work;
                else
                {
                    console.IsAbandoned = true;
                    stop.ThrowIfCancellationRequested();
                    failure = new CellFailure(cell.Number, null, "timeout", $"a cell must end in time: expected at most {options.CellTimeout!.Value.TotalSeconds:0.###} s but it is still running", []);
                }
            }
            if (failure is not null) outputs.Add(Failures.Output(failure));
            var run = new CellRun(cell, number, outputs.Outputs, failure, clock.Elapsed);
            runs.Add(run);
            options.Ended?.Invoke(run);
            if (failure is not null && (!cell.MayThrow || console.IsAbandoned)) return new NotebookRun(runs, failure);
        }
        return new NotebookRun(runs, null);
    }

    /// <summary>Runs a cell; what goes wrong in it is its result.</summary>
    private static async Task<CellFailure?> RunAsync(NotebookCell cell, int count, ScriptSession session, OutputCollector outputs)
    {
        try
        {
            var code = CellCode.Parse(cell.Source, cell.Language);
            foreach (var assembly in code.Packages.SelectMany(BuiltPackages.Find)) session.Reference(assembly);
            foreach (var part in code.Parts)
            {
                if (part.Language == Languages.CSharp)
                {
                    var (hasValue, value) = await session.RunAsync(part.Text, Failures.FileName(cell));
                    if (hasValue) outputs.Add(new DataOutput(ValueFormatter.Format(value, []), count));
                }
                else
                {
                    outputs.Display(new MimeBundle(KeyValuePair.Create(part.Language == Languages.Html ? MimeTypes.Html : MimeTypes.Markdown, part.Text)));
                }
            }
            return null;
        }
        catch (Exception exception)
        {
            return Failures.Of(cell, exception);
        }
    }
}
