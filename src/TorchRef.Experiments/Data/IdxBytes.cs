namespace TorchRef.Experiments.Data;

/// <summary>The whole content of an IDX file of unsigned bytes.</summary>
/// <param name="Header">The extents; their product is the length of <paramref name="Data"/>.</param>
/// <param name="Data">The elements in row-major order, 0 to 255.</param>
public sealed record IdxBytes(IdxHeader Header, byte[] Data);
