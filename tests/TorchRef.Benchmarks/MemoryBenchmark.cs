using System.Globalization;
using TorchRef.Benchmarks.Measuring;
using TorchRef.Normalization;
using TorchRef.Optimization;
using static TorchSharp.torch;

namespace TorchRef.Benchmarks;

/// <summary>
/// Whether training keeps its memory: many steps of a small network with hand-written batch normalisation, dropout and
/// SGD, first in dispose scopes, where nothing may grow, then without, where the garbage collector must notice by itself.
/// </summary>
internal static class MemoryBenchmark
{
    private const int Steps = 10_000, SettledAfter = 500, LookEvery = 50;
    private const int Batch = 64, Inputs = 64, Width = 128, Classes = 10;
    private const long Slack = 4 << 20;

    public static int Run()
    {
        set_num_threads(1);
        var code = Scoped();
        Unscoped();
        return code;
    }

    private static int Scoped()
    {
        using var training = new Training();
        var tensors = 0L;
        var settled = 0L;
        for (var step = 0; step < Steps; step++)
        {
            if (step == SettledAfter) (tensors, settled) = (Tensor.TotalCount, ResidentMemory.Bytes());
            using var scope = NewDisposeScope();
            training.Step();
        }
        var (tensorsAtEnd, end) = (Tensor.TotalCount, ResidentMemory.Bytes());
        Console.WriteLine($"memory: {Steps} training steps with hand-written batch normalisation, dropout and SGD");
        Console.WriteLine($"  in dispose scopes     resident after {SettledAfter} steps {Megabytes(settled)}, at the end {Megabytes(end)}; tensors {tensors} and {tensorsAtEnd}");
        var grew = end - settled > settled / 20 + Slack;
        if (grew) Console.Error.WriteLine($"memory must not grow: expected at most 5 % and 4 MB more than {Megabytes(settled)} but got {Megabytes(end)}");
        if (tensorsAtEnd != tensors) Console.Error.WriteLine($"tensors must not leak: expected {tensors} but got {tensorsAtEnd}");
        return grew || tensorsAtEnd != tensors ? 1 : 0;
    }

    private static void Unscoped()
    {
        using var training = new Training();
        var (peak, tensors) = (0L, 0L);
        for (var step = 0; step < Steps; step++)
        {
            training.Step();
            if (step % LookEvery == 0) (peak, tensors) = (Math.Max(peak, ResidentMemory.Bytes()), Math.Max(tensors, Tensor.TotalCount));
        }
        Console.WriteLine($"  without, collected    resident at most {Megabytes(peak)}; tensors at most {tensors}");
        Console.WriteLine();
    }

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F1} MB");

    private sealed class Training : IDisposable
    {
        private readonly nn.Module<Tensor, Tensor> _model = nn.Sequential(
            nn.Linear(Inputs, Width), new BatchNorm1d(Width), nn.ReLU(), new Dropout.Dropout(),
            nn.Linear(Width, Width), new BatchNorm1d(Width, form: BatchNormForm.ClosedForm), nn.ReLU(), new Dropout.Dropout(),
            nn.Linear(Width, Classes));

        private readonly Tensor _images = randn(Batch, Inputs);         // [N, 64]
        private readonly Tensor _labels = randint(0, Classes, [Batch], int64); // [N]
        private readonly SGD _optimizer;

        public Training()
        {
            _optimizer = new SGD(_model.parameters(), lr: 0.01, momentum: 0.9, weight_decay: 1e-4);
        }

        public void Step()
        {
            _optimizer.zero_grad();
            var loss = nn.functional.cross_entropy(_model.call(_images), _labels); // []
            loss.backward();
            _optimizer.step();
        }

        public void Dispose()
        {
            _optimizer.Dispose();
            _model.Dispose();
            _images.Dispose();
            _labels.Dispose();
        }
    }
}
