namespace TorchRef.Layers;

/// <summary>How the gradient of a layer comes about. The results are the same.</summary>
public enum GradientForm
{
    /// <summary>The forward is composed of tensor primitives; autograd derives the gradient from them.</summary>
    Composite,

    /// <summary>One autograd function with the derivative worked out by hand.</summary>
    ClosedForm,
}
