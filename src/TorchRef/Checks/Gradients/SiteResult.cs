namespace TorchRef.Checks.Gradients;

/// <summary>What the comparison at one point gave.</summary>
internal sealed record SiteResult(NumericSite Site, Tally Tally)
{
    public int Order { get; init; } = 1;

    public CheckedFunction Function => Site.Function;

    /// <summary>Where it was, in words; null for the point that was given.</summary>
    public string? Where { get; init; }

    public List<Finding> Findings { get; } = [];

    public List<PlantedFault> Planted { get; } = [];

    /// <summary>The smallest relative error of a single entry that would have been seen.</summary>
    public double Power { get; set; }

    public IReadOnlyList<string> Structure { get; set; } = [];

    /// <summary>All entries by both ways, where something is wrong and there aren't too many.</summary>
    public Matrices? Full { get; set; }

    public bool Failed => Tally.Wrong > 0 || Findings.Exists(finding => finding.Verdict == Verdict.Fail);
}

/// <summary>A Jacobian by both ways, row by row.</summary>
/// <param name="Rows">The outputs that the rows stand for.</param>
/// <param name="Analytic">[row][input].</param>
/// <param name="Numeric">[row][input].</param>
/// <param name="Allowed">[row][input]: the difference allowed.</param>
/// <param name="Wrong">[row][input]: whether it is more.</param>
internal sealed record Matrices(int[] Rows, double[][] Analytic, double[][] Numeric, double[][] Allowed, bool[][] Wrong);
