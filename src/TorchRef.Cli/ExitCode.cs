namespace TorchRef.Cli;

/// <summary>What the program's exit code says.</summary>
internal static class ExitCode
{
    public const int Agrees = 0;

    /// <summary>The work was done and the answer is no: something differs.</summary>
    public const int Differs = 1;

    /// <summary>The command line or the data it names can't be used.</summary>
    public const int BadUsage = 2;

    /// <summary>Something must be installed or built first.</summary>
    public const int NotReady = 3;

    public const int Unexpected = 4;

    /// <summary>Stopped by Ctrl-C, as shells count it.</summary>
    public const int Interrupted = 130;
}
