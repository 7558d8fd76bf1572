namespace TorchRef.Cli;

/// <summary>The command line asks for what can't be done; the message is all that the user needs.</summary>
internal sealed class UsageException(string message) : Exception(message);
