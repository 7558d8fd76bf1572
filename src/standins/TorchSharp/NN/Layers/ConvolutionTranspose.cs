namespace TorchSharp.Modules;

/// <summary>The convolution that leads back: the gradient of a plain one with respect to its input.</summary>
public abstract class ConvolutionTranspose : Convolution
{
    protected ConvolutionTranspose(string name, long in_channels, long out_channels, long[] kernel_size, long[] stride, long[]? padding, Padding? padding_type, long[] dilation, bool transposed, long[] output_padding, long groups, bool bias, PaddingModes padding_mode, torch.Device? device = null, torch.ScalarType? dtype = null)
        : base(name, in_channels, out_channels, kernel_size, stride, padding, padding_type, dilation, transposed, output_padding, groups, bias, padding_mode, device, dtype)
    {
    }

    public override torch.Tensor forward(torch.Tensor input) => forward(input, null);

    /// <summary>With an output of a size of the caller's, where the stride leaves a choice.</summary>
    public abstract torch.Tensor forward(torch.Tensor input, long[]? output_size);

    /// <summary>What must be added on one side to reach the size wanted.</summary>
    protected long[] _output_padding(torch.Tensor input, long[]? output_size, long[] kernel_size, long[] stride, long[] padding, long[] dilation, long num_spatial_dims)
    {
        if (output_size is null) return output_padding;
        var spatial = (int)num_spatial_dims;
        var others = (int)input.Dimensions - spatial;
        if (output_size.Length == input.Dimensions) output_size = output_size[others..];
        if (output_size.Length != spatial)
            throw new ArgumentException($"{GetName()}: for {input.Dimensions}D input, output_size must have {spatial} or {input.Dimensions} elements (got {output_size.Length})");
        var shape = input.shape;
        var added = new long[spatial];
        for (var d = 0; d < spatial; d++)
        {
            var least = (shape[d + others] - 1) * stride[d] - 2 * padding[d] + dilation[d] * (kernel_size[d] - 1) + 1;
            added[d] = output_size[d] - least;
            if (added[d] < 0 || added[d] >= stride[d])
                throw new ArgumentException($"requested an output size of [{string.Join(", ", output_size)}], but valid sizes range from {least} to {least + stride[d] - 1} in dimension {d}");
        }
        return added;
    }

    private protected torch.Tensor ConvolveBack(torch.Tensor input, long[]? size, int dimensions)
    {
        Require(input, dimensions);
        var added = _output_padding(input, size, kernel_size, stride, padding!, dilation, dimensions);
        return Engine.Op.Run(dimensions == 1 ? "conv_transpose1d" : $"conv_transpose{dimensions}d.input", input, weight, bias, stride, padding, added, groups, dilation);
    }
}

public sealed class ConvTranspose1d : ConvolutionTranspose
{
    internal ConvTranspose1d(long ins, long outs, long[] kernel, long[] stride, long[] padding, long[] added, long[] dilation, long groups, bool bias, PaddingModes mode, torch.Device? device, torch.ScalarType? dtype)
        : base(nameof(ConvTranspose1d), ins, outs, kernel, stride, padding, null, dilation, true, added, groups, bias, mode, device, dtype)
    {
    }

    public override torch.Tensor forward(torch.Tensor input, long[]? output_size) => ConvolveBack(input, output_size, 1);
}

public sealed class ConvTranspose2d : ConvolutionTranspose
{
    internal ConvTranspose2d(long ins, long outs, long[] kernel, long[] stride, long[] padding, long[] added, long[] dilation, long groups, bool bias, PaddingModes mode, torch.Device? device, torch.ScalarType? dtype)
        : base(nameof(ConvTranspose2d), ins, outs, kernel, stride, padding, null, dilation, true, added, groups, bias, mode, device, dtype)
    {
    }

    public override torch.Tensor forward(torch.Tensor input, long[]? output_size) => ConvolveBack(input, output_size, 2);
}

public sealed class ConvTranspose3d : ConvolutionTranspose
{
    internal ConvTranspose3d(long ins, long outs, long[] kernel, long[] stride, long[] padding, long[] added, long[] dilation, long groups, bool bias, PaddingModes mode, torch.Device? device, torch.ScalarType? dtype)
        : base(nameof(ConvTranspose3d), ins, outs, kernel, stride, padding, null, dilation, true, added, groups, bias, mode, device, dtype)
    {
    }

    public override torch.Tensor forward(torch.Tensor input, long[]? output_size) => ConvolveBack(input, output_size, 3);
}
