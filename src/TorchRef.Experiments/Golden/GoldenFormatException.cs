namespace TorchRef.Experiments.Golden;

/// <summary>A golden file doesn't keep to its format; the message says where, what was expected and what was found.</summary>
public sealed class GoldenFormatException : Exception
{
    /// <summary>An error at a place such as <c>cases/affine/steps/0/output</c>.</summary>
    public GoldenFormatException(string where, string problem, Exception? inner = null)
        : base(where.Length == 0 ? problem : $"{where}: {problem}", inner)
    {
        Where = where;
    }

    /// <summary>The place inside the file.</summary>
    public string Where { get; }
}
