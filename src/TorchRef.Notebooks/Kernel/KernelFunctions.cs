using TorchRef.Notebooks.Display;

namespace TorchRef.Notebooks.Kernel;

/// <summary>Functions that cells call without naming a class, as in .NET Interactive.</summary>
public static class KernelFunctions
{
#pragma warning disable IDE1006 // The names are .NET Interactive's: notebooks run in both.
    /// <summary>Shows a value in the notebook, in the forms that its type has or in those that are named.</summary>
    /// <exception cref="ArgumentException">A form is named that the value doesn't have.</exception>
    public static DisplayedValue display(object? value, params string[] mimeTypes) => value.Display(mimeTypes);
#pragma warning restore IDE1006

    /// <summary>A piece of HTML that is shown as it is.</summary>
    public static HtmlContent HTML(string content) => new(content);
}
