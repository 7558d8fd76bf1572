using TorchRef.Experiments.Charts.Drawing;
using TorchRef.Experiments.Charts.Layout;

namespace TorchRef.Experiments.Charts;

/// <summary>Panels of equal size in a grid; a series looks the same in all of them, and one legend explains it.</summary>
/// <remarks>The panels' own titles stand above them; their <see cref="Chart.Width"/> has no effect.</remarks>
public sealed record SmallMultiples : Chart
{
    /// <summary>The panels, row by row; at least one.</summary>
    public required IReadOnlyList<PanelChart> Panels { get; init; }

    /// <summary>How many panels stand side by side; 4 by default.</summary>
    public int Columns { get; init; } = 4;

    /// <summary>Whether all panels show the same horizontal range, with numbers below the last ones alone; true by default.</summary>
    public bool ShareHorizontal { get; init; } = true;

    /// <summary>Whether all panels show the same vertical range, with numbers beside the first ones alone; true by default.</summary>
    public bool ShareVertical { get; init; } = true;

    internal override double Draw(SvgCanvas canvas)
    {
        if (Panels.Count == 0) throw new ArgumentException("A grid has panels: expected at least 1 but got 0.");
        if (Columns < 1) throw new ArgumentException($"A grid has columns: expected at least 1 but got {Columns}.");
        return new Figure(this).Draw(canvas);
    }

    internal override string Summary()
    {
        string panels = string.Join("; ", Panels.Select(panel => panel.Title).Where(title => title.Length > 0));
        return $"{Panels.Count} panels. {Panels[0].Summary()}{(panels.Length == 0 ? "" : $" Panels: {panels}.")}";
    }
}
