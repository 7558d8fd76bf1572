using TorchSharp;
using static TorchSharp.torch;

namespace Standins.Tests.Operators;

public class PointwiseTests
{
    private static readonly double[] s_points = [0.1, 0.25, 0.5, 0.75, 0.9];

    private static readonly Dictionary<string, (Func<Tensor, Tensor> Member, Func<Tensor, Tensor> Function, Func<double, double> Expected)> s_functions = new()
    {
        ["abs"] = (x => x.abs(), torch.abs, Math.Abs),
        ["neg"] = (x => x.neg(), torch.neg, x => -x),
        ["sqrt"] = (x => x.sqrt(), torch.sqrt, Math.Sqrt),
        ["rsqrt"] = (x => x.rsqrt(), torch.rsqrt, x => 1 / Math.Sqrt(x)),
        ["square"] = (x => x.square(), torch.square, x => x * x),
        ["reciprocal"] = (x => x.reciprocal(), torch.reciprocal, x => 1 / x),
        ["exp"] = (x => x.exp(), torch.exp, Math.Exp),
        ["exp2"] = (x => x.exp2(), torch.exp2, x => Math.Pow(2, x)),
        ["expm1"] = (x => x.expm1(), torch.expm1, x => Math.Exp(x) - 1),
        ["log"] = (x => x.log(), torch.log, Math.Log),
        ["log2"] = (x => x.log2(), torch.log2, Math.Log2),
        ["log10"] = (x => x.log10(), torch.log10, Math.Log10),
        ["log1p"] = (x => x.log1p(), torch.log1p, x => Math.Log(1 + x)),
        ["sin"] = (x => x.sin(), torch.sin, Math.Sin),
        ["cos"] = (x => x.cos(), torch.cos, Math.Cos),
        ["tan"] = (x => x.tan(), torch.tan, Math.Tan),
        ["asin"] = (x => x.asin(), torch.asin, Math.Asin),
        ["acos"] = (x => x.acos(), torch.acos, Math.Acos),
        ["atan"] = (x => x.atan(), torch.atan, Math.Atan),
        ["sinh"] = (x => x.sinh(), torch.sinh, Math.Sinh),
        ["cosh"] = (x => x.cosh(), torch.cosh, Math.Cosh),
        ["tanh"] = (x => x.tanh(), torch.tanh, Math.Tanh),
        ["asinh"] = (x => x.asinh(), torch.asinh, Math.Asinh),
        ["atanh"] = (x => x.atanh(), torch.atanh, Math.Atanh),
        ["ceil"] = (x => x.ceil(), torch.ceil, Math.Ceiling),
        ["floor"] = (x => x.floor(), torch.floor, Math.Floor),
        ["trunc"] = (x => x.trunc(), torch.trunc, Math.Truncate),
        ["frac"] = (x => x.frac(), torch.frac, x => x - Math.Truncate(x)),
        ["sigmoid"] = (x => x.sigmoid(), torch.sigmoid, x => 1 / (1 + Math.Exp(-x))),
        ["logit"] = (x => x.logit(), x => torch.logit(x), x => Math.Log(x / (1 - x))),
        ["deg2rad"] = (x => x.deg2rad(), torch.deg2rad, x => x * Math.PI / 180),
        ["sinc"] = (x => x.sinc(), torch.sinc, x => Math.Sin(Math.PI * x) / (Math.PI * x)),
    };

    private static readonly Dictionary<string, (Func<Tensor, Tensor> InPlace, Func<Tensor, Tensor> Plain)> s_inPlace = new()
    {
        ["abs_"] = (x => x.abs_(), x => x.abs()),
        ["neg_"] = (x => x.neg_(), x => x.neg()),
        ["sqrt_"] = (x => x.sqrt_(), x => x.sqrt()),
        ["rsqrt_"] = (x => x.rsqrt_(), x => x.rsqrt()),
        ["reciprocal_"] = (x => x.reciprocal_(), x => x.reciprocal()),
        ["exp_"] = (x => x.exp_(), x => x.exp()),
        ["log_"] = (x => x.log_(), x => x.log()),
        ["sin_"] = (x => x.sin_(), x => x.sin()),
        ["tanh_"] = (x => x.tanh_(), x => x.tanh()),
        ["sigmoid_"] = (x => x.sigmoid_(), x => x.sigmoid()),
        ["relu_"] = (x => x.relu_(), x => x.relu()),
        ["add_"] = (x => x.add_(2), x => x + 2),
        ["add_ with alpha"] = (x => x.add_(x.clone(), 3), x => x * 4),
        ["sub_"] = (x => x.sub_(2), x => x - 2),
        ["mul_"] = (x => x.mul_(2), x => x * 2),
        ["div_"] = (x => x.div_(2), x => x / 2),
        ["pow_"] = (x => x.pow_(2), x => x * x),
        ["clamp_"] = (x => x.clamp_(0.3, 0.6), x => x.clamp(0.3, 0.6)),
        ["addcmul_"] = (x => x.addcmul_(x.clone(), x.clone(), 2), x => x + x * x * 2),
        ["addcdiv_"] = (x => x.addcdiv_(x.clone(), x + 1, 2), x => x + x / (x + 1) * 2),
        ["lerp_"] = (x => x.lerp_(x + 1, full_like(x, 0.25)), x => x + 0.25),
        ["zero_"] = (x => x.zero_(), Nothing),
        ["fill_"] = (x => x.fill_(7), x => x * 0 + 7),
    };

    public static TheoryData<string> Functions => [.. s_functions.Keys];

    public static TheoryData<string> InPlace => [.. s_inPlace.Keys];

    [Theory]
    [MemberData(nameof(Functions))]
    public void A_function_of_one_element_computes_what_its_name_says(string name)
    {
        var (member, function, expected) = s_functions[name];
        var wanted = s_points.Select(expected).ToArray();
        Near.Equal(wanted, member(Near.Doubles(s_points)));
        Near.Equal(wanted, function(Near.Doubles(s_points)));
    }

    [Theory]
    [MemberData(nameof(InPlace))]
    public void A_name_with_an_underscore_changes_the_tensor_itself(string name)
    {
        var (inPlace, plain) = s_inPlace[name];
        var x = Near.Doubles(s_points);
        var expected = Near.Values(plain(x));
        var result = inPlace(x);
        Near.Equal(expected, x);
        Near.Equal(expected, result);
    }

    [Fact]
    public void Halves_are_rounded_to_even_and_decimals_are_counted()
    {
        Near.Equal([0, 2, 2, -2], Near.Doubles(0.5, 1.5, 2.5, -1.5).round());
        Near.Equal([1.23, 1.24], Near.Doubles(1.234, 1.236).round(2));
        Near.Equal([1200], Near.Doubles(1234).round(-2));
    }

    [Fact]
    public void Clamp_takes_either_bound_alone()
    {
        var x = Near.Doubles(-2, 0, 2);
        Near.Equal([-1, 0, 2], x.clamp(min: (Scalar)(-1)));
        Near.Equal([-2, 0, 1], x.clamp(max: (Scalar)1));
        Near.Equal([-1, 0, 1], torch.clamp(x, -1, 1));
        Near.Equal([-1, 0.5, 1], x.clamp(Near.Doubles(-1, 0.5, -1), Near.Doubles(1, 1, 1)));
        Near.Equal([-1, 0, 2], x.clamp_min(-1));
        Near.Equal([-2, 0, 1], x.clamp_max(1));
    }

    [Fact]
    public void Special_values_are_recognised_and_replaced()
    {
        var x = Near.Doubles(1, double.NaN, double.PositiveInfinity, double.NegativeInfinity);
        Near.Equal([0, 1, 0, 0], x.isnan());
        Near.Equal([0, 0, 1, 1], x.isinf());
        Near.Equal([1, 0, 0, 0], x.isfinite());
        Near.Equal([1, 5, 6, 7], x.nan_to_num(5, 6, 7));
    }

    [Fact]
    public void Special_functions_have_their_known_values()
    {
        Near.Equal([0, 0.8427007929497149], Near.Doubles(0, 1).erf());
        Near.Equal([Math.Log(24)], Near.Doubles(5).lgamma());
        Near.Equal([-0.5772156649015329], Near.Doubles(1).digamma());
        Near.Equal([Math.PI * Math.PI / 6], Near.Doubles(1).polygamma(1), 1e-8);
        Near.Equal([Math.PI * Math.PI / 6], special.polygamma(1, Near.Doubles(1)), 1e-8);
        Near.Equal([0.5, 0.8413447460685429], special.ndtr(Near.Doubles(0, 1)));
        Near.Equal([0.5 * Math.Log(2)], special.entr(Near.Doubles(0.5)));
    }

    private static Tensor Nothing(Tensor x) => x * 0;
}
