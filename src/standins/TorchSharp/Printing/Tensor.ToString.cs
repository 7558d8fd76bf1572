using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    // A tensor as text.
    public partial class Tensor
    {
        /// <summary>Shape, type and device.</summary>
        public override string ToString() =>
            IsInvalid ? "" : $"[{string.Join('x', shape)}], type = {dtype}, device = {device}";

        /// <summary>In the default style, elements included, if <paramref name="disamb"/>; else without elements.</summary>
        public string ToString(bool disamb, string? fltFormat = null, int? width = null, CultureInfo? cultureInfo = null, string? newLine = null) =>
            disamb ? ToString(TensorStringStyle.Default, fltFormat, width, cultureInfo, newLine) : ToString();

        /// <summary>In a style; what isn't given is taken from <see cref="set_printoptions(TorchSharp.TensorStringStyle?, string?, int?, string?, int?, int?)"/>.</summary>
        public string ToString(TensorStringStyle style, string? fltFormat = null, int? width = null, CultureInfo? cultureInfo = null, string? newLine = null)
        {
            var options = Printing with
            {
                Style = is_meta ? TensorStringStyle.Metadata : style != TensorStringStyle.Default ? style : Printing.Style,
                FloatFormat = fltFormat ?? Printing.FloatFormat,
                LineWidth = width ?? Printing.LineWidth,
                NewLine = newLine ?? Printing.NewLine,
                Culture = cultureInfo ?? CultureInfo.CurrentCulture,
            };
            if (options.Style == TensorStringStyle.Metadata) return ToString();
            using var elements = new ElementText(this, options);
            return options.Style switch
            {
                TensorStringStyle.Julia => new JuliaStyle(options, elements).Print(this),
                TensorStringStyle.Numpy => new NumpyStyle(options, elements).Print(this),
                TensorStringStyle.CSharp => new CSharpStyle(options, elements).Print(this),
                _ => throw new ArgumentException($"a style must be one there is: expected Metadata, Julia, Numpy or CSharp but got {style}", nameof(style)),
            };
        }
    }
}
