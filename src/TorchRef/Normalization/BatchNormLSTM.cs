using TorchRef.Numerics;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Normalization;

/// <summary>A long short-term memory with recurrent batch normalisation, run over whole sequences.</summary>
/// <remarks>
/// <para>Layer k is a <see cref="BatchNormLSTMCell"/>, stepped through the sequence that layer k − 1 puts out.</para>
/// <para>
/// Arguments and results are shaped as those of torch.nn.LSTM in one direction. All sequences of a batch have the same length;
/// steps beyond <c>max_length</c> share the statistics of the last one that has its own. State: cells.0.…, cells.1.…
/// </para>
/// <para>Source: Cooijmans et al., "Recurrent Batch Normalization", 2016.</para>
/// </remarks>
public sealed class BatchNormLSTM : nn.Module<Tensor, (Tensor h_0, Tensor c_0)?, (Tensor output, Tensor h_n, Tensor c_n)>
{
    private readonly ModuleList<BatchNormLSTMCell> cells;

    /// <summary>Makes the network in training mode.</summary>
    /// <param name="input_size">I, features of the input.</param>
    /// <param name="hidden_size">H, features of the hidden and cell states.</param>
    /// <param name="max_length">T, how many time steps have statistics of their own.</param>
    /// <param name="num_layers">How many cells stand on one another.</param>
    /// <param name="bias">Whether the cells learn a bias.</param>
    /// <param name="batch_first">Whether sequences are (N, L, I) instead of (L, N, I).</param>
    /// <param name="eps">ε of the normalisations.</param>
    /// <param name="momentum">Their momentum; null for the average of all batches.</param>
    /// <param name="gamma">What their γ starts with.</param>
    /// <param name="device">Where parameters and buffers live; null is the default device.</param>
    /// <param name="dtype">Their element type; null is the default type.</param>
    /// <exception cref="ArgumentException">A size isn't positive.</exception>
    public BatchNormLSTM(long input_size, long hidden_size, long max_length, long num_layers = 1, bool bias = true, bool batch_first = false, double eps = 1e-5, double? momentum = 0.1, double gamma = 0.1,
        Device? device = null, ScalarType? dtype = null)
        : base(nameof(BatchNormLSTM))
    {
        if (num_layers < 1) throw new ArgumentException($"num_layers must be positive: expected at least 1 but got {num_layers}");
        (InputSize, HiddenSize, BatchFirst) = (input_size, hidden_size, batch_first);
        cells = new ModuleList<BatchNormLSTMCell>();
        for (var layer = 0; layer < num_layers; layer++)
            cells.Add(new BatchNormLSTMCell(layer == 0 ? input_size : hidden_size, hidden_size, max_length, bias, eps, momentum, gamma, device, dtype));
        RegisterComponents();
    }

    /// <summary>I, features of the input.</summary>
    public long InputSize { get; }

    /// <summary>H, features of the hidden and cell states.</summary>
    public long HiddenSize { get; }

    /// <summary>Whether sequences are (N, L, I) instead of (L, N, I).</summary>
    public bool BatchFirst { get; }

    /// <summary>The cells, from the input's up.</summary>
    public IReadOnlyList<BatchNormLSTMCell> Cells => [.. cells];

    /// <summary>Runs sequences from their first step to their last.</summary>
    /// <param name="input">(L, N, I), or (N, L, I) with <see cref="BatchFirst"/>; L at least 1.</param>
    /// <param name="state">Hidden and cell states before the first step, each (layers, N, H); null for zeros.</param>
    /// <returns>
    /// The last layer's hidden states at all steps, (L, N, H) or (N, L, H); hidden and cell states of all layers after the last
    /// step, each (layers, N, H).
    /// </returns>
    /// <exception cref="ArgumentException">A shape or type doesn't fit, or training meets a single sample.</exception>
    public override (Tensor output, Tensor h_n, Tensor c_n) forward(Tensor input, (Tensor h_0, Tensor c_0)? state)
    {
        using var scope = NewDisposeScope();
        RequireInput(input.shape);
        var sequence = (BatchFirst ? input.transpose(0, 1) : input).unbind(0); // L × [N, I]
        if (state is { } given)
        {
            RequireState(given.h_0.shape, sequence[0].shape[0], 0);
            RequireState(given.c_0.shape, sequence[0].shape[0], 1);
        }
        var (hidden, memory) = (new List<Tensor>(), new List<Tensor>()); // a [N, H] for each layer
        foreach (var cell in cells)
        {
            (Tensor h, Tensor c)? now = state is { } start ? (start.h_0[hidden.Count], start.c_0[hidden.Count]) : null; // [N, H], [N, H]
            for (var time = 0; time < sequence.Length; time++)
            {
                now = cell.call(sequence[time], now, time);             // [N, H], [N, H]
                sequence[time] = now.Value.h;
            }
            hidden.Add(now!.Value.h);
            memory.Add(now.Value.c);
        }
        var output = stack(sequence, BatchFirst ? 1 : 0);               // [L, N, H] or [N, L, H]
        return (output.MoveToOuterDisposeScope(), stack(hidden).MoveToOuterDisposeScope(), stack(memory).MoveToOuterDisposeScope());
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"BatchNormLSTM({InputSize}, {HiddenSize}, max_length={cells[0].MaxLength}, num_layers={cells.Count}, batch_first={PythonText.Of(BatchFirst)})";

    private void RequireInput(long[] shape)
    {
        if (shape.Length != 3) throw new ArgumentException($"input must have 3 dimensions, got {shape.Length}");
        if (shape[BatchFirst ? 1 : 0] == 0) throw new ArgumentException("Expected sequence length to be larger than 0 in RNN");
        if (shape[2] != InputSize) throw new ArgumentException($"input.size(-1) must be equal to input_size. Expected {InputSize}, got {shape[2]}");
    }

    private void RequireState(long[] shape, long samples, int index)
    {
        long[] expected = [cells.Count, samples, HiddenSize];
        if (!shape.SequenceEqual(expected)) throw new ArgumentException($"Expected hidden[{index}] size ({string.Join(", ", expected)}), got {NormChecks.Sizes(shape)}");
    }
}
