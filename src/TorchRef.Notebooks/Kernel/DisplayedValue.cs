using TorchRef.Notebooks.Display;
using TorchRef.Notebooks.Execution;

namespace TorchRef.Notebooks.Kernel;

/// <summary>A value that was displayed and can be replaced by a later one, such as the progress of something.</summary>
public sealed class DisplayedValue
{
    private readonly OutputCollector _outputs;
    private readonly int _index;

    internal DisplayedValue(OutputCollector outputs, int index) => (_outputs, _index) = (outputs, index);

    /// <summary>Shows another value in the same place.</summary>
    public void Update(object? updatedValue) => _outputs.Replace(_index, ValueFormatter.Format(updatedValue, []));
}
