using Npgsql;

namespace TorchRef.Experiments.Search.Studies.Database;

/// <summary>A worker's sign of life in a database: Optuna's own table of heartbeats, a row for each trial that it runs, dated by the database's clock.</summary>
internal sealed class DatabaseHeart : IDisposable
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(10);

    private readonly NpgsqlDataSource _source;
    private readonly HashSet<int> _trials = [];
    private readonly ManualResetEventSlim _stop = new();
    private Thread? _thread;

    public DatabaseHeart(NpgsqlDataSource source) => _source = source;

    /// <summary>The trials that the worker runs.</summary>
    public int[] Trials
    {
        get
        {
            lock (_trials) return [.. _trials];
        }
    }

    public void Add(IEnumerable<int> trials)
    {
        lock (_trials)
        {
            _trials.UnionWith(trials);
            if (_thread is not null || _trials.Count == 0) return;
            // A thread of its own: the pool's may all be busy with training.
            _thread = new Thread(Run) { IsBackground = true, Name = "heartbeat" };
            _thread.Start();
        }
    }

    public void Remove(IEnumerable<int> trials)
    {
        lock (_trials) _trials.ExceptWith(trials);
    }

    public void Dispose()
    {
        _stop.Set();
        _thread?.Join();
        _stop.Dispose();
    }

    private void Run()
    {
        while (!_stop.Wait(_interval))
        {
            int[] trials = Trials;
            if (trials.Length == 0) continue;
            try
            {
                using NpgsqlCommand command = _source.CreateCommand("UPDATE trial_heartbeats SET heartbeat = CURRENT_TIMESTAMP WHERE trial_id = ANY(@trials)");
                command.Parameters.AddWithValue("trials", trials);
                command.ExecuteNonQuery();
            }
            catch (NpgsqlException)
            {
                // The next one may get through; when none does, the trials are others', which the next write says.
            }
        }
    }
}
