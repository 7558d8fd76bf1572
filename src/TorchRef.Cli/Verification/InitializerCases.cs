using static TorchSharp.torch;

namespace TorchRef.Cli.Verification;

/// <summary>Hand-written initialisation against torch.nn.init: from the same seed every bit must be the same.</summary>
internal static class InitializerCases
{
    public const double Deviation = 0.01, Gain = 5.0 / 3;

    /// <summary>Weights of affine layers, and of convolutions in one to three dimensions.</summary>
    private static readonly long[][] s_shapes = [[4, 3], [100, 784], [6, 2, 5], [4, 3, 3, 3], [2, 3, 2, 2, 2]];

    private static readonly Dictionary<string, Func<Tensor, Tensor>> s_references = new()
    {
        ["normal_"] = tensor => nn.init.normal_(tensor, 0, Deviation),
        ["uniform_"] = tensor => nn.init.uniform_(tensor, -Deviation, Deviation),
        // TorchSharp's own xavier_normal_ draws uniform numbers (the ledger has it); this is what Python's draws.
        ["xavier_normal_"] = tensor => nn.init.normal_(tensor, 0, Gain * Math.Sqrt(2.0 / SumOfFans(tensor))),
        ["xavier_uniform_"] = tensor => nn.init.xavier_uniform_(tensor, Gain),
        ["kaiming_normal_"] = tensor => nn.init.kaiming_normal_(tensor),
        ["kaiming_uniform_"] = tensor => nn.init.kaiming_uniform_(tensor),
        ["kaiming_normal_ for tanh by fan_out"] = tensor => nn.init.kaiming_normal_(tensor, 0, nn.init.FanInOut.FanOut, nn.init.NonlinearityType.Tanh),
        ["kaiming_uniform_ of slope 0.2 by fan_out"] = tensor => nn.init.kaiming_uniform_(tensor, 0.2, nn.init.FanInOut.FanOut),
        ["constant_"] = tensor => nn.init.constant_(tensor, Deviation),
        ["zeros_"] = nn.init.zeros_,
    };

    public static void Run(ComparisonRecorder recorder, Candidates candidates, ulong seed)
    {
        foreach (var dtype in new[] { ScalarType.Float64, ScalarType.Float32 })
            foreach (var (name, reference) in s_references)
                foreach (var shape in s_shapes)
                    recorder.Run($"Initializers {dtype.ToString().ToLowerInvariant()}", "torch.nn", $"{name}, ({string.Join(", ", shape)})", record =>
                    {
                        var (mine, theirs) = (empty(shape, dtype), empty(shape, dtype)); // shape, shape
                        manual_seed((long)seed);
                        candidates.Initializer(name)(mine);
                        var next = rand([4], float64);          // [4]
                        manual_seed((long)seed);
                        reference(theirs);
                        record.Compare("random numbers afterwards", next, rand([4], float64), Tolerances.Exact);
                        record.Compare("values", mine, theirs, Tolerances.Exact);
                    });
    }

    private static long SumOfFans(Tensor tensor)
    {
        var (fanIn, fanOut) = nn.init.CalculateFanInAndFanOut(tensor);
        return fanIn + fanOut;
    }
}
