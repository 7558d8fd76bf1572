using TorchRef.Benchmarks.Measuring;
using TorchRef.Normalization;
using static TorchSharp.torch;

namespace TorchRef.Benchmarks;

/// <summary>
/// A training step of 784-100×5-10 with batch normalisation and ReLU, batch 100, float32, cross-entropy and SGD; the
/// same as peers/mlp.py. Beside torch.nn's batch normalisation also the hand-written one.
/// </summary>
internal static class MlpBenchmark
{
    private const int Rounds = 100, Repeats = 5;
    private const int Batch = 100, Inputs = 784, Width = 100, Depth = 5, Classes = 10;
    private const double Rate = 0.01;

    public static int Run()
    {
        using var peer = PythonPeer.Start("mlp.py");
        foreach (var threads in new[] { 1, 2 })
        {
            set_num_threads(threads);
            peer?.Ask($"threads {threads}");
            List<Contender> contenders =
            [
                Contender.Here("C#, torch.nn", Repeats, Training(() => nn.BatchNorm1d(Width))),
                Contender.Here("C#, hand-written BN, composite", Repeats, Training(() => new BatchNorm1d(Width))),
                Contender.Here("C#, hand-written BN, closed form", Repeats, Training(() => new BatchNorm1d(Width, form: BatchNormForm.ClosedForm))),
            ];
            if (peer is not null)
            {
                contenders.Add(Contender.There("Python, foreach SGD", Repeats, peer, "foreach"));
                contenders.Add(Contender.There("Python", Repeats, peer, "step"));
            }
            var timings = Race.Run(Rounds, contenders);
            Report.Print($"mlp: training step of 784-100×5-10, batch 100, {threads} thread(s), {Repeats} steps a round", timings, peer is null ? timings[0] : timings[^1]);
        }
        return 0;
    }

    private static Action Training(Func<nn.Module<Tensor, Tensor>> normalization)
    {
        manual_seed(1);
        var model = Network(normalization);
        var optimizer = optim.SGD(model.parameters(), Rate);
        var images = rand(Batch, Inputs);                               // [N, 784]
        var labels = randint(0, Classes, [Batch], int64);               // [N]
        return () =>
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            var loss = nn.functional.cross_entropy(model.call(images), labels); // []
            loss.backward();
            optimizer.step();
        };
    }

    private static nn.Module<Tensor, Tensor> Network(Func<nn.Module<Tensor, Tensor>> normalization)
    {
        var layers = new List<nn.Module<Tensor, Tensor>>();
        for (var (i, width) = (0, Inputs); i < Depth; i++, width = Width)
            layers.AddRange([nn.Linear(width, Width), normalization(), nn.ReLU()]);
        return nn.Sequential([.. layers, nn.Linear(Width, Classes)]);
    }
}
