using static TorchSharp.torch;

namespace TorchRef.Experiments.Training;

/// <summary>
/// How the replicas of a block lie in memory: side by side. Every tensor is a wide matrix whose columns are the units of
/// replica 0, then those of replica 1, and so on: so that one product serves all first layers, and whatever is done to each
/// unit (biases, batch statistics, activations) is one operator over a matrix of many columns.
/// </summary>
/// <param name="Replicas">G, how many replicas.</param>
/// <param name="Precision">The element type.</param>
/// <param name="Device">Where the tensors live.</param>
internal sealed record BlockLayout(int Replicas, ScalarType Precision, Device Device)
{
    /// <summary>Room for rows of that many units of every replica.</summary>
    /// <returns>[rows, G·units], not initialised.</returns>
    public Tensor Empty(long rows, int units) => empty([rows, Replicas * (long)units], Precision, Device);

    /// <summary>The same value everywhere.</summary>
    /// <returns>[rows, G·units].</returns>
    public Tensor Filled(long rows, int units, double value) => Empty(rows, units).fill_(value);

    /// <summary>The columns of each replica.</summary>
    /// <param name="wide">[rows, G·units].</param>
    /// <returns>G views [rows, units] into the same memory.</returns>
    public Tensor[] Split(Tensor wide)
    {
        var units = wide.shape[1] / Replicas;
        return [.. Enumerable.Range(0, Replicas).Select(replica => wide.narrow(1, replica * units, units))];
    }

    /// <summary>A number of each replica, repeated for each of its units.</summary>
    /// <returns>[G·units].</returns>
    public Tensor Columns(IReadOnlyList<double> ofReplicas, int units) => OfReplicas(ofReplicas).repeat_interleave(units);

    /// <summary>A number of each replica.</summary>
    /// <returns>[G].</returns>
    public Tensor OfReplicas(IReadOnlyList<double> ofReplicas) => tensor(ofReplicas.ToArray()).to(Precision).to(Device);
}
