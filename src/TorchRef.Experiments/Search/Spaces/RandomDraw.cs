using TorchRef.Experiments.Search.Studies;
using TorchRef.Experiments.Training;

namespace TorchRef.Experiments.Search.Spaces;

/// <summary>Draws parameters. What a trial draws follows from the seed, its number and the parameter's name, so that processes that share a study never draw the same.</summary>
public static class RandomDraw
{
    /// <summary>The internal value of a parameter.</summary>
    /// <param name="distribution">What it is drawn from.</param>
    /// <param name="name">The parameter.</param>
    /// <param name="seed">The seed of the search.</param>
    /// <param name="number">The number of the trial.</param>
    public static double Draw(Distribution distribution, string name, long seed, int number)
    {
        var uniform = Seeds.Derive(seed, Hash(name), number) / (double)(1UL << 63);
        return distribution switch
        {
            FloatDistribution { Log: true } range => Math.Clamp(Math.Exp(Between(Math.Log(range.Low), Math.Log(range.High))), range.Low, range.High),
            FloatDistribution { Step: { } step } range => Math.Min(range.High, range.Low + step * Index((long)Math.Round((range.High - range.Low) / step) + 1)),
            FloatDistribution range => Between(range.Low, range.High),
            IntDistribution { Log: true } range => Math.Clamp(Math.Round(Math.Exp(Between(Math.Log(range.Low - 0.5), Math.Log(range.High + 0.5)))), range.Low, range.High),
            IntDistribution range => range.Low + range.Step * Index((range.High - range.Low) / range.Step + 1),
            CategoricalDistribution choices => Index(choices.Choices.Count),
            _ => throw new ArgumentException($"a parameter is drawn from a distribution that is known: expected a float, an integer or a categorical one but got {distribution}"),
        };

        double Between(double low, double high) => low + (high - low) * uniform;
        long Index(long count) => Math.Min((long)(uniform * count), count - 1);
    }

    /// <summary>FNV-1a: the same on every machine, unlike a string's own hash.</summary>
    private static long Hash(string name)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in name) hash = (hash ^ letter) * 1099511628211UL;
        return (long)hash;
    }
}
