namespace TorchRef.Layers;

/// <summary>Which count of connections decides the scale of weights.</summary>
public enum FanMode
{
    /// <summary>The inputs of a unit: keeps the spread of activations on the way forward.</summary>
    In,

    /// <summary>The units that an input goes to: keeps the spread of gradients on the way back.</summary>
    Out,
}
