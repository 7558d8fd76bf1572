namespace TorchRef.Experiments.Catalog.Inputs;

/// <summary>A quadratic loss in two weights, ½ dᵀHd at the distance d from its minimum, by the entries of H.</summary>
internal readonly record struct Bowl(double XX, double XY, double YY)
{
    private const double Near = 1e-6;

    private double Middle => (XX + YY) / 2;

    private double Half => Math.Sqrt((XX - YY) * (XX - YY) / 4 + XY * XY);

    /// <summary>λmax.</summary>
    public double Steepest => Middle + Half;

    /// <summary>λmin, by the determinant: the difference of two large numbers would lose its digits.</summary>
    public double Flattest => (XX * YY - XY * XY) / Steepest;

    /// <summary>λmax/λmin: how elongated the contours are, squared.</summary>
    public double Condition => Steepest / Flattest;

    /// <summary>The widest angle between the direction of descent and that to the minimum, in degrees: where tan θ = (κ − 1)/(2√κ).</summary>
    public double WidestAngle => Math.Atan((Condition - 1) / (2 * Math.Sqrt(Condition))) * 180 / Math.PI;

    public double At(double x, double y) => (XX * x * x + 2 * XY * x * y + YY * y * y) / 2;

    /// <summary>The w with Hw = b.</summary>
    public (double X, double Y) Solve(double x, double y)
    {
        double determinant = XX * YY - XY * XY;
        return ((YY * x - XY * y) / determinant, (XX * y - XY * x) / determinant);
    }

    /// <summary>One step of gradient descent.</summary>
    public (double X, double Y) Step(double x, double y, double rate) => (x - rate * (XX * x + XY * y), y - rate * (XY * x + YY * y));

    /// <summary>How many steps of rate 1/λmax lead from a distance to a millionth of it.</summary>
    public int StepsToMinimum(double x, double y, int most, CancellationToken stop)
    {
        double far = double.Hypot(x, y), rate = 1 / Steepest;
        int steps = 0;
        for (; steps < most && double.Hypot(x, y) > Near * far; steps++)
        {
            if (steps % 65536 == 0) stop.ThrowIfCancellationRequested();
            (x, y) = Step(x, y, rate);
        }

        return steps;
    }

    /// <summary>The points of a descent, the start included.</summary>
    public (double[] X, double[] Y) Path(double x, double y, double rate, int steps)
    {
        (var xs, var ys) = (new double[steps + 1], new double[steps + 1]);
        for (int i = 0; i <= steps; i++)
        {
            (xs[i], ys[i]) = (x, y);
            (x, y) = Step(x, y, rate);
        }

        return (xs, ys);
    }
}
