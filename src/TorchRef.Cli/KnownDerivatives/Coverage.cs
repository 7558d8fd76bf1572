using TorchRef.Checks;
using static TorchSharp.torch;

namespace TorchRef.Cli.KnownDerivatives;

/// <summary>How many of the numerical derivatives lie within their error bars of the known ones.</summary>
internal sealed class Coverage
{
    /// <summary>What the formula itself, computed in float64, may be off by, relative to the largest entry of its row.</summary>
    private const double FormulaError = 2e-15;

    private readonly List<double> _bars = [];

    public long Entries { get; private set; }

    public long Covered { get; private set; }

    /// <summary>The largest error in units of its bar, and where.</summary>
    public (double ratio, string where) Worst { get; private set; } = (0, "nowhere");

    public double Share => Entries == 0 ? 0 : (double)Covered / Entries;

    /// <summary>The bar that half of the entries stay below, relative to the largest entry of their rows. Bars that are wide enough cover everything.</summary>
    public double MedianBar => Quantile(0.5);

    /// <summary>The bar that 99 of 100 entries stay below.</summary>
    public double WideBar => Quantile(0.99);

    public void Add(KnownDerivative known)
    {
        using var scope = NewDisposeScope();
        var jacobian = NumericalDerivative.Jacobian(inputs => [known.Function(inputs[0])], [tensor(known.Input, known.Shape)], null);
        for (var i = 0; i < jacobian.Value.GetLength(0); i++)
        {
            var largest = Enumerable.Range(0, known.Input.Length).Max(k => Math.Abs(known.Entry(i, k) ?? 0));
            for (var k = 0; k < known.Input.Length; k++)
                if (known.Entry(i, k) is { } exact)
                    Add(Math.Abs(jacobian.Value[i, k] - exact), jacobian.Bar[i, k], largest, $"{known.Name}, [{i}, {k}]");
        }
    }

    private void Add(double error, double bar, double largest, string where)
    {
        Entries++;
        _bars.Add(bar / largest);
        var excess = Math.Max(0, error - FormulaError * largest);
        if (excess <= bar) Covered++;
        var ratio = excess == 0 ? 0 : excess / bar;
        if (!(ratio <= Worst.ratio)) Worst = (ratio, where);
    }

    private double Quantile(double share)
    {
        _bars.Sort();
        return _bars.Count == 0 ? double.NaN : _bars[(int)(share * (_bars.Count - 1))];
    }
}
