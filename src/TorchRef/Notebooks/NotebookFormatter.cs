namespace TorchRef.Notebooks;

/// <summary>Writes values in one form for notebooks, in the shape that <see cref="TypeFormatterSourceAttribute"/> asks for.</summary>
internal sealed class NotebookFormatter<T>(string mimeType, Func<T, string> text)
{
    /// <summary>The form.</summary>
    public string MimeType => mimeType;

    /// <summary>Writes a value; false if it is of another type.</summary>
    public bool Format(object instance, TextWriter writer)
    {
        if (instance is not T value) return false;
        writer.Write(text(value));
        return true;
    }
}
