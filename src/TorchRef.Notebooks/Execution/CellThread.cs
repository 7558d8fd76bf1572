using System.Collections.Concurrent;

namespace TorchRef.Notebooks.Execution;

/// <summary>
/// The one thread that all cells of a notebook are run on: what libtorch keeps for each thread, such as whether gradients
/// are wanted, holds from cell to cell.
/// </summary>
internal sealed class CellThread : IDisposable
{
    /// <summary>Deep recursions of notebooks shouldn't end the program.</summary>
    private const int StackBytes = 16 << 20;

    private readonly BlockingCollection<Action> _work = [];

    public CellThread() => new Thread(Work, StackBytes) { IsBackground = true, Name = "notebook" }.Start();

    /// <summary>Runs something on the thread, after what was asked for before.</summary>
    public Task<T> RunAsync<T>(Func<Task<T>> action)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() =>
        {
            try
            {
                done.SetResult(action().GetAwaiter().GetResult());
            }
            catch (Exception exception)
            {
                done.SetException(exception);
            }
        });
        return done.Task;
    }

    /// <summary>Ends the thread when its work is done.</summary>
    public void Dispose() => _work.CompleteAdding();

    private void Work()
    {
        foreach (var action in _work.GetConsumingEnumerable()) action();
    }
}
