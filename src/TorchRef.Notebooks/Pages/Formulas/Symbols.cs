namespace TorchRef.Notebooks.Pages.Formulas;

/// <summary>What LaTeX's commands stand for.</summary>
internal static class Symbols
{
    /// <summary>Letters.</summary>
    public static readonly IReadOnlyDictionary<string, string> Letters = new Dictionary<string, string>
    {
        [@"\alpha"] = "α",
        [@"\beta"] = "β",
        [@"\gamma"] = "γ",
        [@"\delta"] = "δ",
        [@"\epsilon"] = "ϵ",
        [@"\varepsilon"] = "ε",
        [@"\zeta"] = "ζ",
        [@"\eta"] = "η",
        [@"\theta"] = "θ",
        [@"\kappa"] = "κ",
        [@"\lambda"] = "λ",
        [@"\mu"] = "μ",
        [@"\nu"] = "ν",
        [@"\xi"] = "ξ",
        [@"\pi"] = "π",
        [@"\rho"] = "ρ",
        [@"\sigma"] = "σ",
        [@"\tau"] = "τ",
        [@"\phi"] = "ϕ",
        [@"\varphi"] = "φ",
        [@"\chi"] = "χ",
        [@"\psi"] = "ψ",
        [@"\omega"] = "ω",
        [@"\Gamma"] = "Γ",
        [@"\Delta"] = "Δ",
        [@"\Theta"] = "Θ",
        [@"\Lambda"] = "Λ",
        [@"\Sigma"] = "Σ",
        [@"\Phi"] = "Φ",
        [@"\Psi"] = "Ψ",
        [@"\Omega"] = "Ω",
        [@"\ell"] = "ℓ",
        [@"\infty"] = "∞",
        [@"\partial"] = "∂",
        [@"\nabla"] = "∇",
        [@"\ldots"] = "…",
        [@"\dots"] = "…",
        [@"\cdots"] = "⋯",
        [@"\emptyset"] = "∅",
    };

    /// <summary>Operators, relations and brackets.</summary>
    public static readonly IReadOnlyDictionary<string, string> Operators = new Dictionary<string, string>
    {
        [@"\cdot"] = "⋅",
        [@"\times"] = "×",
        [@"\odot"] = "⊙",
        [@"\pm"] = "±",
        [@"\mp"] = "∓",
        [@"\le"] = "≤",
        [@"\leq"] = "≤",
        [@"\ge"] = "≥",
        [@"\geq"] = "≥",
        [@"\ne"] = "≠",
        [@"\neq"] = "≠",
        [@"\approx"] = "≈",
        [@"\sim"] = "∼",
        [@"\equiv"] = "≡",
        [@"\propto"] = "∝",
        [@"\ll"] = "≪",
        [@"\gg"] = "≫",
        [@"\in"] = "∈",
        [@"\leftarrow"] = "←",
        [@"\gets"] = "←",
        [@"\rightarrow"] = "→",
        [@"\to"] = "→",
        [@"\Rightarrow"] = "⇒",
        [@"\Leftrightarrow"] = "⇔",
        [@"\mapsto"] = "↦",
        [@"\lVert"] = "‖",
        [@"\rVert"] = "‖",
        [@"\Vert"] = "‖",
        [@"\|"] = "‖",
        [@"\lvert"] = "|",
        [@"\rvert"] = "|",
        [@"\vert"] = "|",
        [@"\mid"] = "|",
        [@"\langle"] = "⟨",
        [@"\rangle"] = "⟩",
        [@"\lbrace"] = "{",
        [@"\rbrace"] = "}",
        [@"\{"] = "{",
        [@"\}"] = "}",
        [@"\colon"] = ":",
        [@"\%"] = "%",
        [@"\_"] = "_",
        [@"\&"] = "&",
    };

    /// <summary>Operators that have their limits above and below.</summary>
    public static readonly IReadOnlyDictionary<string, string> Large = new Dictionary<string, string> { [@"\sum"] = "∑", [@"\prod"] = "∏", [@"\max"] = "max", [@"\min"] = "min", [@"\lim"] = "lim", [@"\arg"] = "arg" };

    /// <summary>Functions that are written upright.</summary>
    public static readonly IReadOnlySet<string> Functions = new HashSet<string> { @"\log", @"\ln", @"\exp", @"\sin", @"\cos", @"\tanh", @"\det", @"\Pr" };

    /// <summary>Marks above.</summary>
    public static readonly IReadOnlyDictionary<string, string> Accents = new Dictionary<string, string> { [@"\hat"] = "^", [@"\widehat"] = "^", [@"\tilde"] = "~", [@"\bar"] = "¯", [@"\overline"] = "¯", [@"\vec"] = "→", [@"\dot"] = "˙" };

    /// <summary>Spaces, in ems.</summary>
    public static readonly IReadOnlyDictionary<string, string> Spaces = new Dictionary<string, string> { [@"\,"] = "0.17em", [@"\:"] = "0.22em", [@"\;"] = "0.28em", [@"\ "] = "0.33em", ["~"] = "0.33em", [@"\quad"] = "1em", [@"\qquad"] = "2em", [@"\!"] = "0em" };

    /// <summary>Alphabets: where Unicode has their capital and small letters, and the capitals that it has elsewhere.</summary>
    public static readonly IReadOnlyDictionary<string, (int capitals, int smalls, string elsewhere)> Alphabets = new Dictionary<string, (int, int, string)>
    {
        [@"\mathbf"] = (0x1D400, 0x1D41A, ""),
        [@"\mathcal"] = (0x1D49C, 0x1D4B6, "BℬEℰFℱHℋIℐLℒMℳRℛ"),
        [@"\mathbb"] = (0x1D538, 0x1D552, "CℂHℍNℕPℙQℚRℝZℤ"),
    };
}
