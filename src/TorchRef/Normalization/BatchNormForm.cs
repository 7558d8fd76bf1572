namespace TorchRef.Normalization;

/// <summary>How the gradient of batch normalisation in training comes about. The results are the same.</summary>
public enum BatchNormForm
{
    /// <summary>The forward is composed of tensor primitives; autograd derives the gradient from them.</summary>
    Composite,

    /// <summary>One autograd function with the derivative worked out by hand: fewer passes over memory, less memory kept.</summary>
    ClosedForm,
}
