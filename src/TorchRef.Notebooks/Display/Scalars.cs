using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace TorchRef.Notebooks.Display;

/// <summary>Values that are one piece of text.</summary>
internal static class Scalars
{
    /// <summary>What stands for no value.</summary>
    public const string Null = "<null>";

    /// <summary>Elements of a sequence that are shown; sequences may have no end.</summary>
    public const int MostElements = 1000;

    /// <summary>The same text in every culture.</summary>
    public static string Text(object? value) => value switch
    {
        null => Null,
        string text => text,
        IEnumerable elements => List(elements),
        ITuple tuple => $"({string.Join(", ", Enumerable.Range(0, tuple.Length).Select(i => Text(tuple[i])))})",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>The first elements of a sequence, in one line.</summary>
    public static string List(IEnumerable elements)
    {
        var texts = elements.Cast<object?>().Take(MostElements + 1).Select(Text).ToList();
        if (texts.Count > MostElements) texts[MostElements] = "…";
        return texts.Count == 0 ? "[ ]" : $"[ {string.Join(", ", texts)} ]";
    }

    public static bool IsNumber(Type type) => Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) is >= TypeCode.SByte and <= TypeCode.Decimal && !type.IsEnum;
}
