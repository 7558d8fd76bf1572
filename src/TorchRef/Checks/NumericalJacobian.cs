namespace TorchRef.Checks;

/// <summary>A Jacobian by differences.</summary>
/// <param name="Value">[outputs, inputs]: the derivatives, all outputs end to end against all differentiable inputs end to end, each in row-major order; a complex element counts twice, real and imaginary part.</param>
/// <param name="Bar">[outputs, inputs]: the error bars. Infinite where differences didn't give a number; half the gap between both slopes, or more, at a kink.</param>
/// <param name="Evaluations">How often the function was evaluated.</param>
public sealed record NumericalJacobian(double[,] Value, double[,] Bar, long Evaluations);
