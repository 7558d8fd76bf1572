namespace TorchRef.Experiments.Data;

/// <summary>A point that the pen passes; y points down.</summary>
internal readonly record struct PenPoint(float X, float Y);

/// <summary>The strokes of a digit, in units of its height, before a hand has made them its own.</summary>
internal sealed record PenPath(PenPoint[][] Strokes);

/// <summary>A straight piece of ink from one end to the other, in pixels, with half its thickness at both ends.</summary>
internal readonly record struct InkSegment(PenPoint From, PenPoint To, float FromRadius, float ToRadius);
