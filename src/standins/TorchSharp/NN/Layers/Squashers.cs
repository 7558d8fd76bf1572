namespace TorchSharp.Modules;

public sealed class Sigmoid : ParameterLessModule<torch.Tensor, torch.Tensor>
{
    internal Sigmoid(bool inplace)
        : base(nameof(Sigmoid))
    {
        this.inplace = inplace;
    }

    public bool inplace { get; set; }

    public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.sigmoid(tensor, inplace);
}

public sealed class Tanh : ParameterLessModule<torch.Tensor, torch.Tensor>
{
    internal Tanh(bool inplace)
        : base(nameof(Tanh))
    {
        this.inplace = inplace;
    }

    public bool inplace { get; set; }

    public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.tanh(tensor, inplace);
}

public sealed class LogSigmoid : ParameterLessModule<torch.Tensor, torch.Tensor>
{
    internal LogSigmoid()
        : base(nameof(LogSigmoid))
    {
    }

    public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.logsigmoid(tensor);
}

public sealed class Hardsigmoid : ParameterLessModule<torch.Tensor, torch.Tensor>
{
    internal Hardsigmoid(bool inplace)
        : base(nameof(Hardsigmoid))
    {
        this.inplace = inplace;
    }

    public bool inplace { get; set; }

    public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.hardsigmoid(tensor, inplace);
}

public sealed class Hardswish : ParameterLessModule<torch.Tensor, torch.Tensor>
{
    internal Hardswish(bool inplace)
        : base(nameof(Hardswish))
    {
        this.inplace = inplace;
    }

    public bool inplace { get; set; }

    public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.hardswish(tensor, inplace);
}

public sealed class Hardtanh : ParameterLessModule<torch.Tensor, torch.Tensor>
{
    internal Hardtanh(double min_val, double max_val, bool inplace)
        : base(nameof(Hardtanh))
    {
        (this.min_val, this.max_val, this.inplace) = (min_val, max_val, inplace);
    }

    public double min_val { get; set; }

    public double max_val { get; set; }

    public bool inplace { get; set; }

    public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.hardtanh(tensor, min_val, max_val, inplace);
}

public sealed class Hardshrink : ParameterLessModule<torch.Tensor, torch.Tensor>
{
    internal Hardshrink(double lambda)
        : base(nameof(Hardshrink))
    {
        this.lambda = lambda;
    }

    public double lambda { get; set; }

    public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.hardshrink(tensor, lambda);
}

public sealed class Softshrink : ParameterLessModule<torch.Tensor, torch.Tensor>
{
    internal Softshrink(double lambda)
        : base(nameof(Softshrink))
    {
        this.lambda = lambda;
    }

    public double lambda { get; set; }

    public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.softshrink(tensor, lambda);
}

public sealed class Softplus : ParameterLessModule<torch.Tensor, torch.Tensor>
{
    internal Softplus(double beta, double threshold)
        : base(nameof(Softplus))
    {
        (this.beta, this.threshold) = (beta, threshold);
    }

    public double beta { get; set; }

    public double threshold { get; set; }

    public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.softplus(tensor, beta, threshold);
}

public sealed class Softsign : ParameterLessModule<torch.Tensor, torch.Tensor>
{
    internal Softsign(bool inplace)
        : base(nameof(Softsign))
    {
        this.inplace = inplace;
    }

    public bool inplace { get; set; }

    public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.softsign(tensor, inplace);
}

public sealed class Tanhshrink : ParameterLessModule<torch.Tensor, torch.Tensor>
{
    internal Tanhshrink(bool inplace)
        : base(nameof(Tanhshrink))
    {
        this.inplace = inplace;
    }

    public bool inplace { get; set; }

    public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.tanhshrink(tensor, inplace);
}

public sealed class Threshold : ParameterLessModule<torch.Tensor, torch.Tensor>
{
    internal Threshold(double threshold, double value, bool inplace)
        : base(nameof(Threshold))
    {
        (this.threshold, this.value, this.inplace) = (threshold, value, inplace);
    }

    public double threshold { get; set; }

    public double value { get; set; }

    public bool inplace { get; set; }

    public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.threshold(tensor, threshold, value, inplace);
}

public sealed class Softmax : ParameterLessModule<torch.Tensor, torch.Tensor>
{
    internal Softmax(long dim)
        : base(nameof(Softmax))
    {
        this.dim = dim;
    }

    public long dim { get; set; }

    public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.softmax(tensor, dim);
}

public sealed class LogSoftmax : ParameterLessModule<torch.Tensor, torch.Tensor>
{
    internal LogSoftmax(long dim)
        : base(nameof(LogSoftmax))
    {
        this.dim = dim;
    }

    public long dim { get; set; }

    public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.log_softmax(tensor, dim);
}

public sealed class Softmin : ParameterLessModule<torch.Tensor, torch.Tensor>
{
    internal Softmin(long dim)
        : base(nameof(Softmin))
    {
        this.dim = dim;
    }

    public long dim { get; set; }

    public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.softmin(tensor, dim);
}

public sealed class Softmax2d : ParameterLessModule<torch.Tensor, torch.Tensor>
{
    internal Softmax2d()
        : base(nameof(Softmax2d))
    {
    }

    public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.softmax2d(tensor);
}
