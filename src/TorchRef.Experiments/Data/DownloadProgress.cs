namespace TorchRef.Experiments.Data;

/// <summary>How far a download has come.</summary>
/// <param name="File">The file in question.</param>
/// <param name="Received">Bytes that are there, those of an earlier try included.</param>
/// <param name="Total">Bytes of the whole file; null when the server doesn't say.</param>
public readonly record struct DownloadProgress(string File, long Received, long? Total);
