using static TorchSharp.torch;

namespace TorchRef.Cli.Tests.Verification;

/// <summary>A fault of recurrent normalisation: it believes that it is always the first step.</summary>
internal sealed class Timeless : nn.Module<Tensor, long, Tensor>
{
    private readonly nn.Module<Tensor, long, Tensor> _norm;

    public Timeless(nn.Module<Tensor, long, Tensor> norm)
        : base(nameof(Timeless))
    {
        _norm = norm;
        foreach (var (name, buffer) in norm.named_buffers()) register_buffer(name, buffer);
        foreach (var (name, parameter) in norm.named_parameters()) register_parameter(name, parameter);
    }

    public override Tensor forward(Tensor input, long time)
    {
        _norm.train(training);
        return _norm.call(input, 0);                            // [N, C]
    }
}
