using System.Text;

namespace TorchRef.Notebooks.Execution;

/// <summary>Leads what is written to the console into the outputs of the running cell, until it is disposed.</summary>
internal sealed class ConsoleCapture : IDisposable
{
    private readonly TextWriter _out = Console.Out, _error = Console.Error;
    private readonly TextReader _in = Console.In;

    public ConsoleCapture()
    {
        Console.SetOut(new Stream("stdout"));
        Console.SetError(new Stream("stderr"));
        // A notebook that asks something would wait for ever where nobody sits.
        Console.SetIn(TextReader.Null);
    }

    /// <summary>Whether a cell is still running that can't be stopped: what it goes on writing is nobody's.</summary>
    public bool IsAbandoned { get; set; }

    public void Dispose()
    {
        Console.SetOut(IsAbandoned ? TextWriter.Null : _out);
        Console.SetError(IsAbandoned ? TextWriter.Null : _error);
        Console.SetIn(_in);
    }

    private sealed class Stream(string name) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override string NewLine => "\n";

        public override void Write(char value) => OutputCollector.Current.Write(name, value.ToString());

        public override void Write(char[] buffer, int index, int count) => OutputCollector.Current.Write(name, new string(buffer, index, count));

        public override void Write(string? value) => OutputCollector.Current.Write(name, value ?? "");

        public override void WriteLine(string? value) => OutputCollector.Current.Write(name, value + NewLine);
    }
}
