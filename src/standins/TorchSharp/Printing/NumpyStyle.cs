using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Square brackets; the more dimensions end, the more line ends.</summary>
internal sealed class NumpyStyle(PrintOptions options, ElementText elements) : NestedStyle(options, elements)
{
    protected override (char Open, char Close) Brackets => ('[', ']');

    public string Print(Tensor tensor)
    {
        if (tensor.Dimensions == 0) return Elements[0];
        Text.Append('[');
        Nest(tensor.shape);
        return Text.Append(']').ToString();
    }

    protected override string Between(int below) => string.Concat(Enumerable.Repeat(Options.NewLine, below));

    protected override string AfterDots(int below) => Between(below);
}
