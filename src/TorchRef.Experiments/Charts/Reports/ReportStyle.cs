using TorchRef.Experiments.Charts.Drawing;

namespace TorchRef.Experiments.Charts;

/// <summary>The style sheet of reports, in the colours of charts.</summary>
internal static class ReportStyle
{
    public static readonly Paint Passed = new("passed", "#00694f", "#3ecb9b");
    public static readonly Paint Failed = new("failed", "#b3261e", "#ff9a92");

    private const string Layout = """
        body{max-width:52rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 "Helvetica Neue",Helvetica,Arial,"Liberation Sans","DejaVu Sans",sans-serif}
        h1{font-size:1.6rem;line-height:1.25}h2{font-size:1.25rem;margin-top:2.2rem}h3,h4{font-size:1.05rem}
        h1,p,td,th,dd{overflow-wrap:anywhere}
        figure{margin:1.5rem 0;overflow-x:auto}figure svg{max-width:100%;height:auto}
        .wide{overflow-x:auto;margin:1.2rem 0}table{border-collapse:collapse;font-size:.92rem}
        caption{text-align:left;padding-bottom:.4rem}
        th,td{padding:.25rem .9rem .25rem 0;text-align:left;vertical-align:top;border-bottom:1px solid}
        .number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
        .verdict{margin:.4rem 0;padding-left:.7rem;border-left:.3rem solid}
        .undecided{border-left-style:dashed}.failed{border-left-style:double}
        pre{overflow-x:auto;font-size:.85rem;line-height:1.25}
        dl div{display:flex;gap:1rem}dt{flex:0 0 14rem}dd{margin:0;font-variant-numeric:tabular-nums}
        @media print{body{max-width:none;margin:0;font-size:10pt}figure,tr,.verdict{break-inside:avoid}h2,h3,h4{break-after:avoid}.wide,figure{overflow:visible}}

        """;

    public static string Sheet(ChartTheme theme) => Layout + theme switch
    {
        ChartTheme.Light => Colors(paint => paint.Light, "light"),
        ChartTheme.Dark => Colors(paint => paint.Dark, "dark"),
        _ => $"{Colors(paint => paint.Light, "light dark")}@media screen and (prefers-color-scheme:dark){{\n{Colors(paint => paint.Dark, "dark")}}}\n",
    };

    private static string Colors(Func<Paint, string> pick, string scheme) =>
        $":root{{color-scheme:{scheme}}}body{{color:{pick(Paint.Text)};background:{pick(Paint.Background)}}}caption,dt{{color:{pick(Paint.Muted)}}}th,td{{border-color:{pick(Paint.Grid)}}}"
        + $"thead th{{border-color:{pick(Paint.Axis)}}}.verdict{{border-color:{pick(Paint.Axis)}}}.passed{{border-color:{pick(Passed)}}}.passed strong{{color:{pick(Passed)}}}"
        + $".failed{{border-color:{pick(Failed)}}}.failed strong{{color:{pick(Failed)}}}\n";
}
