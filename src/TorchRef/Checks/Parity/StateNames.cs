using static TorchSharp.torch;

namespace TorchRef.Checks.Parity;

/// <summary>Which of the candidate's parameters and buffers is which of the reference's.</summary>
internal sealed class StateNames
{
    private readonly Dictionary<string, string> _toReference = new(StringComparer.Ordinal);

    public StateNames(nn.Module candidate, nn.Module reference, IReadOnlyDictionary<string, string>? given)
    {
        var (mine, theirs) = (Describe(candidate), Describe(reference));
        foreach (var (name, _) in mine)
        {
            var wanted = given?.GetValueOrDefault(name) ?? name;
            if (theirs.ContainsKey(wanted)) _toReference[name] = wanted;
        }
        Differences = [.. Compare(mine, theirs, given)];
        // What has another name is compared all the same: with the next one of its kind and shape that nobody has claimed.
        foreach (var (name, kind) in mine.Where(pair => !_toReference.ContainsKey(pair.Key)))
            if (theirs.FirstOrDefault(other => other.Value.SameKind(kind) && !_toReference.ContainsValue(other.Key)).Key is { } unclaimed) _toReference[name] = unclaimed;
    }

    /// <summary>How the state dicts differ, a sentence each.</summary>
    public IReadOnlyList<string> Differences { get; }

    /// <summary>The reference's name of what the candidate calls so; null where the reference has nothing like it.</summary>
    public string? ToReference(string name) => _toReference.GetValueOrDefault(name);

    private static IEnumerable<string> Compare(OrderedDictionary<string, Kind> mine, OrderedDictionary<string, Kind> theirs, IReadOnlyDictionary<string, string>? given)
    {
        var names = mine.Keys.Select(name => given?.GetValueOrDefault(name) ?? name).ToList();
        var missing = theirs.Keys.Except(names).ToList();
        var additional = names.Except(theirs.Keys).ToList();
        if (missing.Count > 0) yield return $"the candidate's state dict lacks {string.Join(", ", missing)}";
        if (additional.Count > 0) yield return $"the candidate's state dict has {string.Join(", ", additional)}, which the reference's hasn't";
        if (missing.Count == 0 && additional.Count == 0 && !names.SequenceEqual(theirs.Keys))
            yield return $"the state dicts are in another order: expected {string.Join(", ", theirs.Keys)} but got {string.Join(", ", names)}";
        foreach (var (name, kind) in mine.Select(pair => (given?.GetValueOrDefault(pair.Key) ?? pair.Key, pair.Value)))
        {
            if (!theirs.TryGetValue(name, out var other) || kind == other) continue;
            if (kind.IsParameter != other.IsParameter) yield return $"{name} of the state dict: expected a {(other.IsParameter ? "parameter" : "buffer")} but got a {(kind.IsParameter ? "parameter" : "buffer")}";
            if (kind.Shape != other.Shape) yield return $"{name} of the state dict: expected shape {other.Shape} but got {kind.Shape}";
            if (kind.Type != other.Type) yield return $"{name} of the state dict: expected {other.Type.ToString().ToLowerInvariant()} but got {kind.Type.ToString().ToLowerInvariant()}";
        }
    }

    private static OrderedDictionary<string, Kind> Describe(nn.Module module)
    {
        var parameters = module.named_parameters().Select(pair => pair.name).ToHashSet(StringComparer.Ordinal);
        var result = new OrderedDictionary<string, Kind>(StringComparer.Ordinal);
        foreach (var (name, tensor) in module.state_dict()) result.Add(name, new Kind(parameters.Contains(name), $"[{string.Join(", ", tensor.shape)}]", tensor.dtype));
        return result;
    }

    private sealed record Kind(bool IsParameter, string Shape, ScalarType Type)
    {
        public bool SameKind(Kind other) => IsParameter == other.IsParameter && Shape == other.Shape && (Type == ScalarType.Int64) == (other.Type == ScalarType.Int64);
    }
}
