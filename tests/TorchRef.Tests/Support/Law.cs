using Xunit.Sdk;
using static TorchSharp.torch;

namespace TorchRef.Tests.Support;

/// <summary>A property that holds for every input, tried on many drawn ones.</summary>
/// <remarks>The seeds are the same in every run; <c>TORCHREF_SEED=N</c> tries the seed N alone, to replay a failure.</remarks>
internal static class Law
{
    private const string SeedVariable = "TORCHREF_SEED";

    /// <summary>Tries a law on samples of consecutive seeds; a failure says which seed it was and what had been drawn.</summary>
    public static void Holds(Action<Sampler> law, int samples = 40)
    {
        var replayed = int.TryParse(Environment.GetEnvironmentVariable(SeedVariable), out var seed);
        foreach (var one in replayed ? [seed] : Enumerable.Range(1, samples))
        {
            using var sampler = new Sampler(one);
            using var scope = NewDisposeScope();
            try
            {
                law(sampler);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                throw new XunitException($"the law fails for seed {one} ({SeedVariable}={one} replays it), with {sampler}:\n{exception.Message}", exception);
            }
        }
    }
}
