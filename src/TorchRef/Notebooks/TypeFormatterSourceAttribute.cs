namespace TorchRef.Notebooks;

/// <summary>
/// Names the formatters of a type to notebooks. .NET Interactive, what follows it and this house's own runner find it by its
/// name and shape, so nothing has to be referenced.
/// </summary>
/// <param name="formatterSourceType">A type with a method <c>CreateTypeFormatters()</c> that returns the formatters.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>The type that makes the formatters.</summary>
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>The forms that are shown unless others are asked for; null for the notebook's default, HTML.</summary>
    public string[]? PreferredMimeTypes { get; set; }
}
