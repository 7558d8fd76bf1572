namespace TorchRef.Experiments.Search.Studies;

/// <summary>A storage can't be used, or not for this; the message, one line, is all that the user needs.</summary>
public sealed class StudyStorageException(string message, Exception? cause = null) : Exception(message, cause);
