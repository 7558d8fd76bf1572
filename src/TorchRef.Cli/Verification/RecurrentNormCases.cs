using System.Globalization;
using TorchRef.Normalization;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification;

/// <summary>
/// Recurrent batch normalisation against one torch.nn.BatchNorm1d for each time step; its memory cell against torch.nn.LSTMCell
/// where the normalisations are the identity, and against the formula with torch.nn's parts where they aren't.
/// </summary>
internal static class RecurrentNormCases
{
    private const int MaxLength = 3;
    private const int Length = 5;
    private const int Samples = 6;
    private const int Inputs = 4;
    private const int Hidden = 5;

    public static void Run(ComparisonRecorder recorder, Candidates candidates, ulong seed)
    {
        foreach (var dtype in new[] { ScalarType.Float64, ScalarType.Float32 })
        {
            foreach (var momentum in new double?[] { 0.1, 0.7, null })
                recorder.Run($"RecurrentBatchNorm {dtype.ToString().ToLowerInvariant()} train", "torch.nn", $"{Length} steps, {MaxLength} of them with statistics of their own, momentum {momentum?.ToString(CultureInfo.InvariantCulture) ?? "none"}", record =>
                    CompareSteps(record, candidates, momentum, dtype, seed));
            foreach (var bias in new[] { true, false })
            {
                recorder.Run($"BatchNormLSTMCell identity {dtype.ToString().ToLowerInvariant()} eval", "torch.nn", bias ? "LSTMCell with bias" : "LSTMCell without bias", record => CompareIdentity(record, bias, dtype, seed));
                recorder.Run($"BatchNormLSTM {dtype.ToString().ToLowerInvariant()} train", "torch.nn", bias ? "with bias" : "without bias", record => CompareNetwork(record, bias, dtype, seed));
            }
        }
    }

    private static void CompareSteps(ComparisonRecorder.CaseRecorder record, Candidates candidates, double? momentum, ScalarType dtype, ulong seed)
    {
        using var random = new Generator(seed);
        using var candidate = candidates.RecurrentBatchNorm(new RecurrentNormSettings(Hidden, MaxLength, momentum), dtype);
        var references = Enumerable.Range(0, MaxLength).Select(_ => Norm(Hidden, momentum, dtype)).ToArray();
        foreach (var training in new[] { true, true, false })
        {
            candidate.train(training);
            var here = training ? record : record.In("then eval");
            for (var time = 0; time < Length; time++)
            {
                var reference = references[Math.Min(time, MaxLength - 1)];
                reference.train(training);
                candidate.zero_grad();
                reference.zero_grad();
                var values = Draw.Normal([Samples, Hidden], dtype, random) * (time + 1) + time; // [N, C]
                var cotangent = Draw.Normal([Samples, Hidden], dtype, random); // [N, C]
                var (mine, theirs) = (values.detach().requires_grad_(), values.detach().clone().requires_grad_()); // [N, C]
                var (output, expected) = (candidate.call(mine, time), reference.call(theirs)); // [N, C]
                output.backward([cotangent]);
                expected.backward([cotangent]);
                here.Compare("output", output, expected, Tolerances.Of(dtype));
                here.Compare("gradient of input", mine.grad, theirs.grad, Tolerances.Of(dtype));
                here.Compare("gradient of weight", candidate.get_parameter("weight")?.grad, reference.get_parameter("weight")!.grad, Tolerances.Of(dtype));
                here.Compare("gradient of bias", candidate.get_parameter("bias")?.grad, reference.get_parameter("bias")!.grad, Tolerances.Of(dtype));
            }
            foreach (var buffer in new[] { "running_mean", "running_var", "num_batches_tracked" })
            {
                var expected = stack(references.Select(reference => reference.get_buffer(buffer)!)); // [T, C] or [T]
                here.Compare(buffer, candidate.get_buffer(buffer), expected, Tolerances.OfStatistics(expected.dtype));
            }
        }
    }

    /// <summary>γ = 1, a mean of 0 and a variance of 1 − ε make the normalisations the identity in evaluation.</summary>
    private static void CompareIdentity(ComparisonRecorder.CaseRecorder record, bool bias, ScalarType dtype, ulong seed)
    {
        using var random = new Generator(seed);
        using var candidate = new BatchNormLSTMCell(Inputs, Hidden, MaxLength, bias, dtype: dtype);
        using var reference = nn.LSTMCell(Inputs, Hidden, bias, dtype: dtype);
        candidate.eval();
        using (no_grad())
        {
            foreach (var (name, tensor) in candidate.state_dict())
            {
                if (name.EndsWith("running_var", StringComparison.Ordinal)) tensor.fill_(1 - 1e-5);
                if (name.StartsWith("norm_", StringComparison.Ordinal) && name.EndsWith(".weight", StringComparison.Ordinal)) tensor.fill_(1);
            }
            reference.weight_ih!.copy_(candidate.WeightIh);
            reference.weight_hh!.copy_(candidate.WeightHh);
            if (bias) reference.bias_ih!.copy_(candidate.Bias! - reference.bias_hh!);
        }
        (Tensor h, Tensor c)? mine = null;
        // Its own zeros, by TorchSharp's LSTMCell, are of no sample at all.
        (Tensor h, Tensor c) theirs = (zeros([Samples, Hidden], dtype), zeros([Samples, Hidden], dtype)); // [N, H], [N, H]
        for (var time = 0; time < Length; time++)
        {
            var input = Draw.Normal([Samples, Inputs], dtype, random); // [N, I]
            (mine, theirs) = (candidate.call(input, mine, time), reference.call(input, theirs)); // [N, H] each
            record.Compare("hidden state", mine.Value.h, theirs.h, Tolerances.Of(dtype));
            record.Compare("cell state", mine.Value.c, theirs.c, Tolerances.Of(dtype));
        }
        var cotangent = Draw.Normal([Samples, Hidden], dtype, random); // [N, H]
        mine!.Value.h.backward([cotangent]);
        theirs.h.backward([cotangent]);
        record.Compare("gradient of weight_ih", candidate.WeightIh.grad, reference.weight_ih!.grad, Tolerances.Of(dtype));
        record.Compare("gradient of weight_hh", candidate.WeightHh.grad, reference.weight_hh!.grad, Tolerances.Of(dtype));
        if (bias) record.Compare("gradient of bias", candidate.Bias!.grad, reference.bias_ih!.grad, Tolerances.Of(dtype));
    }

    /// <summary>A network of two layers in training, its formula written out with torch.nn's batch normalisation, one for each step and place.</summary>
    private static void CompareNetwork(ComparisonRecorder.CaseRecorder record, bool bias, ScalarType dtype, ulong seed)
    {
        using var random = new Generator(seed);
        using var candidate = new BatchNormLSTM(Inputs, Hidden, Length, num_layers: 2, bias: bias, batch_first: true, dtype: dtype);
        var values = Draw.Normal([Samples, Length, Inputs], dtype, random); // [N, L, I]
        var cotangent = Draw.Normal([Samples, Length, Hidden], dtype, random); // [N, L, H]
        var (mine, theirs) = (values.clone().requires_grad_(), values.clone().requires_grad_()); // [N, L, I]
        var (output, last, memory) = candidate.call(mine, null); // [N, L, H], [2, N, H], [2, N, H]
        output.backward([cotangent]);
        var gradients = candidate.Cells.Select(cell => new[] { cell.WeightIh, cell.WeightHh }.Select(weight => weight.grad!.clone()).ToArray()).ToArray();
        candidate.zero_grad();

        var sequence = theirs.unbind(1);                        // L × [N, I]
        var (hiddens, cells) = (new List<Tensor>(), new List<Tensor>());
        foreach (var cell in candidate.Cells)
        {
            var (h, c) = (zeros([Samples, Hidden], dtype), zeros([Samples, Hidden], dtype)); // [N, H], [N, H]
            for (var time = 0; time < Length; time++)
            {
                var gates = Norm(4 * Hidden, 0.1, dtype).call(sequence[time].mm(cell.WeightIh.t())) + Norm(4 * Hidden, 0.1, dtype).call(h.mm(cell.WeightHh.t())); // [N, 4H]
                var parts = (bias ? gates + cell.Bias! : gates).chunk(4, 1); // 4 × [N, H]
                c = parts[1].sigmoid() * c + parts[0].sigmoid() * parts[2].tanh(); // [N, H]
                h = parts[3].sigmoid() * Norm(Hidden, 0.1, dtype).call(c).tanh(); // [N, H]
                sequence[time] = h;
            }
            hiddens.Add(h);
            cells.Add(c);
        }
        var expected = stack(sequence, 1);                      // [N, L, H]
        expected.backward([cotangent]);
        var tolerance = 10 * Tolerances.Of(dtype);
        record.Compare("output", output, expected, tolerance);
        record.Compare("hidden states", last, stack(hiddens), tolerance);
        record.Compare("cell states", memory, stack(cells), tolerance);
        record.Compare("gradient of input", mine.grad, theirs.grad, tolerance);
        for (var layer = 0; layer < gradients.Length; layer++)
        {
            record.Compare("gradient of weight_ih", gradients[layer][0], candidate.Cells[layer].WeightIh.grad, tolerance);
            record.Compare("gradient of weight_hh", gradients[layer][1], candidate.Cells[layer].WeightHh.grad, tolerance);
        }
    }

    private static TorchSharp.Modules.BatchNorm Norm(long features, double? momentum, ScalarType dtype)
    {
        var norm = BatchNormReference.Make(new BatchNormSettings(features, 1e-5, momentum, true, true), dtype);
        nn.init.constant_(norm.weight!, 0.1);
        return norm;
    }
}
