namespace TorchRef.Experiments.Catalog.Optimizers;

/// <summary>The way of one optimiser down the valley, the start included.</summary>
internal sealed record ValleyPath(OptimizerRule Rule, IReadOnlyList<double> X, IReadOnlyList<double> Y)
{
    public string Name => Rule.Name;

    public IReadOnlyList<double> Heights => [.. X.Zip(Y, Valley.Height)];

    /// <summary>In how many steps it changes sides of the valley floor, y = 0.</summary>
    public int Crossings => Y.Zip(Y.Skip(1)).Count(pair => pair.First * pair.Second < 0);

    /// <summary>The length of the way over the distance between its ends.</summary>
    public double Detour
    {
        get
        {
            double way = Enumerable.Range(1, X.Count - 1).Sum(i => double.Hypot(X[i] - X[i - 1], Y[i] - Y[i - 1]));
            return way / double.Hypot(X[^1] - X[0], Y[^1] - Y[0]);
        }
    }
}
