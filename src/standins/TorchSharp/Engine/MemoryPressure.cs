namespace TorchSharp.Engine;

/// <summary>
/// Tells the garbage collector, which can't see native memory, how much of it tensors hold. Every report may set off a
/// collection that takes longer than an operator, so that what comes and goes must not be reported: only growth by
/// large steps is, and shrinking to less than half.
/// </summary>
internal static class MemoryPressure
{
    private const long Step = 64L << 20;
    private static readonly Lock s_telling = new();
    private static long s_held, s_told;

    public static void Add(long bytes)
    {
        if (Interlocked.Add(ref s_held, bytes) >= Volatile.Read(ref s_told) + Step) Tell();
    }

    public static void Remove(long bytes)
    {
        if (Interlocked.Add(ref s_held, -bytes) < Volatile.Read(ref s_told) / 2 - Step) Tell();
    }

    private static void Tell()
    {
        long difference;
        lock (s_telling)
        {
            var held = Interlocked.Read(ref s_held);
            if (held < s_told + Step && held >= s_told / 2 - Step) return; // another thread was faster
            difference = held - s_told;
            Volatile.Write(ref s_told, held);
        }
        if (difference > 0) GC.AddMemoryPressure(difference);
        else GC.RemoveMemoryPressure(-difference);
    }
}
