namespace TorchSharp;

/// <summary>What a printed tensor looks like.</summary>
public enum TensorStringStyle
{
    /// <summary>Shape, type and device only.</summary>
    Metadata,

    /// <summary>Those, then aligned matrices, each under its position.</summary>
    Julia,

    /// <summary>Nested brackets.</summary>
    Numpy,

    /// <summary>An array initialiser.</summary>
    CSharp,

    /// <summary>The style that <see cref="torch.TensorStringStyle"/> says.</summary>
    Default,
}
