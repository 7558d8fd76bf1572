using TorchRef.Experiments.Data;
using TorchRef.Experiments.Training;

namespace TorchRef.Benchmarks;

internal static class ExperimentsBenchmark
{
    public static int Run()
    {
        var digits = DigitData.LoadOrSynthesize();
        for (var i = 0; i < 6; i++)
        foreach (var threads in new[] { 1, 2 })
        {
            var start = System.Diagnostics.Stopwatch.GetTimestamp();
            var cpu = System.Diagnostics.Process.GetCurrentProcess().TotalProcessorTime;
            var replicas = new List<ReplicaSpec>();
            for (var s = 0; s < 16; s++)
                foreach (var bn in new[] { false, true })
                    replicas.Add(new ReplicaSpec { Name = $"{s} {bn}", Seed = s, Initial = TorchRef.Experiments.Networks.InitialWeights.Deviation(Math.Pow(10, -4.0 * s / 15)), Network = new() { Normalization = bn ? new() : null } });
            using var data = new TrainingData(digits, 1000, 0);
            using var trainer = new ReplicaTrainer(replicas, data, new TrainingSettings { Threads = threads, MeasuresTest = false });
            EpochRecord? last = null;
            for (var e = 0; e < 20; e++) last = trainer.RunEpoch();
            Console.WriteLine($"{threads} threads {System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds:F3} s, cpu {(System.Diagnostics.Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds:F3}");
            if (i == 0) Console.WriteLine(string.Join(" ", last!.TrainAccuracy!.Select(a => a.ToString("F3"))));
        }
        return 0;
    }
}
