using TorchRef.Experiments.Golden;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification.Golden;

/// <summary>
/// The batch-normalised memory: where its normalisations are the identity against golden LSTMCells and LSTMs, and in training
/// against its formula with golden BatchNorm1ds in it.
/// </summary>
internal static class GoldenLstm
{
    private static readonly string[] s_norms = ["norm_ih", "norm_hh", "norm_c"];
    private static readonly string[] s_statistics = ["running_mean", "running_var"];

    public static void Run(ComparisonRecorder recorder, Candidates candidates)
    {
        foreach (var golden in GoldenStore.Read("recurrent").Cases)
            switch (golden.Module)
            {
                case "LSTMCell":
                    recorder.Run($"BatchNormLSTMCell identity {golden.Dtype}", "golden", golden.Name, record => CompareCell(record, candidates, golden, identity: true));
                    break;
                case "formula":
                    recorder.Run($"BatchNormLSTMCell {golden.Dtype} train", "golden", golden.Name, record => CompareCell(record, candidates, golden, identity: false));
                    break;
                case "LSTM":
                    recorder.Run($"BatchNormLSTM identity {golden.Dtype}", "golden", golden.Name, record => CompareNetwork(record, candidates, golden));
                    break;
            }
    }

    private static LstmSettings SettingsOf(GoldenCase golden) => new(
        golden.Config.GetInt64("input_size"), golden.Config.GetInt64("hidden_size"), golden.Config.GetInt64("max_length", 1), golden.Config.GetBoolean("bias"), golden.Config.GetInt64("num_layers", 1));

    private static void CompareCell(ComparisonRecorder.CaseRecorder record, Candidates candidates, GoldenCase golden, bool identity)
    {
        var dtype = GoldenStore.TypeOf(golden.Dtype);
        using var cell = candidates.BatchNormLstmCell(SettingsOf(golden), dtype);
        if (identity) BecomeLstm(cell, "", golden.Initial, "");
        else GoldenStore.LoadState(cell, golden.Initial);
        cell.train(golden.Steps[0].Training);
        (Tensor h, Tensor c)? state = golden.Initial.ContainsKey("hidden") ? (GoldenStore.ToTensor(golden.Initial["hidden"]), GoldenStore.ToTensor(golden.Initial["cell"])) : null; // [N, H] each
        var inputs = golden.Steps.Select(step => GoldenStore.ToTensor(step["input"]).requires_grad_()).ToArray(); // L × [N, I]
        var tolerance = Tolerances.Of(dtype);
        for (var time = 0; time < inputs.Length; time++)
        {
            state = cell.call(inputs[time], state, time);       // [N, H] each
            record.Compare("hidden state", state.Value.h, GoldenStore.ToTensor(golden.Steps[time]["hidden"]), tolerance);
            record.Compare("cell state", state.Value.c, GoldenStore.ToTensor(golden.Steps[time]["cell"]), tolerance);
        }
        var last = golden.Steps[^1];
        state!.Value.h.backward([GoldenStore.ToTensor(last["grad_output"])]);
        record.Compare("gradient of input", stack(inputs.Select(input => input.grad!).ToArray()), GoldenStore.ToTensor(last["grad_input"]), tolerance);
        foreach (var (name, parameter) in cell.named_parameters().Where(pair => !identity || !IsOfNorm(pair.name)))
            // The one bias is the sum of PyTorch's two: each has its gradient.
            record.Compare($"gradient of {name}", parameter.grad, GoldenStore.ToTensor(last[identity && name == "bias" ? "grad_bias_ih" : $"grad_{name}"]), tolerance);
        if (identity) return;
        var buffers = cell.state_dict();
        foreach (var name in s_norms.SelectMany(norm => s_statistics.Select(buffer => $"{norm}.{buffer}")))
            record.Compare(name, buffers.GetValueOrDefault(name), GoldenStore.ToTensor(last[name]), Tolerances.Of(dtype));
    }

    private static void CompareNetwork(ComparisonRecorder.CaseRecorder record, Candidates candidates, GoldenCase golden)
    {
        var (dtype, settings, step) = (GoldenStore.TypeOf(golden.Dtype), SettingsOf(golden), golden.Steps[0]);
        using var network = candidates.BatchNormLstm(settings, dtype);
        for (var layer = 0; layer < settings.Layers; layer++) BecomeLstm(network, $"cells.{layer}.", golden.Initial, $"_l{layer}");
        network.eval();
        var input = GoldenStore.ToTensor(step["input"]).requires_grad_(); // [N, L, I]
        var (output, hidden, memory) = network.call(input, null); // [N, L, H], [layers, N, H], [layers, N, H]
        output.backward([GoldenStore.ToTensor(step["grad_output"])]);
        var tolerance = Tolerances.Of(dtype);
        record.Compare("output", output, GoldenStore.ToTensor(step["output"]), tolerance);
        record.Compare("hidden states", hidden, GoldenStore.ToTensor(step["hidden"]), tolerance);
        record.Compare("cell states", memory, GoldenStore.ToTensor(step["cell"]), tolerance);
        record.Compare("gradient of input", input.grad, GoldenStore.ToTensor(step["grad_input"]), tolerance);
        var parameters = network.named_parameters().ToDictionary(pair => pair.name, pair => pair.parameter);
        for (var layer = 0; layer < settings.Layers; layer++)
            foreach (var (mine, theirs) in new[] { ("weight_ih", "weight_ih"), ("weight_hh", "weight_hh"), ("bias", "bias_ih") })
                if (mine != "bias" || settings.Bias)
                    record.Compare($"gradient of {mine}", parameters.GetValueOrDefault($"cells.{layer}.{mine}")?.grad, GoldenStore.ToTensor(step[$"grad_{theirs}_l{layer}"]), tolerance);
    }

    private static bool IsOfNorm(string name) => name.StartsWith("norm_", StringComparison.Ordinal);

    /// <summary>Takes PyTorch's weights, and γ = 1 with a variance of 1 − ε: then evaluation normalises nothing.</summary>
    /// <param name="module">The memory.</param>
    /// <param name="prefix">What its names begin with.</param>
    /// <param name="weights">PyTorch's parameters.</param>
    /// <param name="suffix">What their names end with.</param>
    private static void BecomeLstm(nn.Module module, string prefix, GoldenTensors weights, string suffix)
    {
        using var noGraph = no_grad();
        var state = module.state_dict();
        foreach (var norm in s_norms)
        {
            state[$"{prefix}{norm}.running_var"].fill_(1 - 1e-5);
            state[$"{prefix}{norm}.weight"].fill_(1);
        }
        foreach (var name in new[] { "weight_ih", "weight_hh" }) state[$"{prefix}{name}"].copy_(GoldenStore.ToTensor(weights[$"{name}{suffix}"]));
        if (state.TryGetValue($"{prefix}bias", out var bias)) bias.copy_(GoldenStore.ToTensor(weights[$"bias_ih{suffix}"]) + GoldenStore.ToTensor(weights[$"bias_hh{suffix}"]));
    }
}
