using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Standins.Tests.Printing;

public sealed class PrintingTests
{
    private static readonly CultureInfo s_culture = CultureInfo.InvariantCulture;

    private static string Julia(Tensor tensor, int? width = null) => tensor.jlstr(width: width, newLine: "|", cultureInfo: s_culture);

    private static string Numpy(Tensor tensor) => tensor.npstr(newLine: "|", cultureInfo: s_culture);

    private static string CSharp(Tensor tensor) => tensor.cstr(newLine: "|", cultureInfo: s_culture);

    [Fact]
    public void A_tensor_says_its_shape_type_and_device()
    {
        Assert.Equal("[2x3], type = Float32, device = cpu", zeros(2, 3).ToString());
        Assert.Equal("[], type = Int64, device = cpu", tensor(1L).metastr());
    }

    [Fact]
    public void Julia_style_aligns_columns_to_the_right()
    {
        Assert.Equal("[], type = Float32, device = cpu, value = 3.1416", Julia(tensor(3.14159f)));
        Assert.Equal("[2x2], type = Float32, device = cpu|    1 10| -2.5  0|", Julia(tensor(new[,] { { 1f, 10f }, { -2.5f, 0f } })));
    }

    [Fact]
    public void Julia_style_cuts_a_line_that_is_too_long()
    {
        Assert.Equal("[9], type = Int64, device = cpu| 0 1 2 3 ...|", Julia(arange(9), 12));
    }

    [Fact]
    public void Julia_style_prints_matrices_under_their_positions()
    {
        Assert.Equal("[2x1x2], type = Int64, device = cpu|[0,..,..] =| 0 1||[1,..,..] =| 2 3|", Julia(arange(4).reshape(2, 1, 2)));
    }

    [Fact]
    public void Numpy_style_leaves_out_the_middle_of_a_long_dimension()
    {
        Assert.Equal("[0, 1, 2, ... 7, 8, 9]", Numpy(arange(10)));
        Assert.Equal("[[0]| [1]| [2]| ...| [5]| [6]| [7]]", Numpy(arange(8).reshape(8, 1)));
        Assert.Equal("[[[0, 1]|  [2, 3]]|| [[4, 5]|  [6, 7]]]", Numpy(arange(8).reshape(2, 2, 2)));
    }

    [Fact]
    public void CSharp_style_is_an_array_initialiser()
    {
        Assert.Equal("[2], type = Int64, device = cpu, value = long [] {0L, 1L}", CSharp(arange(2)));
        Assert.Equal("[2x2], type = Float32, device = cpu, value = |float [,] {| {0f, 0f},| {0f, 0f}|}", CSharp(zeros(2, 2)));
        Assert.Equal("[2], type = Bool, device = cpu, value = bool [] {True, False}", CSharp(tensor(new[] { true, false })));
    }

    [Fact]
    public void Complex_numbers_leave_out_a_part_that_is_zero()
    {
        Assert.Equal("[1+-2i, 3i, 0]", Numpy(tensor(new[] { (1f, -2f), (0f, 3f), (0f, 0f) })));
    }

    [Fact]
    public void A_transposed_tensor_is_printed_in_its_own_order()
    {
        Assert.Equal("[[0, 2]| [1, 3]]", Numpy(arange(4).reshape(2, 2).t()));
    }

    [Fact]
    public void Options_hold_until_they_are_changed()
    {
        try
        {
            set_printoptions(3, newLine: "|");
            Assert.Equal("[2], type = Float32, device = cpu| 0.000 0.500|", tensor(new[] { 0f, 0.5f }).str(cultureInfo: s_culture));
            set_printoptions(numpy, "g5", maxColumns: 2);
            Assert.Equal("[0, ... 4]", arange(5).str(cultureInfo: s_culture));
            Assert.Throws<ArgumentException>(() => torch.TensorStringStyle = TorchSharp.TensorStringStyle.Default);
        }
        finally
        {
            set_printoptions(julia, "g5", 100, Environment.NewLine, 6, 6);
        }
    }
}
