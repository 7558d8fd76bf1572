namespace TorchRef.Experiments.Search.Studies.PythonJson;

/// <summary>A text isn't what Python's <c>json.loads</c> takes.</summary>
internal sealed class PyJsonException(string message) : Exception(message);
