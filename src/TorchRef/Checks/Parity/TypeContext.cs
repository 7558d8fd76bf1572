using static TorchSharp.torch;

namespace TorchRef.Checks.Parity;

/// <summary>A module in another element type than its own, for as long as this lives.</summary>
internal sealed class TypeContext : IDisposable
{
    private readonly ModuleKeeper _keeper;
    private TypeLoan? _loan;

    private TypeContext(ModuleKeeper keeper) => _keeper = keeper;

    /// <summary>Why it can't be had in that type, as a sentence; null where it can.</summary>
    public string? Obstacle { get; private set; }

    /// <summary>Puts a module into an element type; its own needs nothing.</summary>
    /// <param name="who">The module.</param>
    /// <param name="role">"candidate" or "reference", for the reader.</param>
    /// <param name="type">Float64 or float32.</param>
    /// <param name="keeper">Has the module's own values.</param>
    /// <param name="batch">Something to try it on.</param>
    public static TypeContext Enter(ParitySubject who, string role, ScalarType type, ModuleKeeper keeper, Tensor[] batch)
    {
        var context = new TypeContext(keeper);
        if (who.NativeType is not { } native || native == type) return context;
        var (name, own) = (type.ToString().ToLowerInvariant(), native.ToString().ToLowerInvariant());
        var asItIs = Try(who, batch, native);
        keeper.RestoreValues();
        context._loan = TypeLoan.Of(who.Module, type);
        if (context._loan is null)
        {
            context.Obstacle = $"the {role} can't be had in {name}: it keeps its parameters where they can't be replaced, so that only {own} was compared";
            return context;
        }
        // Whatever still reads the module's own tensors gives NaN now.
        keeper.Poison();
        var converted = Try(who, batch, type);
        if (asItIs.failure is null && converted.failure is not null) context.Obstacle = $"the {role} runs in {own} but not in {name} ({converted.failure}), so that only {own} was compared";
        else if (asItIs.finite && !converted.finite) context.Obstacle = $"the {role} can't be had in {name}: it keeps tensors besides those that it registered, so that only {own} was compared";
        if (context.Obstacle is not null) context.Dispose();
        return context;
    }

    public void Dispose()
    {
        if (_loan is null) return;
        _loan.Dispose();
        _loan = null;
        _keeper.RestoreValues();
    }

    private static (string? failure, bool finite) Try(ParitySubject who, Tensor[] batch, ScalarType type)
    {
        using var noGraph = no_grad();
        try
        {
            who.Module.eval();
            var output = who.Call([.. batch.Select(input => input.detach().to_type(input.is_floating_point() ? type : input.dtype, copy: true))]);
            return (null, output.isfinite().all().item<bool>());
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return (ParityBench.Describe(exception), false);
        }
    }
}
