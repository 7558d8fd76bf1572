namespace TorchRef.Experiments.Data;

/// <summary>
/// A data file or folder is missing, damaged, or not what was asked for.
/// </summary>
/// <remarks>
/// <see cref="Exception.Message"/> is always one line: the rule that was broken, what was expected and what was found,
/// and the path. It is meant to be shown to the user as it is, without a stack trace.
/// It derives from <see cref="IOException"/> so that code which already handles trouble with files handles this too.
/// </remarks>
public sealed class DataFormatException : IOException
{
    /// <summary>Describes one broken rule about the file or folder at <paramref name="path"/>.</summary>
    /// <param name="path">The file or folder, as the caller named it; it is appended to the message.</param>
    /// <param name="problem">The rule and "Expected X but got Y", in one line.</param>
    /// <param name="innerException">What the system reported, where there was something; null by default.</param>
    public DataFormatException(string path, string problem, Exception? innerException = null)
        : base($"{problem} ({path})", innerException)
    {
        Path = path;
    }

    /// <summary>The file or folder that the message is about, as the caller named it.</summary>
    public string Path { get; }
}
