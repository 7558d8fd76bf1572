using TorchRef.Benchmarks.Measuring;
using static TorchSharp.torch;

namespace TorchRef.Benchmarks;

/// <summary>What one small operator costs: 2×2 float32 <c>torch.add</c>, where the call outweighs the arithmetic.</summary>
internal static class AddBenchmark
{
    private const int Rounds = 200, Repeats = 1_000, PerScope = 50;

    public static int Run()
    {
        set_num_threads(1);
        using var peer = PythonPeer.Start("add.py");
        peer?.Ask("threads 1");
        using var left = ones(2, 2);                                    // [2, 2]
        using var right = ones(2, 2);                                   // [2, 2]
        var disposed = Contender.Here("C#, each result disposed", Repeats, () => add(left, right).Dispose());
        var scoped = new Contender($"C#, dispose scopes of {PerScope}", count => Clock.Seconds(count / PerScope, () =>
        {
            using var scope = NewDisposeScope();
            for (var i = 0; i < PerScope; i++) add(left, right);
        }), Repeats);
        List<Contender> contenders = [disposed, scoped];
        if (peer is not null)
        {
            contenders.Add(Contender.There($"Python, {PerScope} results held at a time", Repeats, peer, "held"));
            contenders.Add(Contender.There("Python", Repeats, peer, "add"));
        }
        var timings = Race.Run(Rounds, contenders);
        Report.Print($"add: torch.add of two 2×2 float32 tensors, {Repeats} calls a round", timings, timings[^1]);
        return 0;
    }
}
