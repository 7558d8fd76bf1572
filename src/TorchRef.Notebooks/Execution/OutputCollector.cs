using TorchRef.Notebooks.Documents;
using TorchRef.Notebooks.Kernel;

namespace TorchRef.Notebooks.Execution;

/// <summary>What the running cell brings forth, in order; cells write from any thread.</summary>
internal sealed class OutputCollector
{
    /// <summary>Characters of console output that a cell may leave; a loop without an end would fill the memory.</summary>
    private const int MostText = 1_000_000;

    private static OutputCollector? s_current;
    private readonly Lock _lock = new();
    private readonly List<CellOutput> _outputs = [];
    private int _written;

    /// <summary>That of the cell that is running.</summary>
    /// <exception cref="InvalidOperationException">No notebook is running.</exception>
    public static OutputCollector Current
    {
        get => Volatile.Read(ref s_current) ?? throw new InvalidOperationException("values are displayed by the cells of a running notebook: expected one but none is running");
        set => Volatile.Write(ref s_current, value);
    }

    public IReadOnlyList<CellOutput> Outputs
    {
        get
        {
            lock (_lock) return [.. _outputs];
        }
    }

    /// <summary>Appends to the console output, which is one piece as long as nothing is displayed in between.</summary>
    public void Write(string stream, string text)
    {
        lock (_lock)
        {
            if (_written > MostText || text.Length == 0) return;
            _written += text.Length;
            if (_written > MostText) text = $"{text}\n… (more than {MostText} characters: the rest is left out)\n";
            if (_outputs.Count > 0 && _outputs[^1] is StreamOutput last && last.Name == stream) _outputs[^1] = last with { Text = last.Text + text };
            else _outputs.Add(new StreamOutput(stream, text));
        }
    }

    public DisplayedValue Display(MimeBundle data)
    {
        lock (_lock)
        {
            _outputs.Add(new DataOutput(data, null));
            return new DisplayedValue(this, _outputs.Count - 1);
        }
    }

    public void Replace(int index, MimeBundle data)
    {
        lock (_lock) _outputs[index] = new DataOutput(data, null);
    }

    public void Add(CellOutput output)
    {
        lock (_lock) _outputs.Add(output);
    }
}
