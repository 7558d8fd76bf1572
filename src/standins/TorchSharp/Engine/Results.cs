namespace TorchSharp.Engine;

/// <summary>Results of operators in the shapes that TorchSharp's members return them in.</summary>
internal static class Results
{
    public static (torch.Tensor, torch.Tensor) Two(torch.Tensor[] parts) => (parts[0], parts[1]);

    public static (torch.Tensor, torch.Tensor, torch.Tensor) Three(torch.Tensor[] parts) => (parts[0], parts[1], parts[2]);

    public static (torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor) Four(torch.Tensor[] parts) => (parts[0], parts[1], parts[2], parts[3]);

    /// <summary>Calls an operator that writes into <paramref name="target"/>, which is among its arguments, and returns that.</summary>
    public static torch.Tensor RunInto(torch.Tensor target, string name, params ReadOnlySpan<Arg> arguments)
    {
        Op.RunVoid(name, arguments);
        return target;
    }

    /// <summary>A factor given as a float: libtorch wants whole ones for tensors of whole numbers.</summary>
    public static Arg Factor(float value) => value == MathF.Truncate(value) && MathF.Abs(value) < 1L << 53 ? (long)value : value;
}
