using TorchRef.Experiments.Search.Studies.PythonJson;
using TorchRef.Experiments.Search.Studies.Workers;

namespace TorchRef.Experiments.Search.Studies.Journal;

/// <summary>Optuna's lock of a journal, of the kind that is a regular file: whoever creates it has the lock, and removes it afterwards.</summary>
/// <remarks>
/// <para>It excludes Optuna's other kind too, a symbolic link of the same name. A lock that has stood for <see cref="GracePeriod"/> is its
/// waiters', as in Optuna: its holder died. A holder on this host is seen to be dead at once, since the file says who it is. A holder that
/// was only asleep learns from <see cref="IsHeld"/> that it has lost the lock.</para>
/// <para>A lock is removed by renaming it first: only one process succeeds in that, and a network file system that repeats a removal
/// doesn't hit the next holder's.</para>
/// </remarks>
internal sealed class JournalLock : IDisposable
{
    /// <summary>Optuna's.</summary>
    public static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan _longestNap = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _noticeAfter = TimeSpan.FromSeconds(10);

    private readonly string _path;
    private readonly string _mark;

    private JournalLock(string path, string mark) => (_path, _mark) = (path, mark);

    /// <summary>Waits for the lock and takes it.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="clock">What the grace period is counted by.</param>
    /// <param name="notice">Told when the wait is long.</param>
    /// <exception cref="IOException">The file can't be created.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be created.</exception>
    public static JournalLock Take(string journal, TimeProvider clock, Action<string> notice)
    {
        string path = $"{journal}.lock", mark = PyJson.DictOf([.. WorkerProcess.Current.ToFields(), new("lock", Guid.NewGuid().ToString("N"))]).ToString();
        var nap = TimeSpan.FromMilliseconds(1);
        long begin = clock.GetTimestamp(), since = begin;
        Sight? seen = null;
        bool told = false;
        while (!TryCreate(path, mark))
        {
            Sight? now = Look(path);
            if (now != seen) (seen, since) = (now, clock.GetTimestamp());
            bool isStale = clock.GetElapsedTime(since) > GracePeriod;
            if (now is { } other && (isStale || Holder(other)?.IsAlive() == false))
            {
                if (isStale) notice($"{path} has stood for {GracePeriod.TotalSeconds:0} s: its holder is taken for dead, and the lock is taken over");
                TakeAway(path, other);
                nap = TimeSpan.FromMilliseconds(1);
                continue;
            }

            if (!told && clock.GetElapsedTime(begin) > _noticeAfter)
            {
                told = true;
                notice($"waiting for {path}, which another process holds");
            }

            Thread.Sleep(nap);
            nap = nap + nap < _longestNap ? nap + nap : _longestNap;
        }

        return new(path, mark);
    }

    /// <summary>Whether nobody took it away.</summary>
    public bool IsHeld() => Look(_path)?.Mark == _mark;

    /// <summary>Gives the lock back, if it is still this one's.</summary>
    public void Dispose()
    {
        if (IsHeld()) Remove(_path, seen: null);
    }

    private static bool TryCreate(string path, string mark)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (IOException error) when (IsThere(error) && !Directory.Exists(path))
        {
            return false;
        }

        try
        {
            using (file) file.Write(System.Text.Encoding.ASCII.GetBytes(mark));
            return true;
        }
        catch
        {
            // A full disk: nobody is to wait for a lock that nobody has.
            File.Delete(path);
            throw;
        }
    }

    // EEXIST on Unix; ERROR_FILE_EXISTS and ERROR_ALREADY_EXISTS on Windows.
    private static bool IsThere(IOException error) => (error.HResult & 0xFFFF) is 17 or 80 or 183;

    /// <summary>The lock as it stands; null when there is none.</summary>
    private static Sight? Look(string path)
    {
        try
        {
            var file = new FileInfo(path);
            // Of a link the date is its own: the journal that it points to changes for other reasons.
            if (file.LinkTarget is not null) return new(file.LastWriteTimeUtc, "");
            if (!file.Exists) return null;
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            var bytes = new byte[1024];
            int length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return new(file.LastWriteTimeUtc, System.Text.Encoding.ASCII.GetString(bytes, 0, length));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static WorkerProcess? Holder(Sight sight)
    {
        try
        {
            return sight.Mark.Length > 0 && PyJsonReader.Read(sight.Mark).Dict is { } fields ? WorkerProcess.Of(fields) : null;
        }
        catch (PyJsonException)
        {
            return null;
        }
    }

    private static void TakeAway(string path, Sight dead)
    {
        // Another waiter may have been faster, and a third one have the lock by now.
        if (Look(path) == dead) Remove(path, dead);
    }

    /// <param name="path">The lock.</param>
    /// <param name="seen">The dead lock that is to go; null for one's own.</param>
    private static void Remove(string path, Sight? seen)
    {
        string away = $"{path}{Guid.NewGuid()}.rename";
        try
        {
            File.Move(path, away);
            // Between the look and the move others may have changed places: the living one gets its lock back.
            if (seen is not null && Look(away) != seen) File.Move(away, path);
            else File.Delete(away);
        }
        catch (IOException)
        {
            // Somebody else removed it, or has taken the place meanwhile; who lost a lock sees that before writing.
            File.Delete(away);
        }
    }

    /// <summary>A lock as seen at one moment; a later lock of the same name differs.</summary>
    private readonly record struct Sight(DateTime Change, string Mark);
}
