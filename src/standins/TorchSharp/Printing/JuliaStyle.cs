using System.Text;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>One matrix after the other, the columns aligned to the right and cut where the line ends.</summary>
internal sealed class JuliaStyle(PrintOptions options, ElementText elements)
{
    private const string Cut = "...";
    private readonly StringBuilder _text = new();

    public string Print(Tensor tensor)
    {
        var shape = tensor.shape;
        _text.Append(tensor);
        switch (shape.Length)
        {
            case 0:
                _text.Append(", value = ").Append(elements[0]);
                break;
            case 1:
                _text.Append(options.NewLine);
                Matrix(0, 1, shape[0]);
                break;
            case 2:
                _text.Append(options.NewLine);
                Matrix(0, shape[0], shape[1]);
                break;
            default:
                Matrices(shape);
                break;
        }
        return _text.ToString();
    }

    private void Matrices(long[] shape)
    {
        var (rows, columns) = (shape[^2], shape[^1]);
        var position = new long[shape.Length - 2];
        var count = shape[..^2].TotalSize();
        for (var matrix = 0L; matrix < count; matrix++)
        {
            _text.Append(options.NewLine).Append('[').AppendJoin(',', position).Append(",..,..] =").Append(options.NewLine);
            Matrix(matrix * rows * columns, rows, columns);
            for (var d = position.Length - 1; d >= 0 && ++position[d] == shape[d]; d--) position[d] = 0;
        }
    }

    private void Matrix(long start, long rows, long columns)
    {
        var texts = new List<string>[rows];
        for (var r = 0L; r < rows; r++) texts[r] = Row(start + r * columns, columns);
        var shown = texts.Select(row => row.Count).DefaultIfEmpty(0).Min();
        var widths = Enumerable.Range(0, shown).Select(column => texts.Max(row => row[column].Length)).ToArray();
        foreach (var row in texts)
        {
            for (var c = 0; c < shown; c++) _text.Append(' ').Append(row[c].PadLeft(widths[c]));
            if (shown < columns) _text.Append(' ').Append(Cut);
            _text.Append(options.NewLine);
        }
    }

    /// <summary>As many elements as fit on a line whose end is kept for what says that there are more.</summary>
    private List<string> Row(long start, long columns)
    {
        var row = new List<string>();
        var left = options.LineWidth - Cut.Length - 1;
        for (var c = 0L; c < columns; c++)
        {
            var text = elements[start + c];
            if (text.Length > left) break;
            row.Add(text);
            left -= text.Length + 1;
        }
        return row;
    }
}
