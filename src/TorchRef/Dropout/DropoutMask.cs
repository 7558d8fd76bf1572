using static TorchSharp.torch;

namespace TorchRef.Dropout;

/// <summary>Masks as torch.nn draws them, in the same order and type: the same seed gives the same mask, bit for bit.</summary>
internal static class DropoutMask
{
    /// <summary>
    /// Whether masks are filled in the order in which the input lies in memory: libtorch does so since 2.5; before, it went
    /// in the order of the dimensions. Looked at rather than read off a version, for a package may run on another libtorch
    /// than its own.
    /// </summary>
    private static readonly Lazy<bool> s_followsMemory = new(FollowsMemory);

    /// <summary>One draw for each element.</summary>
    public static Tensor OfElements(Tensor input, double p)
    {
        var mask = input.is_contiguous() || s_followsMemory.Value ? empty_like(input) : empty(input.shape, input.dtype, input.device); // the input's shape
        return mask.bernoulli_(1 - p);
    }

    /// <summary>One draw for each channel.</summary>
    /// <param name="input">(N, C, …), or (C, …) if not batched.</param>
    /// <param name="p">Probability of 0.</param>
    /// <param name="batched">Whether the first dimension counts the examples.</param>
    /// <returns>(N, C, 1, …), or (C, 1, …).</returns>
    public static Tensor OfChannels(Tensor input, double p, bool batched)
    {
        if (batched && input.dim() < 2) throw new ArgumentException("Feature dropout requires at least 2 dimensions in the input");
        var shape = input.shape.Select((size, i) => i < (batched ? 2 : 1) ? size : 1).ToArray();
        return empty(shape, input.dtype, input.device).bernoulli_(1 - p); // [N, C, 1, …]
    }

    /// <summary>A copy of a mask that was given, in the input's type.</summary>
    public static Tensor Copy(Tensor input, Tensor mask) => mask.to_type(input.dtype, copy: true); // the mask's shape

    /// <summary>Drops from a transposed tensor, and compares with a mask in the order of its dimensions. The random stream is put back.</summary>
    private static bool FollowsMemory()
    {
        using var scope = NewDisposeScope();
        using var noGraph = no_grad();
        var transposed = ones([32, 8], float64, CPU).t();               // [8, 32]
        var stream = random.get_rng_state();
        var dropped = nn.functional.dropout(transposed);                // [8, 32]
        random.set_rng_state(stream);
        var inOrder = empty([8, 32], float64, CPU).bernoulli_(0.5);     // [8, 32]
        random.set_rng_state(stream);
        return !dropped.ne(0).eq(inOrder.ne(0)).all().item<bool>();
    }
}
