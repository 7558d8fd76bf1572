namespace TorchSharp;

public static partial class torch
{
    // Single random numbers.
    public static double rand_float(Generator? generator = null) => Drawn(rand(1, ScalarType.Float64, CPU, generator: generator)).AsDouble;

    public static double randn_float(Generator? generator = null) => Drawn(randn(1, ScalarType.Float64, CPU, generator: generator)).AsDouble;

    public static bool randint_bool(Generator? generator = null) => randint_long(2, generator) != 0;

    public static int randint_int(int high, Generator? generator = null) => (int)randint_long(0, high, generator);

    public static int randint_int(int low, int high, Generator? generator = null) => (int)randint_long(low, high, generator);

    public static long randint_long(long high, Generator? generator = null) => randint_long(0, high, generator);

    public static long randint_long(long low, long high, Generator? generator = null) =>
        Drawn(Integers(low, high, [1], ScalarType.Int64, CPU, false, generator, null)).AsLong;

    private static Scalar Drawn(Tensor sample)
    {
        using (sample) return sample.ToScalar();
    }
}
