namespace TorchRef.Experiments.Search;

/// <summary>A search that can't be done as asked for; the message, one line, is all that the user needs.</summary>
public sealed class SearchException(string message) : Exception(message);
