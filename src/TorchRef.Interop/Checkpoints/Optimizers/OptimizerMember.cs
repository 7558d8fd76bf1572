using System.Reflection;
using TorchSharp.Modules;

namespace TorchRef.Interop.Checkpoints.Optimizers;

/// <summary>A setting or a part of the memory of one of TorchSharp's optimisers, which keeps them in public fields of PyTorch's names.</summary>
internal sealed class OptimizerMember(object owner, MemberInfo member)
{
    public string Name => member.Name;

    public Type Type => Nullable.GetUnderlyingType(Declared) ?? Declared;

    public object? Value
    {
        get => member is FieldInfo plain ? plain.GetValue(owner) : ((PropertyInfo)member).GetValue(owner);
        set
        {
            if (member is FieldInfo plain) plain.SetValue(owner, value);
            else ((PropertyInfo)member).SetValue(owner, value);
        }
    }

    private Type Declared => member is FieldInfo plain ? plain.FieldType : ((PropertyInfo)member).PropertyType;

    /// <summary>The settings of a group, the learning rate first.</summary>
    public static IEnumerable<OptimizerMember> OfOptions(OptimizerOptions options) =>
        Fields(options).Prepend(new OptimizerMember(options, typeof(OptimizerOptions).GetProperty(nameof(OptimizerOptions.LearningRate))!));

    /// <summary>What is remembered of a parameter.</summary>
    public static IEnumerable<OptimizerMember> OfState(OptimizerState state) => Fields(state);

    private static IEnumerable<OptimizerMember> Fields(object owner) =>
        owner.GetType().GetFields(BindingFlags.Public | BindingFlags.Instance).Select(field => new OptimizerMember(owner, field));
}
