using TorchSharp.Utils;

namespace TorchSharp
{
    /// <summary>What a convolution's border is filled with.</summary>
    public enum PaddingModes
    {
        Zeros = 0,
        Reflect = 1,
        Replicate = 2,
        Circular = 3,
        Constant = 4,
    }

    /// <summary>A border by name: none, or as wide as keeps the size.</summary>
    public enum Padding
    {
        Valid = 0,
        Same = 1,
    }
}

namespace TorchSharp.Modules
{
    /// <summary>What convolutions share: their weights and how they are laid over the input.</summary>
    public abstract class Convolution : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        [ComponentName(Name = nameof(weight))] protected Parameter? _weight;
        [ComponentName(Name = nameof(bias))] protected Parameter? _bias;

        /// <summary>The border in the order in which <c>pad</c> takes it: last dimension first, both sides.</summary>
        protected long[] _reversed_padding_repeated_twice = [];

        protected Convolution(string name, long in_channels, long out_channels, long[] kernel_size, long[] stride, long[]? padding, Padding? padding_type, long[] dilation, bool transposed, long[] output_padding, long groups, bool bias, PaddingModes padding_mode, torch.Device? device = null, torch.ScalarType? dtype = null)
            : base(name)
        {
            if (groups <= 0) throw new ArgumentException("groups must be a positive integer");
            if (in_channels % groups != 0) throw new ArgumentException("in_channels must be divisible by groups");
            if (out_channels % groups != 0) throw new ArgumentException("out_channels must be divisible by groups");
            if (transposed && padding_mode != PaddingModes.Zeros) throw new ArgumentException($"Only \"zeros\" padding mode is supported for {name}");
            (this.in_channels, this.out_channels, this.groups, this.transposed, this.padding_mode) = (in_channels, out_channels, groups, transposed, padding_mode);
            (this.kernel_size, this.stride, this.dilation, this.output_padding) = (kernel_size, stride, dilation, output_padding);
            if (padding_type is { } type) SetPadding(type);
            else SetPadding(padding ?? new long[kernel_size.Length]);
            long[] shape = transposed ? [in_channels, out_channels / groups, .. kernel_size] : [out_channels, in_channels / groups, .. kernel_size];
            weight = Fresh.Weight(device, dtype, shape);
            if (bias) this.bias = Fresh.Bias(weight, out_channels);
        }

        public long in_channels { get; }

        public long out_channels { get; }

        public bool transposed { get; }

        public long groups { get; set; }

        public long[] kernel_size { get; set; }

        public long[] stride { get; set; }

        public long[] dilation { get; set; }

        public long[] output_padding { get; set; }

        public PaddingModes padding_mode { get; set; }

        public long[]? padding { get; private set; }

        public Padding? padding_type { get; private set; }

        public Parameter weight
        {
            get => _weight!;
            set => Replace(nameof(weight), ref _weight, value ?? throw new ArgumentNullException(nameof(weight)));
        }

        public Parameter? bias
        {
            get => _bias;
            set => Replace(nameof(bias), ref _bias, value);
        }

        public void reset_parameters()
        {
            torch.nn.init.kaiming_uniform_(weight, Math.Sqrt(5));
            if (bias is not null) Fresh.UniformBias(bias, weight);
        }

        public void SetPadding(long[] padding)
        {
            (this.padding, padding_type) = (padding, null);
            _reversed_padding_repeated_twice = [.. padding.Reverse().SelectMany(size => new[] { size, size })];
        }

        public void SetPadding(Padding padding)
        {
            if (transposed) throw new ArgumentException("a border by name fits plain convolutions: expected sizes for a transposed one but got a name");
            if (padding == Padding.Same && stride.Any(step => step != 1)) throw new ArgumentException("padding='same' is not supported for strided convolutions");
            (this.padding, padding_type) = (null, padding);
            var totals = kernel_size.Select((size, d) => padding == Padding.Same ? dilation[d] * (size - 1) : 0);
            _reversed_padding_repeated_twice = [.. totals.Reverse().SelectMany(total => new[] { total / 2, total - total / 2 })];
        }

        protected bool ValidateShape(torch.Tensor input, long dimensions)
        {
            var shape = input.shape;
            return (shape.Length == dimensions + 2 && shape[1] == in_channels) || (shape.Length == dimensions + 1 && shape[0] == in_channels);
        }

        private protected void Require(torch.Tensor input, int dimensions)
        {
            if (!ValidateShape(input, dimensions))
                throw new ArgumentException($"a {GetName()} takes its own channels: expected {dimensions + 1}D (unbatched) or {dimensions + 2}D (batched) input with {in_channels} channels but got [{string.Join(", ", input.shape)}]");
        }

        /// <summary>The convolution itself; a border of anything but zeros is put around the input before.</summary>
        private protected torch.Tensor Convolve(torch.Tensor input, int dimensions)
        {
            Require(input, dimensions);
            if (padding_mode != PaddingModes.Zeros)
            {
                using var padded = torch.nn.functional.pad(input, _reversed_padding_repeated_twice, padding_mode);
                return Engine.Op.Run($"conv{dimensions}d", padded, weight, bias, stride, new long[dimensions], dilation, groups);
            }
            return padding_type is { } type
                ? Engine.Op.Run($"conv{dimensions}d.padding", input, weight, bias, stride, torch.nn.functional.NameOf(type), dilation, groups)
                : Engine.Op.Run($"conv{dimensions}d", input, weight, bias, stride, padding, dilation, groups);
        }
    }

    public sealed class Conv1d : Convolution
    {
        internal Conv1d(long ins, long outs, long[] kernel, long[] stride, long[]? padding, Padding? type, long[] dilation, long groups, bool bias, PaddingModes mode, torch.Device? device, torch.ScalarType? dtype)
            : base(nameof(Conv1d), ins, outs, kernel, stride, padding, type, dilation, false, [0], groups, bias, mode, device, dtype)
        {
        }

        public override torch.Tensor forward(torch.Tensor input) => Convolve(input, 1);
    }

    public sealed class Conv2d : Convolution
    {
        internal Conv2d(long ins, long outs, long[] kernel, long[] stride, long[]? padding, Padding? type, long[] dilation, long groups, bool bias, PaddingModes mode, torch.Device? device, torch.ScalarType? dtype)
            : base(nameof(Conv2d), ins, outs, kernel, stride, padding, type, dilation, false, [0, 0], groups, bias, mode, device, dtype)
        {
        }

        public override torch.Tensor forward(torch.Tensor input) => Convolve(input, 2);
    }

    public sealed class Conv3d : Convolution
    {
        internal Conv3d(long ins, long outs, long[] kernel, long[] stride, long[]? padding, Padding? type, long[] dilation, long groups, bool bias, PaddingModes mode, torch.Device? device, torch.ScalarType? dtype)
            : base(nameof(Conv3d), ins, outs, kernel, stride, padding, type, dilation, false, [0, 0, 0], groups, bias, mode, device, dtype)
        {
        }

        public override torch.Tensor forward(torch.Tensor input) => Convolve(input, 3);
    }
}
