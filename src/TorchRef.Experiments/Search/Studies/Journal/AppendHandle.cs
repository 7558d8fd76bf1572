using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace TorchRef.Experiments.Search.Studies.Journal;

/// <summary>A file opened so that what is written lands at its end.</summary>
internal static class AppendHandle
{
    // Of Linux on x64, arm64 and most others; .NET's own append mode remembers where the end was when the file was opened.
    private const int WriteOnly = 1;
    private const int Append = 0x400;
    private const int CloseOnExec = 0x80000;

    /// <summary>Opens a file that exists. On Linux the system finds the end at each write: a process that slept through the loss of its lock overwrites nothing.</summary>
    public static SafeFileHandle Open(string path)
    {
        if (!OperatingSystem.IsLinux()) return File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        int descriptor = open(path, WriteOnly | Append | CloseOnExec);
        if (descriptor >= 0) return new SafeFileHandle(descriptor, ownsHandle: true);
        string message = Marshal.GetLastPInvokeErrorMessage();
        throw new IOException($"{path}: {message}");
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
}
