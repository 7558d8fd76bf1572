namespace TorchRef.Cli.Commands;

/// <summary>What commands that read checkpoints have in common: a file that can't be used is one line.</summary>
internal static class CheckpointFiles
{
    public static T Use<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException or NotSupportedException)
        {
            throw new UsageException(e.Message.ReplaceLineEndings(" "));
        }
    }
}
