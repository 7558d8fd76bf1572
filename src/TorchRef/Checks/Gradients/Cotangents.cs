namespace TorchRef.Checks.Gradients;

/// <summary>Random incoming gradients: never equal, never near 0, of both signs. A uniform one hides most faults of a normalisation.</summary>
internal static class Cotangents
{
    public static double One(Random random) => (0.5 + random.NextDouble()) * (random.Next(2) == 0 ? 1 : -1);

    public static double[] Random(int count, Random random)
    {
        var cotangent = new double[count];
        for (var i = 0; i < count; i++) cotangent[i] = One(random);
        return cotangent;
    }
}
