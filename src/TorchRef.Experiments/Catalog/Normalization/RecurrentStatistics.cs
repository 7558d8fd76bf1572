using TorchRef.Experiments.Running;
using TorchRef.Normalization;
using static TorchSharp.torch;

namespace TorchRef.Experiments.Catalog.Normalization;

/// <summary>Why batch normalisation in a recurrent network needs statistics for each time step.</summary>
/// <remarks>
/// An LSTM with batch normalisation, not trained, gets batches of random sequences; its running statistics average what each time step
/// sees. Then it evaluates new sequences with them, and once more with the mean of all steps' statistics in every step.
/// </remarks>
internal sealed class RecurrentStatistics : IExperiment
{
    private const int Length = 30;
    private const int Inputs = 8;
    private const int Hidden = 32;
    private const int Batch = 256;
    private const int Batches = 10;

    public string Name => "recurrent-bn";

    public string Description => "why batch normalisation in a recurrent network keeps statistics for each time step";

    public RequestParts Uses => RequestParts.Seeds;

    public ExperimentPlan Plan(RunRequest request)
    {
        IReadOnlyList<ulong> seeds = request.SeedsOr(usual: 5, quick: 2);
        return new ExperimentPlan
        {
            Seeds = seeds,
            Settings =
            [
                new Setting("network", $"BatchNormLSTM({Inputs}, {Hidden}, max_length={Length})"),
                new Setting("sequences", $"{Batches} batches of {Batch}, {Length} steps of {Inputs} numbers from N(0, 1)"),
            ],
            Parts = [.. seeds.Select(seed => new ExperimentPart($"seed {seed}", part => Measure(part, seed)))],
            Conclude = records => new RecurrentReport(records, seeds).Conclude(),
        };
    }

    private static void Measure(PartContext part, ulong seed)
    {
        using var noGraph = no_grad();
        using Generator draws = RandomStream.Create(seed, "sequences");
        using BatchNormLSTM lstm = Network(seed);
        for (int i = 0; i < Batches; i++)
        {
            using var scope = NewDisposeScope();
            part.Report((double)i / Batches, $"batch {i + 1} of {Batches}");
            lstm.call(randn(Length, Batch, Inputs, float64, generator: draws), null);
        }

        using var last = NewDisposeScope();
        BatchNormLSTMCell cell = lstm.Cells[0];
        part.Records.Set($"seed {seed}/variance of the cell state by step", Values(cell.NormC.RunningVar.mean([1])));
        part.Records.Set($"seed {seed}/variance of the recurrent part by step", Values(cell.NormHh.RunningVar.mean([1])));
        var sequences = randn(Length, Batch, Inputs, float64, generator: draws); // [30, 256, 8]
        var running = Output(lstm, sequences, training: false);                 // [30, 256, 32]
        Share(cell);
        var shared = Output(lstm, sequences, training: false);                  // [30, 256, 32]
        // Last: a forward in training mode moves the running statistics.
        var exact = Output(lstm, sequences, training: true);                    // [30, 256, 32]
        part.Records.Set($"seed {seed}/own statistics/error by step", Distance(running, exact));
        part.Records.Set($"seed {seed}/shared statistics/error by step", Distance(shared, exact));
    }

    private static BatchNormLSTM Network(ulong seed)
    {
        using Generator weights = RandomStream.Create(seed, "weights");
        var lstm = new BatchNormLSTM(Inputs, Hidden, Length, momentum: null, dtype: float64);
        foreach (BatchNormLSTMCell cell in lstm.Cells)
        {
            // Drawn anew from a generator of its own: the modules draw from the global one.
            cell.WeightIh.normal_(0, 1 / Math.Sqrt(Inputs), weights);           // [4·32, 8]
            cell.WeightHh.normal_(0, 1 / Math.Sqrt(Hidden), weights);           // [4·32, 32]
            cell.Bias?.zero_();                                                 // [4·32]
        }

        return lstm;
    }

    /// <summary>The mean of all steps' statistics in every step.</summary>
    private static void Share(BatchNormLSTMCell cell)
    {
        foreach (RecurrentBatchNorm norm in (ReadOnlySpan<RecurrentBatchNorm>)[cell.NormIh, cell.NormHh, cell.NormC])
        {
            // Expanded, so that the mean of all steps stands in every row.
            norm.RunningMean.copy_(norm.RunningMean.mean([0], keepdim: true).expand_as(norm.RunningMean)); // [30, C]
            norm.RunningVar.copy_(norm.RunningVar.mean([0], keepdim: true).expand_as(norm.RunningVar)); // [30, C]
        }
    }

    private static Tensor Output(BatchNormLSTM lstm, Tensor sequences, bool training)
    {
        using var scope = NewDisposeScope();
        lstm.train(training);
        return lstm.call(sequences, null).output.MoveToOuterDisposeScope();     // [30, 256, 32]
    }

    /// <summary>For each step the root mean square of the difference, over that of the exact output.</summary>
    private static double[] Distance(Tensor output, Tensor exact) =>
        Values(((output - exact).square().mean([1, 2]) / exact.square().mean([1, 2])).sqrt()); // [30]

    private static double[] Values(Tensor values) => values.cpu().contiguous().data<double>().ToArray();
}
