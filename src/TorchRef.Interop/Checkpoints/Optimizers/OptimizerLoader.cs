using System.Globalization;
using TorchRef.Interop.Checkpoints.Reading;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Interop.Checkpoints.Optimizers;

/// <summary>Loads the state of torch.optim's optimisers into TorchSharp's.</summary>
internal sealed class OptimizerLoader
{
    private readonly TensorLoader _tensors;
    private readonly List<Action> _changes = [];

    private OptimizerLoader(TensorLoader tensors) => _tensors = tensors;

    /// <summary>Takes over settings and memory. Nothing has changed when it throws.</summary>
    /// <exception cref="InvalidDataException">The file isn't the state of an optimiser, or not of this kind of optimiser.</exception>
    /// <exception cref="ArgumentException">It doesn't fit the optimiser's parameters.</exception>
    public static void Load(OptimizerHelper optimizer, PthFile file)
    {
        using var noGraph = no_grad();
        using var scope = NewDisposeScope();
        using var tensors = new TensorLoader(file);
        var loader = new OptimizerLoader(tensors);
        loader.Plan(optimizer, file.Root);
        foreach (var change in loader._changes) change();
    }

    private void Plan(OptimizerHelper optimizer, object? root)
    {
        if (root is not PickledDict dict || Item(dict, "state") is not PickledDict states || Item(dict, "param_groups") is not List<object?> groups)
            throw Refusal.Of("the state of an optimiser must be a dictionary", "one with state and param_groups", PickleCalls.Kind(root));
        var own = optimizer.state_dict();
        if (groups.Count != own.Options.Count) throw new ArgumentException($"loaded state dict has a different number of parameter groups: expected {own.Options.Count} but got {groups.Count}");
        var parameters = optimizer.parameters().ToList();
        for (var i = 0; i < groups.Count; i++)
        {
            if (groups[i] is not PickledDict group || Item(group, "params") is not List<object?> numbers) throw Refusal.Of("a parameter group must be a dictionary", "one with params", PickleCalls.Kind(groups[i]));
            var places = own.StateIndexRef[i];
            if (numbers.Count != places.Count) throw new ArgumentException($"loaded state dict contains a parameter group that doesn't match the size of optimizer's group: expected {places.Count} but got {numbers.Count}");
            PlanOptions(own.Options[i], group);
            for (var p = 0; p < places.Count; p++)
            {
                var saved = numbers[p] is long number && states.Count > 0 ? states.Items.GetValueOrDefault(number) : null;
                PlanState(own.State[places[p]], own.Options[i], saved as PickledDict, parameters[places[p]]);
            }
        }
    }

    private void PlanOptions(OptimizerOptions options, PickledDict group)
    {
        foreach (var member in OptimizerMember.OfOptions(options))
        {
            var (name, place) = FieldNames.Of(member.Name);
            // Versions of PyTorch differ in their settings; one that the file hasn't got stays as it is.
            var value = place is { } index ? Item(group, name) is object?[] { Length: 2 } pair ? pair[index] : Item(group, name) is List<object?> { Count: 2 } list ? list[index] : null : Item(group, name);
            if (value is not null) Change(member, Number(value, member, name));
        }
        var initial = Item(group, "initial_lr") ?? Item(group, "lr");
        if (initial is double rate) _changes.Add(() => options.InitialLearningRate = rate);
    }

    private void PlanState(OptimizerState state, OptimizerOptions options, PickledDict? saved, Tensor parameter)
    {
        if (saved is not { Count: > 0 })
        {
            _changes.Add(() => state.Initialize(options));
            return;
        }
        foreach (var member in OptimizerMember.OfState(state))
        {
            var value = Item(saved, member.Name);
            if (member.Type != typeof(Tensor)) Change(member, value is null ? throw Refusal.Of("the state of a parameter must have what the optimiser remembers", member.Name, $"one with {string.Join(", ", saved.Items.Keys.Take(6))}") : Number(value, member, member.Name));
            else Change(member, value is null ? null : Memory(value, member.Name, parameter));
        }
    }

    private void Change(OptimizerMember member, object? value) => _changes.Add(() =>
    {
        (member.Value as Tensor)?.Dispose();
        member.Value = (value as Tensor)?.DetachFromDisposeScope() ?? value;
    });

    /// <summary>The tensor with the parameter's type, on its device.</summary>
    private Tensor Memory(object value, string name, Tensor parameter)
    {
        if (value is not PickledTensor described) throw Refusal.Of($"{name} must be a tensor", "one", PickleCalls.Kind(value));
        if (!described.Shape.SequenceEqual(parameter.shape)) throw new ArgumentException($"{name} of the state must fit its parameter: expected shape [{string.Join(", ", parameter.shape)}] but got [{string.Join(", ", described.Shape)}]");
        return _tensors.Load(described).to_type(parameter.dtype).to(parameter.device).clone(); // the parameter's shape
    }

    /// <summary>A number, which PyTorch may keep in a tensor, as what the member is.</summary>
    private object Number(object value, OptimizerMember member, string name)
    {
        var number = value is PickledTensor { Shape.Length: 0 } scalar ? (object)_tensors.Load(scalar).to_type(ScalarType.Float64).item<double>() : value;
        if (member.Type == typeof(bool) ? number is not bool : number is not (double or long)) throw Refusal.Of($"{name} of an optimiser must be of its kind", member.Type == typeof(bool) ? "True or False" : "a number", PickleCalls.Kind(value));
        return Convert.ChangeType(number, member.Type, CultureInfo.InvariantCulture);
    }

    private static object? Item(PickledDict dict, string name) => dict.Count == 0 ? null : dict.Items.GetValueOrDefault(name);
}
