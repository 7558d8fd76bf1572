namespace TorchRef.Cli.Bench;

/// <summary>Python processes of one thread each that share the work: one a core.</summary>
internal sealed class PeerCrew : IDisposable
{
    private readonly TrainingPeer[] _peers;

    private PeerCrew(TrainingPeer[] peers) => _peers = peers;

    /// <summary>Starts them; an empty crew where there is no Python with torch.</summary>
    public static PeerCrew Start(string script, string images, int count)
    {
        List<TrainingPeer> peers = [];
        for (var i = 0; i < count; i++)
            if (TrainingPeer.Start(script, images, 1) is { } peer) peers.Add(peer);
        return new([.. peers]);
    }

    /// <summary>Seconds for the work of all networks, a share of them in each process, all at once: as long as the slowest takes.</summary>
    /// <param name="verb">What to do with a number of networks.</param>
    /// <param name="networks">How many in all.</param>
    /// <returns>NaN where one was ended; the caller looks whether that was wanted.</returns>
    public double ShareOut(string verb, int networks)
    {
        var seconds = new double[_peers.Length];
        Thread[] waiting = [.. _peers.Select((peer, i) => new Thread(() => seconds[i] = Ask(peer, FormattableString.Invariant($"{verb} {Share(i)}"))))];
        foreach (var thread in waiting) thread.Start();
        foreach (var thread in waiting) thread.Join();
        return seconds.Max();

        int Share(int i) => networks * (i + 1) / _peers.Length - networks * i / _peers.Length;
    }

    /// <summary>Ends all in the middle of their answers.</summary>
    public void Kill()
    {
        foreach (var peer in _peers) peer.Kill();
    }

    public void Dispose()
    {
        foreach (var peer in _peers) peer.Dispose();
    }

    private static double Ask(TrainingPeer peer, string request)
    {
        try
        {
            return peer.Ask(request);
        }
        catch (IOException)
        {
            return double.NaN;
        }
    }
}
