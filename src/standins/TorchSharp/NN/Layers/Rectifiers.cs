namespace TorchSharp.Modules;

public sealed class ReLU : ParameterLessModule<torch.Tensor, torch.Tensor>
{
    internal ReLU(bool inplace)
        : base(nameof(ReLU))
    {
        this.inplace = inplace;
    }

    public bool inplace { get; set; }

    public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.relu(tensor, inplace);
}

public sealed class ReLU6 : ParameterLessModule<torch.Tensor, torch.Tensor>
{
    internal ReLU6(bool inplace)
        : base(nameof(ReLU6))
    {
        this.inplace = inplace;
    }

    public bool inplace { get; set; }

    public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.relu6(tensor, inplace);
}

public sealed class LeakyReLU : ParameterLessModule<torch.Tensor, torch.Tensor>
{
    internal LeakyReLU(double negative_slope, bool inplace)
        : base(nameof(LeakyReLU))
    {
        (this.negative_slope, this.inplace) = (negative_slope, inplace);
    }

    public double negative_slope { get; set; }

    public bool inplace { get; set; }

    public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.leaky_relu(tensor, negative_slope, inplace);
}

/// <summary>A leaky ReLU whose slopes are drawn in training; their mean in evaluation.</summary>
public sealed class RReLU : ParameterLessModule<torch.Tensor, torch.Tensor>
{
    internal RReLU(double lower, double upper, bool inplace)
        : base(nameof(RReLU))
    {
        (this.lower, this.upper, this.inplace) = (lower, upper, inplace);
    }

    public double lower { get; set; }

    public double upper { get; set; }

    public bool inplace { get; set; }

    public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.rrelu(tensor, lower, upper, training, inplace);
}

public sealed class ELU : ParameterLessModule<torch.Tensor, torch.Tensor>
{
    internal ELU(double alpha, bool inplace)
        : base(nameof(ELU))
    {
        (this.alpha, this.inplace) = (alpha, inplace);
    }

    public double alpha { get; set; }

    public bool inplace { get; set; }

    public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.elu(tensor, alpha, inplace);
}

public sealed class CELU : ParameterLessModule<torch.Tensor, torch.Tensor>
{
    internal CELU(double alpha, bool inplace)
        : base(nameof(CELU))
    {
        (this.alpha, this.inplace) = (alpha, inplace);
    }

    public double alpha { get; set; }

    public bool inplace { get; set; }

    public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.celu(tensor, alpha, inplace);
}

public sealed class SELU : ParameterLessModule<torch.Tensor, torch.Tensor>
{
    internal SELU(bool inplace)
        : base(nameof(SELU))
    {
        this.inplace = inplace;
    }

    public bool inplace { get; set; }

    public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.selu(tensor, inplace);
}

public sealed class GELU : ParameterLessModule<torch.Tensor, torch.Tensor>
{
    internal GELU(bool inplace)
        : base(nameof(GELU))
    {
        this.inplace = inplace;
    }

    public bool inplace { get; set; }

    public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.gelu(tensor, inplace);
}

public sealed class SiLU : ParameterLessModule<torch.Tensor, torch.Tensor>
{
    internal SiLU(bool inplace)
        : base(nameof(SiLU))
    {
        this.inplace = inplace;
    }

    public bool inplace { get; set; }

    public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.silu(tensor, inplace);
}

public sealed class Mish : ParameterLessModule<torch.Tensor, torch.Tensor>
{
    internal Mish(bool inplace)
        : base(nameof(Mish))
    {
        this.inplace = inplace;
    }

    public bool inplace { get; set; }

    public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.mish(tensor, inplace);
}

public sealed class GLU : ParameterLessModule<torch.Tensor, torch.Tensor>
{
    internal GLU(long dim)
        : base(nameof(GLU))
    {
        this.dim = dim;
    }

    public long dim { get; set; }

    public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.glu(tensor, dim);
}

/// <summary>A leaky ReLU that learns its slopes.</summary>
public sealed class PReLU : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    [Utils.ComponentName(Name = nameof(weight))] private Parameter? _weight;

    internal PReLU(long parameters, double init, torch.Device? device, torch.ScalarType? dtype)
        : base(nameof(PReLU))
    {
        (num_parameters, this.init) = (parameters, init);
        weight = new Parameter(Fresh.Full(device, dtype, init, parameters));
    }

    public long num_parameters { get; }

    public double init { get; }

    public Parameter weight
    {
        get => _weight!;
        set => Replace(nameof(weight), ref _weight, value ?? throw new ArgumentNullException(nameof(weight)));
    }

    public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.prelu(tensor, weight);
}
