namespace TorchRef.Experiments.Catalog.Activations;

/// <summary>The straight line that comes closest to the sigmoid of γx + β for x from N(0, 1).</summary>
/// <param name="Intercept">Its value at x = 0.</param>
/// <param name="Slope">How steep it is.</param>
/// <param name="R2">The share of the sigmoid's variance that it explains.</param>
internal readonly record struct StraightFit(double Intercept, double Slope, double R2)
{
    // The trapezoidal rule over a function that is smooth and dies out: exact to the last digits from a step of ½ on.
    private const double Reach = 10;
    private const double Step = 1.0 / 64;

    /// <summary>The fit: slope = E[xσ], intercept = E[σ], R² = slope²/Var σ.</summary>
    public static StraightFit Of(double gamma, double beta)
    {
        // Less the value in the middle: of a hair of the curve the squares would leave few digits.
        double middle = Sigmoid(beta);
        double total = 0, first = 0, second = 0, mixed = 0;
        for (double x = -Reach; x <= Reach; x += Step)
        {
            double weight = Math.Exp(-x * x / 2), value = Sigmoid(gamma * x + beta) - middle;
            total += weight;
            first += weight * value;
            second += weight * value * value;
            mixed += weight * x * value;
        }

        (double mean, double slope) = (first / total, mixed / total);
        return new StraightFit(middle + mean, slope, slope * slope / (second / total - mean * mean));
    }

    public static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    public double At(double x) => Intercept + Slope * x;
}
