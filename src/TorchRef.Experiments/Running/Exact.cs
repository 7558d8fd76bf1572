using System.Globalization;
using System.Text.Json;

namespace TorchRef.Experiments.Running;

/// <summary>Numbers with all their digits.</summary>
internal static class Exact
{
    /// <summary>The shortest text that reads back as the same number; NaN, Infinity and -Infinity as such.</summary>
    public static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>As a JSON value, which knows no NaN and no infinity: those become strings.</summary>
    public static string Json(double value) => double.IsFinite(value) ? Text(value) : $"\"{Text(value)}\"";

    /// <summary>The number of such a JSON value.</summary>
    /// <exception cref="FormatException">It is no number, nor the text of one.</exception>
    public static double Of(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? double.Parse(value.GetString()!, CultureInfo.InvariantCulture) : value.GetDouble();
}
