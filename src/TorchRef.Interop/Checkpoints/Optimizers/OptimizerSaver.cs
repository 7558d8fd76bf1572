using TorchRef.Interop.Checkpoints.Reading;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Interop.Checkpoints.Optimizers;

/// <summary>The state of one of TorchSharp's optimisers as torch.optim has it.</summary>
internal static class OptimizerSaver
{
    /// <summary>The tree of a pickle, with the optimiser's own tensors in it, and its counts in new ones.</summary>
    public static PickledDict Save(OptimizerHelper optimizer)
    {
        var own = optimizer.state_dict();
        var states = new PickledDict(isOrdered: false);
        for (var number = 0; number < own.State.Count; number++)
            if (State(own.State[number]) is { Count: > 0 } state) states.Items.Add((long)number, state);
        var groups = own.Options.Zip(own.StateIndexRef, Group).Cast<object?>().ToList();
        var root = new PickledDict(isOrdered: false);
        root.Items.Add("state", states);
        root.Items.Add("param_groups", groups);
        return root;
    }

    private static PickledDict Group(OptimizerOptions options, List<int> parameters)
    {
        var group = new PickledDict(isOrdered: false);
        foreach (var member in OptimizerMember.OfOptions(options))
        {
            var (name, place) = FieldNames.Of(member.Name);
            if (place is null)
            {
                group.Items.Add(name, member.Value);
                continue;
            }
            if (!group.Items.TryGetValue(name, out var pair)) group.Items.Add(name, pair = new object?[2]);
            ((object?[])pair!)[place.Value] = member.Value;
        }
        group.Items.Add("params", parameters.ConvertAll(number => (object?)(long)number));
        return group;
    }

    /// <summary>What there is of memory; the count of steps as the scalar that torch.optim keeps.</summary>
    private static PickledDict State(OptimizerState state)
    {
        var dict = new PickledDict(isOrdered: false);
        foreach (var member in OptimizerMember.OfState(state))
            switch (member.Value)
            {
                case Tensor { IsInvalid: false } tensor: dict.Items.Add(member.Name, tensor); break;
                case long steps: dict.Items.Add(member.Name, tensor((float)steps)); break; // []
                case double number: dict.Items.Add(member.Name, number); break;
            }
        return dict;
    }
}
