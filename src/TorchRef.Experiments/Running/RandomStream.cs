using static TorchSharp.torch;

namespace TorchRef.Experiments.Running;

/// <summary>Random numbers of an experiment: a generator of its own for each seed and purpose, never the global one.</summary>
/// <remarks>
/// With one stream for all purposes, what is drawn for the weights would depend on how many images were drawn before. The numbers
/// are drawn on the CPU, and are the same wherever they are used then.
/// </remarks>
public static class RandomStream
{
    /// <summary>A generator that depends on both and on nothing else; the caller disposes of it.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="purpose">What is drawn, such as <c>weights</c>.</param>
    public static Generator Create(ulong seed, string purpose)
    {
        // FNV-1a over the purpose, then SplitMix64's mixing: neighbouring seeds must not give related streams.
        ulong mixed = 14695981039346656037;
        foreach (char letter in purpose) mixed = (mixed ^ letter) * 1099511628211;
        mixed = Mix(Mix(seed + 0x9E3779B97F4A7C15) + mixed);
        // libtorch's generator takes 32 bits of its seed, and 0 stands for its default.
        ulong taken = mixed >> 32;
        return new Generator(taken == 0 ? 1 : taken, CPU);
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
