namespace TorchRef.Cli.Checking;

/// <summary>What an aborted process said about it on its error stream.</summary>
internal static class LastWords
{
    private const int MostLines = 12;

    /// <summary>What the runtime, the C++ library and TorchSharp begin with when they end a process.</summary>
    private static readonly string[] s_openings = ["Unhandled exception", "Process terminated", "Fatal error", "terminate called"];

    /// <summary>From where the end is announced, without the frames of this program; else the last lines.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> lines)
    {
        var from = Enumerable.Range(0, lines.Count).LastOrDefault(i => s_openings.Any(opening => lines[i].StartsWith(opening, StringComparison.Ordinal)), -1);
        var told = lines.Skip(Math.Max(0, from)).Where(line => line.Trim().Length > 0 && !ThrownException.IsOwnFrame(line)).Select(line => line.TrimEnd()).ToList();
        return [.. from < 0 ? told.TakeLast(MostLines) : told.Take(MostLines)];
    }
}
