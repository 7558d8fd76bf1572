using TorchRef.Numerics;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Normalization;

/// <summary>Group normalisation: each sample by its own mean and variance over groups of channels; equal to torch.nn.GroupNorm.</summary>
/// <remarks>
/// <para>
/// y = γ·(x − μ)/√(σ² + ε) + β. The C channels are split, in their order, into G groups; μ and the biased σ² are over the
/// C/G channels of a group and all positions, γ and β are a channel's own. G = 1 normalises the whole sample, G = C is
/// instance normalisation.
/// </para>
/// <para>
/// Training and evaluation are the same. State, in this order: weight γ (C) = 1, bias β (C) = 0; absent without affine.
/// Float16 and bfloat16 input is computed in float32 and comes back in its own type; its parameters may be float32. With
/// ε = 0 a constant group gives NaN, as in PyTorch.
/// </para>
/// <para>Source: Wu and He, "Group Normalization", 2018; the conventions are PyTorch's.</para>
/// </remarks>
public sealed class GroupNorm : nn.Module<Tensor, Tensor>
{
    private readonly Parameter? weight;
    private readonly Parameter? bias;

    /// <summary>Makes the module.</summary>
    /// <param name="num_groups">Number of groups G.</param>
    /// <param name="num_channels">Number of channels C, divisible by G.</param>
    /// <param name="eps">ε, added to the variance inside the root.</param>
    /// <param name="affine">Whether to learn γ and β.</param>
    /// <param name="device">Where the parameters live; null is the default device.</param>
    /// <param name="dtype">Their element type; null is the default type.</param>
    /// <exception cref="ArgumentException">G isn't positive or doesn't divide C, or C is negative.</exception>
    public GroupNorm(long num_groups, long num_channels, double eps = 1e-5, bool affine = true, Device? device = null, ScalarType? dtype = null)
        : base(nameof(GroupNorm))
    {
        if (num_groups <= 0) throw new ArgumentException($"Expected num groups to be greater than 0, got {num_groups}");
        if (num_channels < 0) throw new ArgumentException($"num_channels must not be negative: expected at least 0 but got {num_channels}");
        if (num_channels % num_groups != 0) throw new ArgumentException("num_channels must be divisible by num_groups");
        (NumGroups, NumChannels, Eps, Affine) = (num_groups, num_channels, eps, affine);
        if (affine)
        {
            weight = new Parameter(ones(num_channels, dtype, device));  // [C]
            bias = new Parameter(zeros(num_channels, dtype, device));   // [C]
        }
        RegisterComponents();
    }

    /// <summary>Number of groups G.</summary>
    public long NumGroups { get; }

    /// <summary>Number of channels C.</summary>
    public long NumChannels { get; }

    /// <summary>ε, added to the variance inside the root.</summary>
    public double Eps { get; }

    /// <summary>Whether γ and β exist.</summary>
    public bool Affine { get; }

    /// <summary>γ (C); null without <see cref="Affine"/>.</summary>
    public Parameter? Weight => weight;

    /// <summary>β (C); null without <see cref="Affine"/>.</summary>
    public Parameter? Bias => bias;

    /// <summary>Normalises every group of every sample.</summary>
    /// <param name="input">(N, C) or (N, C, …). Without affine any number of channels that G divides is taken.</param>
    /// <returns>The same shape and element type.</returns>
    /// <exception cref="ArgumentException">
    /// The rank, the number of channels or the element type doesn't fit, or there is a single value in all; the texts are PyTorch's.
    /// </exception>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        RequireShape(input.shape);
        NormChecks.RequireTypes(input, "GroupNormKernelImpl", weight, bias);
        var shape = input.shape;
        // Splitting a dimension never copies, so whatever the memory layout is, the output keeps it.
        var grouped = Moments.ToComputationType(input).view([shape[0], NumGroups, shape[1] / NumGroups, .. shape[2..]]); // [N, G, C/G, …]
        var normalized = Moments.Normalize(grouped, Moments.DimensionsFrom(2, grouped.dim()), Eps).reshape(shape); // [N, C, …]
        return Moments.Scale(normalized, weight, bias, Moments.ChannelShape(shape[1], shape.Length)).to_type(input.dtype).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override string ToString() => $"GroupNorm({NumGroups}, {NumChannels}, eps={PythonText.Of(Eps)}, affine={PythonText.Of(Affine)})";

    private void RequireShape(long[] shape)
    {
        if (shape.Length < 2) throw new ArgumentException($"Expected at least 2 dimensions for input tensor but received {shape.Length}");
        long[] groups = [shape[0] * shape[1] / NumGroups, NumGroups, .. shape[2..]];
        if (groups.Aggregate(1L, (product, size) => product * size) == NumGroups)
            throw new ArgumentException($"Expected more than 1 value per channel when training, got input size {NormChecks.Sizes(groups)}");
        if (shape[1] % NumGroups != 0)
            throw new ArgumentException($"Expected number of channels in input to be divisible by num_groups, but got input of shape {NormChecks.Sizes(shape)} and num_groups={NumGroups}");
        if (Affine && shape[1] != NumChannels)
            throw new ArgumentException($"Expected weight to be a vector of size equal to the number of channels in input, but got weight of shape [{NumChannels}] and input of shape {NormChecks.Sizes(shape)}");
    }
}
