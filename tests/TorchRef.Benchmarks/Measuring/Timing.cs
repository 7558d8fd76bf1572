namespace TorchRef.Benchmarks.Measuring;

/// <summary>How long a contender took for its work once, in seconds: in the best of its rounds and in the median one.</summary>
internal sealed record Timing(string Name, double Best, double Median, int Rounds);
