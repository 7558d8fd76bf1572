using TorchRef.Benchmarks.Measuring;
using TorchRef.Normalization;
using static TorchSharp.torch;

namespace TorchRef.Benchmarks;

/// <summary>Forward and backward of batch normalisation in training: torch.nn's and both hand-written forms.</summary>
internal static class BatchNormBenchmark
{
    private const int Rounds = 60;

    public static int Run()
    {
        foreach (var (size, repeats) in new[] { (100, 50), (1024, 2) })
            foreach (var threads in new[] { 1, 2 })
            {
                set_num_threads(threads);
                var timings = Race.Run(Rounds,
                [
                    Contender.Here("hand-written, composite", repeats, ForwardBackward(new BatchNorm1d(size), size)),
                    Contender.Here("hand-written, closed form", repeats, ForwardBackward(new BatchNorm1d(size, form: BatchNormForm.ClosedForm), size)),
                    Contender.Here("torch.nn", repeats, ForwardBackward(nn.BatchNorm1d(size), size)),
                ]);
                Report.Print($"batchnorm: forward and backward, {size}×{size} float32, {threads} thread(s), {repeats} a round", timings, timings[^1]);
            }
        return 0;
    }

    private static Action ForwardBackward(nn.Module<Tensor, Tensor> module, int size)
    {
        var input = randn(size, size, requires_grad: true);             // [N, C]
        var upstream = randn(size, size);                               // [N, C]
        Tensor[] leaves = [input, .. module.parameters()];
        return () =>
        {
            using var scope = NewDisposeScope();
            autograd.grad([module.call(input)], leaves, [upstream]);
        };
    }
}
