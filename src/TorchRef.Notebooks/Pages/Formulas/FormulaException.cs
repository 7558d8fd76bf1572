namespace TorchRef.Notebooks.Pages.Formulas;

/// <summary>A formula uses a part of LaTeX that isn't understood, or breaks off.</summary>
internal sealed class FormulaException(string message) : Exception(message);
