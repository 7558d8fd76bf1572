using System.Collections;
using System.Reflection;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Checks.Parity;

/// <summary>Lends a module parameters and buffers of another element type, and takes them back.</summary>
/// <remarks>
/// <c>module.to(type)</c> would dispose the module's own tensors and make new ones, which anybody who holds a parameter (an
/// optimiser, a field of another name) never learns of. Here the module's own are put aside and come back as they were.
/// </remarks>
internal sealed class TypeLoan : IDisposable
{
    private static readonly FieldInfo? s_parameters = typeof(nn.Module).GetField("_internal_params", BindingFlags.NonPublic | BindingFlags.Instance);
    private static readonly FieldInfo? s_buffers = typeof(nn.Module).GetField("_internal_buffers", BindingFlags.NonPublic | BindingFlags.Instance);

    private readonly List<Action> _undo = [];
    private readonly List<Tensor> _lent = [];

    private TypeLoan()
    {
    }

    /// <summary>Lends; null where the module keeps its tensors somewhere that can't be reached.</summary>
    public static TypeLoan? Of(nn.Module module, ScalarType type)
    {
        if (s_parameters is null || s_buffers is null) return null;
        var loan = new TypeLoan();
        var modules = module.modules().Prepend(module).Distinct<nn.Module>(ReferenceEqualityComparer.Instance).ToList();
        var registered = modules.Sum(one => Parameters(one).Count);
        if (registered < module.named_parameters().Count()) return null;
        var lent = new Dictionary<Tensor, Tensor>(ReferenceEqualityComparer.Instance);
        using var noGraph = no_grad();
        foreach (var one in modules) loan.Lend(one, type, lent);
        return loan;
    }

    public void Dispose()
    {
        for (var i = _undo.Count - 1; i >= 0; i--) _undo[i]();
        foreach (var tensor in _lent) tensor.Dispose();
    }

    private void Lend(nn.Module module, ScalarType type, Dictionary<Tensor, Tensor> lent)
    {
        var (parameters, buffers) = (Parameters(module), Buffers(module));
        foreach (var (name, own) in parameters.ToList<(string, Parameter)>())
        {
            if (!own.is_floating_point()) continue;
            var other = (Parameter)Lent(own, lent, () => new Parameter(own.detach().to_type(type, copy: true), own.requires_grad));
            parameters[name] = other;
            _undo.Add(() => parameters[name] = own);
        }
        foreach (var (name, (own, persistent)) in buffers.ToList<(string, (Tensor, bool))>())
        {
            // A whole number is lent too: a copy that counts up leaves the module's own count alone.
            var other = Lent(own, lent, () => own.detach().to_type(own.is_floating_point() ? type : own.dtype, copy: true));
            buffers[name] = (other, persistent);
            _undo.Add(() => buffers[name] = (own, persistent));
        }
        for (var owner = module.GetType(); owner is not null && owner != typeof(nn.Module); owner = owner.BaseType)
            foreach (var field in owner.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly))
                Replace(module, field, lent);
    }

    private void Replace(nn.Module module, FieldInfo field, Dictionary<Tensor, Tensor> lent)
    {
        switch (field.GetValue(module))
        {
            case Tensor own when lent.TryGetValue(own, out var other) && field.FieldType.IsInstanceOfType(other):
                field.SetValue(module, other);
                _undo.Add(() => field.SetValue(module, own));
                break;
            case IList { IsReadOnly: false } list:
                for (var i = 0; i < list.Count; i++)
                {
                    if (list[i] is not Tensor element || !lent.TryGetValue(element, out var replacement)) continue;
                    var place = i;
                    list[place] = replacement;
                    _undo.Add(() => list[place] = element);
                }
                break;
            case IDictionary { IsReadOnly: false } dictionary:
                foreach (var key in dictionary.Keys.Cast<object>().ToList())
                {
                    if (dictionary[key] is not Tensor element || !lent.TryGetValue(element, out var replacement)) continue;
                    dictionary[key] = replacement;
                    _undo.Add(() => dictionary[key] = element);
                }
                break;
        }
    }

    private Tensor Lent(Tensor own, Dictionary<Tensor, Tensor> lent, Func<Tensor> make)
    {
        if (lent.TryGetValue(own, out var known)) return known;
        var made = make();
        made.DetachFromDisposeScope();
        lent.Add(own, made);
        _lent.Add(made);
        return made;
    }

    private static TorchSharp.Utils.OrderedDict<string, Parameter> Parameters(nn.Module module) => (TorchSharp.Utils.OrderedDict<string, Parameter>)s_parameters!.GetValue(module)!;

    private static TorchSharp.Utils.OrderedDict<string, (Tensor, bool)> Buffers(nn.Module module) => (TorchSharp.Utils.OrderedDict<string, (Tensor, bool)>)s_buffers!.GetValue(module)!;
}
