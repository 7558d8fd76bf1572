namespace TorchRef.Experiments.Golden;

/// <summary>One case of a golden file: what is built, what it is fed, and what PyTorch made of it.</summary>
/// <param name="Name">Its name; one name may stand once for each dtype.</param>
/// <param name="Module">The class, such as BatchNorm1d or Adam.</param>
/// <param name="Dtype">Element type of the input, and of the parameters unless the configuration says param_dtype.</param>
/// <param name="Config">The constructor's arguments and the input's memory layout.</param>
/// <param name="Mode">train or eval: the mode of the first step.</param>
/// <param name="Initial">Parameters and buffers before the first step, in the state dict's order.</param>
/// <param name="Steps">What happens, one after the other, to the same module.</param>
/// <param name="Final">An optimiser's state after the last step, as <c>param0.exp_avg</c>; else empty.</param>
/// <param name="Printed">The module as PyTorch prints it; null where the file doesn't say.</param>
/// <param name="Error">First line of the error that the last step (or the constructor) raised; null for none.</param>
public sealed record GoldenCase(
    string Name, string Module, string Dtype, GoldenConfig Config, string Mode, GoldenTensors Initial,
    IReadOnlyList<GoldenStep> Steps, GoldenTensors Final, string? Printed, string? Error)
{
    /// <summary>Name and dtype, which together tell a case from the others of its file.</summary>
    public string Id => $"{Name} ({Dtype})";

    /// <summary>Element type of the parameters and buffers.</summary>
    public string ParameterDtype => Config.GetString("param_dtype", Dtype);

    /// <summary>The <see cref="Id"/>, so that a test's name shows it.</summary>
    public override string ToString() => Id;
}
