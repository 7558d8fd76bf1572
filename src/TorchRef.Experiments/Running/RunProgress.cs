namespace TorchRef.Experiments.Running;

/// <summary>How far a run has come.</summary>
/// <param name="Part">Which part is running, from 0; the number of parts when all are done.</param>
/// <param name="PartCount">How many parts there are.</param>
/// <param name="PartName">The running part's name; empty when all are done.</param>
/// <param name="Share">How much of this part is done, from 0 to 1.</param>
/// <param name="Doing">What the part is at; null when it says nothing.</param>
public readonly record struct RunProgress(int Part, int PartCount, string PartName, double Share, string? Doing)
{
    /// <summary>How much of the whole run is done, from 0 to 1.</summary>
    public double Whole => PartCount == 0 ? 1 : (Part + Share) / PartCount;
}
