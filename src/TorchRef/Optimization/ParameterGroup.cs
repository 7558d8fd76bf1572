using TorchSharp.Modules;

namespace TorchRef.Optimization;

/// <summary>Parameters that an optimiser moves with the same settings.</summary>
public sealed class ParameterGroup
{
    private readonly Type _kind;
    private GroupOptions _options;

    internal ParameterGroup(IReadOnlyList<Parameter> parameters, GroupOptions options, Type kind)
    {
        options.Check();
        (Parameters, _options, _kind) = (parameters, options, kind);
    }

    /// <summary>The parameters, in the order in which the state dict counts them.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The settings; a change holds from the next step on.</summary>
    /// <exception cref="ArgumentException">They are another optimiser's, or invalid.</exception>
    public GroupOptions Options
    {
        get => _options;
        set
        {
            if (!_kind.IsInstanceOfType(value)) throw new ArgumentException($"the options of a parameter group must be its optimiser's: expected {_kind.Name} but got {value.GetType().Name}");
            value.Check();
            _options = value;
        }
    }
}
