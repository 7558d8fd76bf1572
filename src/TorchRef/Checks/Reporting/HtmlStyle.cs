namespace TorchRef.Checks.Reporting;

/// <summary>The style sheet of HTML reports; every colour has a light and a dark value.</summary>
internal static class HtmlStyle
{
    public const string Css = """
        :root {
          color-scheme: light dark;
          --paper: #fbfbfa; --card: #ffffff; --ink: #1c2024; --soft: #5d6670; --line: #e2e5e8; --accent: #3b6ea8;
          --pass: #1a7f4b; --fail: #b3261e; --kink: #7a5c00; --inconclusive: #5b5f97;
          --g0: #e6eef4; --g1: #c4d8e8; --g2: #fde0b2; --g3: #fdbb84; --g4: #fc8d59; --g5: #e8603c; --g6: #c62f1b; --g7: #7f0d0d;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #14171a; --card: #1b1f24; --ink: #e6e9ec; --soft: #9aa4ae; --line: #30363d; --accent: #6ea8e5;
            --pass: #4cc38a; --fail: #ff8577; --kink: #e5b93c; --inconclusive: #aab0f5;
            --g0: #202a33; --g1: #283f52; --g2: #6a3d17; --g3: #8d4c1b; --g4: #b85e22; --g5: #dd7a35; --g6: #f7a766; --g7: #ffdcb8;
          }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
        main { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1.25rem 3rem; overflow-wrap: anywhere; }
        header { border-left: 5px solid var(--verdict); padding: .1rem 0 .1rem 1rem; }
        .subject { margin: 0; color: var(--soft); }
        h1 { margin: .2rem 0 0; font-size: 1.3rem; line-height: 1.4; font-weight: 600; }
        h2 { margin: 0 0 .5rem; font-size: 1rem; font-weight: 600; }
        .badge { display: inline-block; padding: 0 .55em; border: 2px solid var(--verdict); border-radius: .3em; color: var(--verdict); font-size: .85em; letter-spacing: .04em; }
        .pass { --verdict: var(--pass); } .fail { --verdict: var(--fail); } .kink { --verdict: var(--kink); } .inconclusive { --verdict: var(--inconclusive); }
        section { margin-top: 1.1rem; padding: .9rem 1rem; background: var(--card); border: 1px solid var(--line); border-radius: .5rem; }
        p { margin: .3rem 0; } ul { margin: 0; padding-left: 1.2rem; }
        .note { color: var(--soft); font-size: .87rem; }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .92rem; }
        th, td { padding: .28rem .8rem .28rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); min-width: 3.2rem; white-space: nowrap; }
        .long { white-space: normal; min-width: 16rem; }
        thead th { color: var(--soft); font-weight: 500; white-space: nowrap; }
        tbody tr:last-child > * { border-bottom: 0; }
        .number { text-align: right; white-space: nowrap; }
        .is-pass { color: var(--pass); } .is-fail { color: var(--fail); font-weight: 600; } .is-kink { color: var(--kink); } .is-inconclusive { color: var(--inconclusive); }
        .bars { width: 100%; } .bars th { font-weight: 400; color: var(--soft); width: 1%; } .bars td, .bars th { border-bottom: 0; vertical-align: middle; padding-top: .12rem; padding-bottom: .12rem; }
        .bars .number:last-child { width: 1%; } .bar div { height: .95rem; background: var(--accent); border-radius: 0 .2rem .2rem 0; }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1.2rem; margin: 0; } dt { color: var(--soft); } dd { margin: 0; }
        svg.map { display: block; max-width: 100%; margin: .5rem 0; outline: 1px solid var(--line); }
        .worst { fill: none; stroke: var(--ink); stroke-width: 2px; vector-effect: non-scaling-stroke; }
        .tiles rect { fill: transparent; } .tiles rect:hover { stroke: var(--ink); stroke-width: 1px; vector-effect: non-scaling-stroke; }
        .legend { display: flex; flex-wrap: wrap; gap: .2rem .9rem; color: var(--soft); font-size: .87rem; }
        .legend i { display: inline-block; width: .9rem; height: .9rem; margin-right: .35rem; vertical-align: -.12rem; border: 1px solid var(--line); }
        .g0 { fill: var(--g0); background: var(--g0); } .g1 { fill: var(--g1); background: var(--g1); } .g2 { fill: var(--g2); background: var(--g2); }
        .g3 { fill: var(--g3); background: var(--g3); } .g4 { fill: var(--g4); background: var(--g4); } .g5 { fill: var(--g5); background: var(--g5); }
        .g6 { fill: var(--g6); background: var(--g6); } .g7 { fill: var(--g7); background: var(--g7); }
        @media print { section { break-inside: avoid; } }

        """;

    /// <summary>The same rules for what is inside of an element alone, by nesting.</summary>
    public static string Within(string selector)
    {
        // What the sheet says of the page it says of the element.
        var nested = Css.Replace(":root {", "& {", StringComparison.Ordinal).Replace("\nbody {", "\n& {", StringComparison.Ordinal).Replace("\nmain { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1.25rem 3rem;", "\n& { padding: 1rem;", StringComparison.Ordinal);
        return $"{selector} {{\n{nested}}}\n";
    }
}
