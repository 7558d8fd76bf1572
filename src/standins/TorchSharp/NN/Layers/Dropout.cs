namespace TorchSharp.Modules;

/// <summary>Sets elements to 0 with probability p in training and scales the others by 1/(1−p).</summary>
public sealed class Dropout : ParameterLessModule<torch.Tensor, torch.Tensor>
{
    internal Dropout(double p, bool inplace)
        : base(nameof(Dropout))
    {
        (this.p, this.inplace) = (torch.nn.functional.RequireProbability(p), inplace);
    }

    public double p { get; set; }

    public bool inplace { get; set; }

    public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.dropout(tensor, p, training, inplace);
}

/// <summary>Dropout of whole channels with one spatial dimension.</summary>
public sealed class Dropout1d : ParameterLessModule<torch.Tensor, torch.Tensor>
{
    internal Dropout1d(double p, bool inplace)
        : base(nameof(Dropout1d))
    {
        (this.p, this.inplace) = (torch.nn.functional.RequireProbability(p), inplace);
    }

    public double p { get; set; }

    public bool inplace { get; set; }

    public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.dropout1d(tensor, p, training, inplace);
}

/// <summary>Dropout of whole channels with two spatial dimensions.</summary>
public sealed class Dropout2d : ParameterLessModule<torch.Tensor, torch.Tensor>
{
    internal Dropout2d(double p, bool inplace)
        : base(nameof(Dropout2d))
    {
        (this.p, this.inplace) = (torch.nn.functional.RequireProbability(p), inplace);
    }

    public double p { get; set; }

    public bool inplace { get; set; }

    public override torch.Tensor forward(torch.Tensor input) => torch.nn.functional.dropout2d(input, p, training, inplace);
}

/// <summary>Dropout of whole channels with three spatial dimensions.</summary>
public sealed class Dropout3d : ParameterLessModule<torch.Tensor, torch.Tensor>
{
    internal Dropout3d(double p, bool inplace)
        : base(nameof(Dropout3d))
    {
        (this.p, this.inplace) = (torch.nn.functional.RequireProbability(p), inplace);
    }

    public double p { get; set; }

    public bool inplace { get; set; }

    public override torch.Tensor forward(torch.Tensor input) => torch.nn.functional.dropout3d(input, p, training, inplace);
}

/// <summary>Dropout that keeps the mean and variance that SELU gives.</summary>
public sealed class AlphaDropout : ParameterLessModule<torch.Tensor, torch.Tensor>
{
    internal AlphaDropout(double p, bool inplace)
        : base(nameof(AlphaDropout))
    {
        (this.p, this.inplace) = (torch.nn.functional.RequireProbability(p), inplace);
    }

    public double p { get; set; }

    public bool inplace { get; set; }

    public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.alpha_dropout(tensor, p, training, inplace);
}

/// <summary>Alpha dropout of whole channels.</summary>
public sealed class FeatureAlphaDropout : ParameterLessModule<torch.Tensor, torch.Tensor>
{
    internal FeatureAlphaDropout(double p, bool inplace)
        : base(nameof(FeatureAlphaDropout))
    {
        (this.p, this.inplace) = (torch.nn.functional.RequireProbability(p), inplace);
    }

    public double p { get; set; }

    public bool inplace { get; set; }

    public override torch.Tensor forward(torch.Tensor input) => torch.nn.functional.feature_alpha_dropout(input, p, training, inplace);
}
