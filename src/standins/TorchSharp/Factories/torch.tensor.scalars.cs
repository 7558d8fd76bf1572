using System.Numerics;

namespace TorchSharp;

public static partial class torch
{
    // torch.tensor of one value: a tensor without dimensions.
    public static Tensor tensor(bool scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        OfScalar(scalar, dtype ?? ScalarType.Bool, device, requires_grad);

    public static Tensor tensor(byte scalar, Device? device = null, bool requires_grad = false) =>
        OfScalar(scalar, ScalarType.Byte, device, requires_grad);

    public static Tensor tensor(double real, double imaginary, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        OfScalar(new Complex(real, imaginary), dtype ?? ScalarType.ComplexFloat64, device, requires_grad);

    public static Tensor tensor(double scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        OfScalar(scalar, dtype ?? ScalarType.Float64, device, requires_grad);

    public static Tensor tensor(short scalar, Device? device = null, bool requires_grad = false) =>
        OfScalar(scalar, ScalarType.Int16, device, requires_grad);

    public static Tensor tensor(int scalar, Device? device = null, bool requires_grad = false) =>
        OfScalar(scalar, ScalarType.Int32, device, requires_grad);

    public static Tensor tensor(long scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        OfScalar(scalar, dtype ?? ScalarType.Int64, device, requires_grad);

    public static Tensor tensor(Complex scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        OfScalar(scalar, dtype ?? ScalarType.ComplexFloat64, device, requires_grad);

    public static Tensor tensor(sbyte scalar, Device? device = null, bool requires_grad = false) =>
        OfScalar(scalar, ScalarType.Int8, device, requires_grad);

    public static Tensor tensor(float real, float imaginary, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        OfScalar(new Complex(real, imaginary), dtype ?? ScalarType.ComplexFloat32, device, requires_grad);

    public static Tensor tensor(float scalar, Device? device = null, bool requires_grad = false) =>
        OfScalar(scalar, ScalarType.Float32, device, requires_grad);

    public static Tensor tensor((double Real, double Imaginary) scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        OfScalar(new Complex(scalar.Real, scalar.Imaginary), dtype ?? ScalarType.ComplexFloat64, device, requires_grad);

    public static Tensor tensor((float Real, float Imaginary) scalar, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        OfScalar(new Complex(scalar.Real, scalar.Imaginary), dtype ?? ScalarType.ComplexFloat32, device, requires_grad);
}
