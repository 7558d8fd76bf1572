using static TorchSharp.Engine.Op;

namespace TorchSharp;

// Complex numbers.
public static partial class torch
{
    public static Tensor conj(Tensor input) => input.conj();

    public static Tensor conj_physical(Tensor input) => input.conj_physical();
    public static Tensor conj_physical_(Tensor input) => input.conj_physical_();

    public static Tensor resolve_conj(Tensor input) => input.resolve_conj();
    public static Tensor resolve_neg(Tensor input) => input.resolve_neg();
    public static Tensor complex(Tensor real, Tensor imag) => Run("complex", real, imag);
    public static Tensor polar(Tensor abs, Tensor angle) => Run("polar", abs, angle);
}
