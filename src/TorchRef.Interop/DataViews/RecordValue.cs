namespace TorchRef.Interop.DataViews;

/// <summary>Takes a value out of a record's bytes.</summary>
/// <param name="record">The bytes.</param>
/// <param name="value">What is written; its buffers may be used again.</param>
public delegate void RecordValue<TValue>(ReadOnlySpan<byte> record, ref TValue value);
