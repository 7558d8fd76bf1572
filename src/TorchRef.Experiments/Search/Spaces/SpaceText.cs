using System.Globalization;
using TorchRef.Experiments.Search.Studies;
using TorchRef.Experiments.Search.Studies.PythonJson;

namespace TorchRef.Experiments.Search.Spaces;

/// <summary>Reads what a parameter is drawn from.</summary>
/// <remarks>
/// <c>a:b</c> uniform, <c>a:b:log</c> uniform in the logarithm, <c>a:b:int</c> integers, <c>a:b:int:log</c>, <c>a:b:int:step=s</c> and
/// <c>a:b:step=s</c> with a step, <c>x,y,z</c> one of these, <c>x</c> always this. Parameters that count something are integers
/// without saying so.
/// </remarks>
public static class SpaceText
{
    /// <summary>Reads one.</summary>
    /// <param name="name">The parameter, as the study calls it.</param>
    /// <param name="text">The text.</param>
    /// <param name="counts">Whether it counts something: integers of at least 1. Otherwise it is at least 0.</param>
    /// <exception cref="SearchException">It isn't such a text.</exception>
    public static SearchParameter Parse(string name, string text, bool counts)
    {
        try
        {
            if (text.Contains(',', StringComparison.Ordinal)) return new(name, Choices(name, text, counts));
            return text.Contains(':', StringComparison.Ordinal) ? new(name, Range(name, text, counts)) : new(name, null, Number(name, text, counts));
        }
        catch (ArgumentException exception)
        {
            throw new SearchException($"{name}: {exception.Message}");
        }
    }

    private static CategoricalDistribution Choices(string name, string text, bool counts)
    {
        double[] numbers = [.. text.Split(',').Select(choice => Number(name, choice, counts))];
        if (numbers.Distinct().Count() < numbers.Length) throw new SearchException($"choices of {name} must differ: expected each once but got '{text}'");
        return new([.. numbers.Select(number => counts ? PyJson.Of((long)number) : PyJson.Of(number))]);
    }

    private static Distribution Range(string name, string text, bool counts)
    {
        var parts = text.Split(':');
        double low = Number(name, parts[0], counts), high = Number(name, parts[1], counts);
        bool log = false, whole = counts;
        double? step = null;
        foreach (var word in parts[2..])
        {
            if (word == "log") log = true;
            else if (word == "int") whole = true;
            else if (word.StartsWith("step=", StringComparison.Ordinal)) step = Number(name, word[5..], counts: false);
            else throw Refuse(name, text);
        }
        if (!whole) return new FloatDistribution(low, high, log, step);
        if (!long.TryParse(parts[0], CultureInfo.InvariantCulture, out var first) || !long.TryParse(parts[1], CultureInfo.InvariantCulture, out var last)) throw Refuse(name, text);
        if (step is { } distance && distance != Math.Floor(distance)) throw Refuse(name, text);
        return new IntDistribution(first, last, log, (long)(step ?? 1));
    }

    private static double Number(string name, string text, bool counts)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number)) throw Refuse(name, text);
        if (counts && (number < 1 || number != Math.Floor(number) || number > int.MaxValue)) throw new SearchException($"{name} counts something: expected integers of at least 1 but got '{text}'");
        if (number < 0) throw new SearchException($"{name} must not be negative: expected at least 0 but got '{text}'");
        return number;
    }

    private static SearchException Refuse(string name, string text) =>
        new($"{name} must say where it is searched: expected LOW:HIGH, LOW:HIGH:log, LOW:HIGH:int, LOW:HIGH:step=S, A,B,C or one value but got '{text}'");
}
