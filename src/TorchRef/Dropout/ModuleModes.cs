using static TorchSharp.torch;

namespace TorchRef.Dropout;

/// <summary>Remembers in which mode each module of a network is, and puts it back when disposed.</summary>
internal sealed class ModuleModes : IDisposable
{
    private readonly List<(nn.Module module, bool training)> _modes;

    public ModuleModes(nn.Module network)
    {
        // Owners come before what they own: setting the mode of one sets that of all below.
        _modes = [.. OuterFirst(network).Select(module => (module, module.training))];
    }

    /// <summary>Puts some modules, and what they own, into training mode and all others into evaluation; says whether there were any.</summary>
    public bool TrainOnly(Func<nn.Module, bool> trains)
    {
        var chosen = _modes.Select(mode => mode.module).Where(trains).ToList();
        _modes[0].module.eval();
        foreach (var module in chosen) module.train();
        return chosen.Count > 0;
    }

    public void Dispose()
    {
        foreach (var (module, training) in _modes) module.train(training);
    }

    private static IEnumerable<nn.Module> OuterFirst(nn.Module network) => network.children().SelectMany(OuterFirst).Prepend(network);
}
