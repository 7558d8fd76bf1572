namespace TorchSharp.Utils;

/// <summary>Tensors as notebooks show them: their elements, in the style that is set.</summary>
internal sealed class TensorFormatterSource
{
    public IEnumerable<object> CreateTypeFormatters() => [new TensorFormatter("text/plain", "", ""), new TensorFormatter("text/html", "<div><pre>", "</pre></div>")];

    private sealed class TensorFormatter(string mimeType, string before, string after)
    {
        public string MimeType => mimeType;

        public bool Format(object instance, TextWriter writer)
        {
            if (instance is not torch.Tensor tensor) return false;
            writer.Write($"{before}{tensor.ToString(TensorStringStyle.Default)}{after}");
            return true;
        }
    }
}
