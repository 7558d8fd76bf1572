namespace TorchRef.Benchmarks.Measuring;

/// <summary>How long a contender took for its work once, in seconds: in its best round and in its median one.</summary>
internal sealed record Timing(string Name, double Best, double Median);
