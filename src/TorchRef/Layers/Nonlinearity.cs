namespace TorchRef.Layers;

/// <summary>What comes after a layer, as far as the scale of its weights depends on it.</summary>
public enum Nonlinearity
{
    /// <summary>Nothing: the layer is affine or convolutional, and so is what follows.</summary>
    Linear,

    /// <summary>The sigmoid.</summary>
    Sigmoid,

    /// <summary>The hyperbolic tangent.</summary>
    Tanh,

    /// <summary>The rectifier.</summary>
    ReLU,

    /// <summary>The rectifier with a slope on the left.</summary>
    LeakyReLU,

    /// <summary>The scaled exponential linear unit.</summary>
    SELU,
}
