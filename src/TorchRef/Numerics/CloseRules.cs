namespace TorchRef.Numerics;

/// <summary>How strictly <see cref="Close"/> compares.</summary>
internal sealed record CloseRules(double? Rtol, double? Atol, bool EqualNan, bool CheckDevice, bool CheckDtype, bool CheckLayout, bool CheckStride);
