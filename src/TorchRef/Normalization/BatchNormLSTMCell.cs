using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Normalization;

/// <summary>A step of a long short-term memory whose input, hidden state and cell state are batch-normalised.</summary>
/// <remarks>
/// <para>
/// (i, f, g, o) = BN(W_ih·x) + BN(W_hh·h) + b,  c′ = σ(f)·c + σ(i)·tanh(g),  h′ = σ(o)·tanh(BN(c′)); each BN is a
/// <see cref="RecurrentBatchNorm"/> of its own. Those of the gates have no β: b is there. The cell state itself stays as it
/// is, only what the output sees of it is normalised; so the path along which gradients travel far is left alone.
/// </para>
/// <para>
/// With every BN the identity this is torch.nn.LSTMCell, whose order of the gates it has, and b the sum of its two biases.
/// </para>
/// <para>
/// At step 0 a hidden state of zeros has no variance, so that its part is 0 and its running variance too; the paper starts
/// sequences of constant beginning with a little noise for that reason.
/// </para>
/// <para>
/// State: weight_ih (4H, I), weight_hh (4H, H) and bias (4H), drawn from U(−1/√H, 1/√H) as torch.nn does; and that of norm_ih
/// (4H), norm_hh (4H) and norm_c (H). Source: Cooijmans et al., "Recurrent Batch Normalization", 2016, equations 6 to 8.
/// </para>
/// </remarks>
public sealed class BatchNormLSTMCell : nn.Module<Tensor, (Tensor h, Tensor c)?, long, (Tensor h, Tensor c)>
{
    private const int Gates = 4;
    private readonly Parameter weight_ih;
    private readonly Parameter weight_hh;
    private readonly Parameter? bias;
    private readonly RecurrentBatchNorm norm_ih;
    private readonly RecurrentBatchNorm norm_hh;
    private readonly RecurrentBatchNorm norm_c;

    /// <summary>Makes the cell in training mode.</summary>
    /// <param name="input_size">I, features of the input.</param>
    /// <param name="hidden_size">H, features of the hidden state and of the cell state.</param>
    /// <param name="max_length">T, how many time steps have statistics of their own.</param>
    /// <param name="bias">Whether to learn b.</param>
    /// <param name="eps">ε of the normalisations.</param>
    /// <param name="momentum">Their momentum; null for the average of all batches.</param>
    /// <param name="gamma">What their γ starts with.</param>
    /// <param name="device">Where parameters and buffers live; null is the default device.</param>
    /// <param name="dtype">Their element type; null is the default type.</param>
    /// <exception cref="ArgumentException">A size isn't positive.</exception>
    public BatchNormLSTMCell(long input_size, long hidden_size, long max_length, bool bias = true, double eps = 1e-5, double? momentum = 0.1, double gamma = 0.1, Device? device = null, ScalarType? dtype = null)
        : base(nameof(BatchNormLSTMCell))
    {
        if (input_size < 1) throw new ArgumentException($"input_size must be positive: expected at least 1 but got {input_size}");
        if (hidden_size < 1) throw new ArgumentException($"hidden_size must be positive: expected at least 1 but got {hidden_size}");
        (InputSize, HiddenSize) = (input_size, hidden_size);
        weight_ih = Drawn([Gates * hidden_size, input_size]);           // [4H, I]
        weight_hh = Drawn([Gates * hidden_size, hidden_size]);          // [4H, H]
        if (bias) this.bias = Drawn([Gates * hidden_size]);             // [4H]
        norm_ih = new RecurrentBatchNorm(Gates * hidden_size, max_length, eps, momentum, gamma, bias: false, device, dtype);
        norm_hh = new RecurrentBatchNorm(Gates * hidden_size, max_length, eps, momentum, gamma, bias: false, device, dtype);
        norm_c = new RecurrentBatchNorm(hidden_size, max_length, eps, momentum, gamma, bias: true, device, dtype);
        RegisterComponents();

        Parameter Drawn(long[] shape)
        {
            var bound = 1 / Math.Sqrt(hidden_size);
            return new Parameter(nn.init.uniform_(empty(shape, dtype, device), -bound, bound));
        }
    }

    /// <summary>I, features of the input.</summary>
    public long InputSize { get; }

    /// <summary>H, features of the hidden state and of the cell state.</summary>
    public long HiddenSize { get; }

    /// <summary>T, how many time steps have statistics of their own.</summary>
    public long MaxLength => norm_c.MaxLength;

    /// <summary>W_ih (4H, I); the rows of i, f, g and o, in this order.</summary>
    public Parameter WeightIh => weight_ih;

    /// <summary>W_hh (4H, H), in the same order.</summary>
    public Parameter WeightHh => weight_hh;

    /// <summary>b (4H), in the same order; null where the cell was made without.</summary>
    public Parameter? Bias => bias;

    /// <summary>Normalises W_ih·x.</summary>
    public RecurrentBatchNorm NormIh => norm_ih;

    /// <summary>Normalises W_hh·h.</summary>
    public RecurrentBatchNorm NormHh => norm_hh;

    /// <summary>Normalises the cell state for the output.</summary>
    public RecurrentBatchNorm NormC => norm_c;

    /// <summary>One step.</summary>
    /// <param name="input">(N, I).</param>
    /// <param name="state">The hidden and the cell state before, each (N, H); null for zeros.</param>
    /// <param name="time">The step, from 0 up; it chooses the statistics.</param>
    /// <returns>The hidden and the cell state after, each (N, H).</returns>
    /// <exception cref="ArgumentException">A shape, a type or the time doesn't fit, or training meets a single sample.</exception>
    public override (Tensor h, Tensor c) forward(Tensor input, (Tensor h, Tensor c)? state, long time)
    {
        using var scope = NewDisposeScope();
        if (input.dim() != 2) throw new ArgumentException($"expected 2D input (got {input.dim()}D input)");
        if (input.shape[1] != InputSize) throw new ArgumentException($"input has inconsistent input_size: got {input.shape[1]} expected {InputSize}");
        var (hidden, cell) = state ?? (Zeros(input), Zeros(input));     // [N, H], [N, H]
        RequireFit(input, hidden, 0);
        RequireFit(input, cell, 1);

        var gates = norm_ih.call(input.mm(weight_ih.t()), time) + norm_hh.call(hidden.mm(weight_hh.t()), time); // [N, 4H]
        if (bias is not null) gates = gates + bias;                     // [N, 4H]
        var parts = gates.chunk(Gates, 1);                              // 4 × [N, H]
        var next = parts[1].sigmoid() * cell + parts[0].sigmoid() * parts[2].tanh(); // [N, H]
        var output = parts[3].sigmoid() * norm_c.call(next, time).tanh(); // [N, H]
        return (output.MoveToOuterDisposeScope(), next.MoveToOuterDisposeScope());
    }

    /// <inheritdoc/>
    public override string ToString() => $"BatchNormLSTMCell({InputSize}, {HiddenSize}, max_length={MaxLength})";

    private Tensor Zeros(Tensor input) => zeros([input.shape[0], HiddenSize], input.dtype, input.device); // [N, H]

    private void RequireFit(Tensor input, Tensor state, int index)
    {
        if (state.dim() != 2) throw new ArgumentException($"hidden{index} must hold a vector for each sample: expected 2 dimensions but got {state.dim()}");
        if (state.shape[0] != input.shape[0]) throw new ArgumentException($"Input batch size {input.shape[0]} doesn't match hidden{index} batch size {state.shape[0]}");
        if (state.shape[1] != HiddenSize) throw new ArgumentException($"hidden{index} has inconsistent hidden_size: got {state.shape[1]}, expected {HiddenSize}");
    }
}
