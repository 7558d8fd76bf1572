using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;

namespace TorchRef.Notebooks.Display;

/// <summary>
/// Formatters that a type names itself by an attribute called <c>TypeFormatterSourceAttribute</c>, wherever that is
/// declared: the convention of .NET Interactive, by which TorchSharp's tensors, the charts and the reports of checks are
/// shown in notebooks without knowing any of them.
/// </summary>
internal sealed class ConventionFormatters
{
    private const string Attribute = "TypeFormatterSourceAttribute";
    private static readonly ConcurrentDictionary<Type, ConventionFormatters> s_known = new();
    private readonly List<(string type, Func<object, TextWriter, bool> format)> _formatters = [];

    private ConventionFormatters(Type type)
    {
        foreach (var attribute in type.GetCustomAttributes(inherit: true).Where(attribute => attribute.GetType().Name == Attribute))
        {
            if (Property(attribute, "FormatterSourceType") is not Type source || Activator.CreateInstance(source, nonPublic: true) is not { } made) continue;
            if (source.GetMethod("CreateTypeFormatters", [])?.Invoke(made, null) is not IEnumerable formatters) continue;
            foreach (var formatter in formatters)
                if (Property(formatter, "MimeType") is string mime && formatter.GetType().GetMethod("Format", [typeof(object), typeof(TextWriter)]) is { } method)
                    _formatters.Add((mime, method.CreateDelegate<Func<object, TextWriter, bool>>(formatter)));
            Preferred = Property(attribute, "PreferredMimeTypes") as string[] ?? Preferred;
        }
    }

    /// <summary>The forms that the type wants to be shown in; empty where it has no wish.</summary>
    public IReadOnlyList<string> Preferred { get; } = [];

    public static ConventionFormatters Of(Type type) => s_known.GetOrAdd(type, type => new ConventionFormatters(type));

    /// <summary>A value's forms by its own formatters.</summary>
    public IEnumerable<KeyValuePair<string, string>> Format(object value)
    {
        foreach (var (type, format) in _formatters)
        {
            using var text = new StringWriter();
            if (format(value, text)) yield return KeyValuePair.Create(type, text.ToString().ReplaceLineEndings("\n"));
        }
    }

    private static object? Property(object of, string name) =>
        of.GetType().GetProperty(name, BindingFlags.Public | BindingFlags.Instance)?.GetValue(of);
}
