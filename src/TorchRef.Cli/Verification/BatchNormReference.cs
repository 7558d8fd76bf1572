using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification;

/// <summary>torch.nn.BatchNorm1d with given settings, and ways to bring two modules into one state.</summary>
internal static class BatchNormReference
{
    /// <remarks>
    /// Momentum null can only be set by the property. The element type is set by conversion, not by the factory's
    /// argument, which some versions of TorchSharp pass on to the integer counter.
    /// </remarks>
    public static BatchNorm1d Make(BatchNormSettings settings, ScalarType dtype)
    {
        var module = nn.BatchNorm1d(settings.Features, settings.Eps, settings.Momentum ?? 0.1, settings.Affine, settings.Tracking);
        module.momentum = settings.Momentum;
        return module.to(dtype);
    }

    /// <summary>Gives the state of both modules the same values, away from the initial ones, which hide faults.</summary>
    public static void RandomiseState(nn.Module candidate, nn.Module reference, Generator random)
    {
        using var noGraph = no_grad();
        var other = reference.state_dict();
        foreach (var (name, tensor) in candidate.state_dict())
        {
            if (!tensor.is_floating_point()) continue;
            var values = Draw.Uniform(tensor.shape, float64, random) + (name == "running_var" ? 0.5 : -0.3); // [C]
            tensor.copy_(values);
            if (other.TryGetValue(name, out var twin)) twin.copy_(values); // a name of the candidate's own is reported by its keys
        }
    }
}
