namespace TorchRef.Experiments.Data;

/// <summary>
/// SplitMix64 (Steele, Lea and Flood, 2014): the n-th number is a fixed mixing of the key plus n times an odd constant.
/// </summary>
/// <remarks>
/// It stands here, and not <see cref="Random"/>, because images must be the same on every version of .NET and every
/// processor, and because a generator without a long set-up lets every image have its own. For the same reason only
/// operations that IEEE 754 rounds exactly are used (no sine, logarithm or exponential).
/// </remarks>
internal struct DigitRandom
{
    private const ulong Increment = 0x9E3779B97F4A7C15;
    private const float ToUnit = 1f / (1 << 24);
    private const float Sqrt3 = 1.7320508f;
    private ulong _state;

    /// <summary>A sequence of its own for every combination of seed, stream and index.</summary>
    public DigitRandom(ulong seed, ulong stream, ulong index)
    {
        _state = Mix(Mix(Mix(seed + Increment) + stream + Increment) + index + Increment);
    }

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        _state += Increment;
        return Mix(_state);
    }

    /// <summary>An integer from 0 to <paramref name="bound"/> - 1; the bias of the multiplication is below 2^-32 times the bound.</summary>
    public int NextIndex(int bound) => (int)(((NextBits() >> 32) * (ulong)bound) >> 32);

    /// <summary>Uniform in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public float NextUniform(float low, float high) => low + (high - low) * ((NextBits() >> 40) * ToUnit);

    /// <summary>
    /// Nearly normal, with mean 0 and standard deviation 1: four uniform numbers added up, so never beyond ±3.47. The
    /// bounded tails are welcome: no image is spoilt by a freak draw.
    /// </summary>
    public float NextNormal()
    {
        ulong bits = NextBits();
        uint sum = (uint)(bits & 0xFFFF) + (uint)((bits >> 16) & 0xFFFF) + (uint)((bits >> 32) & 0xFFFF) + (uint)(bits >> 48);
        return (sum * (1f / 65536) - 2f) * Sqrt3;
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
