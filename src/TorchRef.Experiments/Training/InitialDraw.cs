using static TorchSharp.torch;

namespace TorchRef.Experiments.Training;

/// <summary>Draws the weights that replicas begin with.</summary>
internal static class InitialDraw
{
    public static string WeightName(int layer) => $"affine{layer}.weight";

    /// <summary>Fills the weights; everything else keeps what it was made with.</summary>
    public static void Fill(IReadOnlyList<ReplicaParameter> parameters, IReadOnlyList<ReplicaSpec> replicas)
    {
        using var scope = NewDisposeScope();
        for (var replica = 0; replica < replicas.Count; replica++)
        {
            using var generator = new Generator(Seeds.Derive(replicas[replica].Seed, Seeds.Weights));
            for (var layer = 0; parameters.FirstOrDefault(parameter => parameter.Name == WeightName(layer)) is { } weight; layer++)
            {
                var view = weight.Values[replica];                      // [inputs, units]
                // Drawn apart and copied: into a view the numbers would come in an order that depends on its neighbours.
                var drawn = randn(view.shape, view.dtype, CPU, generator: generator); // [inputs, units]
                view.copy_(drawn.mul_(replicas[replica].Initial.DeviationOf((int)view.shape[0])));
            }
        }
    }
}
