using TorchRef.Numerics;
using static TorchSharp.torch;

namespace TorchRef.Normalization;

/// <summary>
/// Batch normalisation that has finished learning: parameters and statistics are constants, and what is left is one
/// multiplication and one addition per element. For fine-tuning, where batches are too small to trust.
/// </summary>
/// <remarks>
/// <para>y = x·scale + shift, scale = γ/√(running_var + ε), shift = β − running_mean·scale; the same in training and in evaluation.</para>
/// <para>
/// State, all of it buffers, in this order: weight γ (C) = 1, bias β (C) = 0, running_mean (C) = 0, running_var (C) = 1.
/// These are the names of torchvision's FrozenBatchNorm2d. Nothing of it has a gradient; ∂L/∂x = ∂L/∂y·scale. Input in
/// float16 or bfloat16 is computed in float32 and comes back in its own type.
/// </para>
/// </remarks>
public sealed class FrozenBatchNorm : nn.Module<Tensor, Tensor>
{
    // Named as in the state dict: registration takes the names of the fields.
    private readonly Tensor weight;
    private readonly Tensor bias;
    private readonly Tensor running_mean;
    private readonly Tensor running_var;

    /// <summary>Makes the buffers.</summary>
    /// <param name="num_features">Number of channels C.</param>
    /// <param name="eps">ε, added to the variance inside the root.</param>
    /// <param name="device">Where the buffers live; null is the default device.</param>
    /// <param name="dtype">Their element type; null is the default type.</param>
    /// <exception cref="ArgumentException"><paramref name="num_features"/> is negative.</exception>
    public FrozenBatchNorm(long num_features, double eps = 1e-5, Device? device = null, ScalarType? dtype = null)
        : base(nameof(FrozenBatchNorm))
    {
        if (num_features < 0) throw new ArgumentException($"num_features must not be negative: expected at least 0 but got {num_features}");
        (NumFeatures, Eps) = (num_features, eps);
        weight = ones(num_features, dtype, device);                     // [C]
        bias = zeros(num_features, dtype, device);                      // [C]
        running_mean = zeros(num_features, dtype, device);              // [C]
        running_var = ones(num_features, dtype, device);                // [C]
        RegisterComponents();
    }

    /// <summary>Number of channels C.</summary>
    public long NumFeatures { get; }

    /// <summary>ε, added to the variance inside the root.</summary>
    public double Eps { get; }

    /// <summary>Freezes a module as it is now: the result equals it in evaluation.</summary>
    /// <param name="module">A module with running statistics, in either mode.</param>
    /// <exception cref="ArgumentException">The module keeps no running statistics.</exception>
    public static FrozenBatchNorm From(BatchNorm module) => From(BatchNormState.Of(module));

    /// <summary>Freezes a module of torch.nn as it is now: the result equals it in evaluation.</summary>
    /// <param name="module">A module with running statistics, in either mode.</param>
    /// <exception cref="ArgumentException">The module keeps no running statistics.</exception>
    public static FrozenBatchNorm From(TorchSharp.Modules.BatchNorm module) => From(BatchNormState.Of(module));

    /// <summary>Scales and shifts each channel.</summary>
    /// <param name="input">(N, C) or (N, C, …).</param>
    /// <returns>The same shape and element type.</returns>
    /// <exception cref="ArgumentException">The rank, the number of channels or the element type doesn't fit.</exception>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        if (input.dim() < 2) throw new ArgumentException($"expected at least 2D input (got {input.dim()}D input)");
        BatchNormChecks.RequireFit(input, weight, bias, running_mean, running_var);
        var (scale, shift) = new BatchNormState(running_mean, running_var, weight, bias, Eps).ToAffine(); // [C], [C]
        return ChannelAffine.Apply(input.to_type(weight.dtype), scale, shift).to_type(input.dtype).MoveToOuterDisposeScope(); // [N, C, …]
    }

    /// <summary>Loads the state, also that of a batch normalisation: its num_batches_tracked is left out, as torchvision does.</summary>
    /// <param name="source">Name → tensor.</param>
    /// <param name="strict">Whether missing and unexpected names are errors.</param>
    /// <param name="skip">Names to leave out.</param>
    /// <returns>The names that were missing and those that were unexpected.</returns>
    public override (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null) =>
        base.load_state_dict(source.Where(pair => pair.Key != "num_batches_tracked").ToDictionary(), strict, skip);

    /// <inheritdoc/>
    public override string ToString() => $"{GetName()}({NumFeatures}, eps={PythonText.Of(Eps)})";

    private static FrozenBatchNorm From(BatchNormState state)
    {
        var frozen = new FrozenBatchNorm(state.Channels, state.Eps, state.Mean.device, state.Mean.dtype);
        using var noGraph = no_grad();
        frozen.running_mean.copy_(state.Mean);
        frozen.running_var.copy_(state.Variance);
        if (state.Weight is not null) frozen.weight.copy_(state.Weight);
        if (state.Bias is not null) frozen.bias.copy_(state.Bias);
        return frozen;
    }
}
