namespace TorchRef.Notebooks.Pages;

/// <summary>The style sheet of pages; every colour has a light and a dark value.</summary>
internal static class PageStyle
{
    public const string Css = """
        :root { color-scheme: light dark; --paper: #ffffff; --ink: #1a1a1a; --soft: #5b6169; --line: #dfe2e5; --shade: #f5f6f8; --link: #0a5da8;
          --k: #0b5cad; --t: #8a3b12; --n: #1d6f42; --c: #5f6b76; --d: #7a3e9d; --error: #b3261e; }
        @media screen and (prefers-color-scheme: dark) {
          :root { --paper: #16191d; --ink: #e4e6e9; --soft: #a3abb4; --line: #30363d; --shade: #1e2228; --link: #79b8ff;
            --k: #79b8ff; --t: #f0a878; --n: #7ed4a3; --c: #98a2ad; --d: #d2a8ff; --error: #ff9a92; }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.6 "Helvetica Neue", Helvetica, Arial, "Liberation Sans", "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans CJK KR", "Noto Sans KR", sans-serif; }
        main { max-width: 54rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; overflow-wrap: break-word; }
        h1 { font-size: 1.75rem; line-height: 1.25; } h2 { font-size: 1.35rem; margin: 2.2rem 0 .6rem; } h3 { font-size: 1.1rem; margin: 1.6rem 0 .4rem; }
        p { margin: .7rem 0; } a { color: var(--link); }
        blockquote { margin: 1rem 0; padding: .1rem 1rem; border-left: .25rem solid var(--line); color: var(--soft); }
        pre, code { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace; font-size: .875em; }
        p code, li code, td code { background: var(--shade); padding: .1em .3em; border-radius: .2em; }
        pre { margin: 0; overflow-x: auto; line-height: 1.45; }
        .cell { margin: 1.1rem 0; }
        .in { background: var(--shade); border: 1px solid var(--line); border-radius: .35rem; padding: .7rem .9rem; }
        .in pre { white-space: pre-wrap; }
        .count { float: right; color: var(--soft); font-size: .75rem; margin-left: 1rem; user-select: none; }
        .out { padding: .6rem .9rem 0; overflow-x: auto; }
        .out > svg, .out > div > svg { display: block; max-width: 100%; height: auto; }
        .stderr { color: var(--soft); } .error { color: var(--error); }
        table { border-collapse: collapse; font-size: .92rem; font-variant-numeric: tabular-nums; }
        th, td { padding: .25rem 1.1rem .25rem 0; vertical-align: top; border-bottom: 1px solid var(--line); text-align: left; } thead th { border-bottom-color: var(--soft); }
        main > section > table { margin: 1rem 0; }
        math { font-size: 1.05em; font-family: "Latin Modern Math", "STIX Two Math", "Cambria Math", "Libertinus Math", math; } math[display="block"] { margin: 1rem 0; overflow-x: auto; overflow-y: hidden; } mtable.aligned { math-style: normal; } mtable.aligned mtd { padding: .25em 0; text-align: left; } mtable.aligned mtd:first-child { text-align: right; padding-right: .2em; }
        .k { color: var(--k); } .t { color: var(--t); } .n { color: var(--n); } .c { color: var(--c); font-style: italic; } .d { color: var(--d); }
        @media print { body { font-size: 10pt; } main { max-width: none; padding: 0; } .cell, svg, tr { break-inside: avoid; } h1, h2, h3 { break-after: avoid; } }

        """;
}
