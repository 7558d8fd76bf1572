using TorchSharp.Utils;
using static TorchSharp.Engine.Op;

namespace TorchSharp.Modules;

/// <summary>One step of a plain recurrent network.</summary>
public sealed class RNNCell : torch.nn.Module<torch.Tensor, torch.Tensor, torch.Tensor>
{
    private readonly long _hidden;
    private readonly string _operator;
    [ComponentName(Name = nameof(weight_ih))] private Parameter? _weight_ih;
    [ComponentName(Name = nameof(weight_hh))] private Parameter? _weight_hh;
    [ComponentName(Name = nameof(bias_ih))] private Parameter? _bias_ih;
    [ComponentName(Name = nameof(bias_hh))] private Parameter? _bias_hh;

    internal RNNCell(long inputs, long hidden, torch.nn.NonLinearities nonlinearity, bool bias, torch.Device? device, torch.ScalarType? dtype)
        : base(nameof(RNNCell))
    {
        _hidden = hidden;
        _operator = nonlinearity == torch.nn.NonLinearities.ReLU ? "rnn_relu_cell" : "rnn_tanh_cell";
        var bound = hidden > 0 ? 1 / Math.Sqrt(hidden) : 0;
        weight_ih = Uniform(hidden, inputs);
        weight_hh = Uniform(hidden, hidden);
        if (!bias) return;
        bias_ih = Uniform(hidden);
        bias_hh = Uniform(hidden);

        Parameter Uniform(params long[] shape) => new(torch.nn.init.uniform_(Fresh.Empty(device, dtype, shape), -bound, bound));
    }

    public Parameter? weight_ih
    {
        get => _weight_ih;
        set => Replace(nameof(weight_ih), ref _weight_ih, value ?? throw new ArgumentNullException(nameof(weight_ih)));
    }

    public Parameter? weight_hh
    {
        get => _weight_hh;
        set => Replace(nameof(weight_hh), ref _weight_hh, value ?? throw new ArgumentNullException(nameof(weight_hh)));
    }

    public Parameter? bias_ih
    {
        get => _bias_ih;
        set => Replace(nameof(bias_ih), ref _bias_ih, value ?? throw new ArgumentNullException(nameof(bias_ih)));
    }

    public Parameter? bias_hh
    {
        get => _bias_hh;
        set => Replace(nameof(bias_hh), ref _bias_hh, value ?? throw new ArgumentNullException(nameof(bias_hh)));
    }

    /// <summary>The next state; one that isn't given is 0.</summary>
    public override torch.Tensor forward(torch.Tensor input, torch.Tensor? h0 = null)
    {
        using var zero = h0 is null ? RecurrentState.Zero(input, _hidden) : null;
        return Run(_operator, input, h0 ?? zero, weight_ih, weight_hh, bias_ih, bias_hh);
    }
}

/// <summary>One step of a gated recurrent unit.</summary>
public sealed class GRUCell : torch.nn.Module<torch.Tensor, torch.Tensor, torch.Tensor>
{
    private readonly long _hidden;
    [ComponentName(Name = nameof(weight_ih))] private Parameter? _weight_ih;
    [ComponentName(Name = nameof(weight_hh))] private Parameter? _weight_hh;
    [ComponentName(Name = nameof(bias_ih))] private Parameter? _bias_ih;
    [ComponentName(Name = nameof(bias_hh))] private Parameter? _bias_hh;

    internal GRUCell(long inputs, long hidden, bool bias, torch.Device? device, torch.ScalarType? dtype)
        : base(nameof(GRUCell))
    {
        _hidden = hidden;
        var bound = hidden > 0 ? 1 / Math.Sqrt(hidden) : 0;
        weight_ih = Uniform(3 * hidden, inputs);
        weight_hh = Uniform(3 * hidden, hidden);
        if (!bias) return;
        bias_ih = Uniform(3 * hidden);
        bias_hh = Uniform(3 * hidden);

        Parameter Uniform(params long[] shape) => new(torch.nn.init.uniform_(Fresh.Empty(device, dtype, shape), -bound, bound));
    }

    public Parameter? weight_ih
    {
        get => _weight_ih;
        set => Replace(nameof(weight_ih), ref _weight_ih, value ?? throw new ArgumentNullException(nameof(weight_ih)));
    }

    public Parameter? weight_hh
    {
        get => _weight_hh;
        set => Replace(nameof(weight_hh), ref _weight_hh, value ?? throw new ArgumentNullException(nameof(weight_hh)));
    }

    public Parameter? bias_ih
    {
        get => _bias_ih;
        set => Replace(nameof(bias_ih), ref _bias_ih, value ?? throw new ArgumentNullException(nameof(bias_ih)));
    }

    public Parameter? bias_hh
    {
        get => _bias_hh;
        set => Replace(nameof(bias_hh), ref _bias_hh, value ?? throw new ArgumentNullException(nameof(bias_hh)));
    }

    /// <summary>The next state; one that isn't given is 0.</summary>
    public override torch.Tensor forward(torch.Tensor input, torch.Tensor? h0 = null)
    {
        using var zero = h0 is null ? RecurrentState.Zero(input, _hidden) : null;
        return Run("gru_cell", input, h0 ?? zero, weight_ih, weight_hh, bias_ih, bias_hh);
    }
}

/// <summary>One step of a long short-term memory.</summary>
public sealed class LSTMCell : torch.nn.Module<torch.Tensor, (torch.Tensor, torch.Tensor)?, (torch.Tensor, torch.Tensor)>
{
    private readonly long _hidden;
    [ComponentName(Name = nameof(weight_ih))] private Parameter? _weight_ih;
    [ComponentName(Name = nameof(weight_hh))] private Parameter? _weight_hh;
    [ComponentName(Name = nameof(bias_ih))] private Parameter? _bias_ih;
    [ComponentName(Name = nameof(bias_hh))] private Parameter? _bias_hh;

    internal LSTMCell(long inputs, long hidden, bool bias, torch.Device? device, torch.ScalarType? dtype)
        : base(nameof(LSTMCell))
    {
        _hidden = hidden;
        var bound = hidden > 0 ? 1 / Math.Sqrt(hidden) : 0;
        weight_ih = Uniform(4 * hidden, inputs);
        weight_hh = Uniform(4 * hidden, hidden);
        if (!bias) return;
        bias_ih = Uniform(4 * hidden);
        bias_hh = Uniform(4 * hidden);

        Parameter Uniform(params long[] shape) => new(torch.nn.init.uniform_(Fresh.Empty(device, dtype, shape), -bound, bound));
    }

    public Parameter? weight_ih
    {
        get => _weight_ih;
        set => Replace(nameof(weight_ih), ref _weight_ih, value ?? throw new ArgumentNullException(nameof(weight_ih)));
    }

    public Parameter? weight_hh
    {
        get => _weight_hh;
        set => Replace(nameof(weight_hh), ref _weight_hh, value ?? throw new ArgumentNullException(nameof(weight_hh)));
    }

    public Parameter? bias_ih
    {
        get => _bias_ih;
        set => Replace(nameof(bias_ih), ref _bias_ih, value ?? throw new ArgumentNullException(nameof(bias_ih)));
    }

    public Parameter? bias_hh
    {
        get => _bias_hh;
        set => Replace(nameof(bias_hh), ref _bias_hh, value ?? throw new ArgumentNullException(nameof(bias_hh)));
    }

    public new (torch.Tensor, torch.Tensor) call(torch.Tensor input, (torch.Tensor, torch.Tensor)? h0_c0 = null) => base.call(input, h0_c0);

    /// <summary>The next state and memory; ones that aren't given are 0.</summary>
    public override (torch.Tensor, torch.Tensor) forward(torch.Tensor input, (torch.Tensor, torch.Tensor)? h0_c0)
    {
        using var zero = h0_c0 is null ? RecurrentState.Zero(input, _hidden) : null;
        var (state, memory) = h0_c0 ?? (zero!, zero!);
        var results = RunMany("lstm_cell", input, new[] { state, memory }, weight_ih, weight_hh, bias_ih, bias_hh);
        return (results[0], results[1]);
    }
}

internal static class RecurrentState
{
    public static torch.Tensor Zero(torch.Tensor input, long hidden)
    {
        var shape = input.shape;
        shape[^1] = hidden;
        return Fresh.Full(input.device, input.dtype, 0, shape);
    }
}
