namespace TorchRef.Experiments.Search.Studies.Journal;

/// <summary>What stands behind the last end of a line: nothing, unless a writer died, or is at it this moment.</summary>
internal static class JournalTail
{
    private static ReadOnlySpan<byte> Beginning => "{\"op_code\":"u8;

    /// <summary>Whether it may be the beginning of a line of a journal. Of something else nothing may be cut off.</summary>
    /// <param name="tail">The bytes.</param>
    /// <param name="isFirst">Whether no line precedes it, which would show that the file is a journal.</param>
    public static bool MayBeTorn(ReadOnlySpan<byte> tail, bool isFirst)
    {
        // A file system that had noted the new length and not yet the bytes gives zeros.
        ReadOnlySpan<byte> written = tail.TrimEnd((byte)0);
        if (written.IsEmpty) return !isFirst;
        Span<byte> dense = stackalloc byte[Beginning.Length];
        int length = 0;
        foreach (byte letter in written)
        {
            if (letter == ' ') continue;
            dense[length++] = letter;
            if (length == dense.Length) break;
        }

        return Beginning.StartsWith(dense[..length]);
    }
}
