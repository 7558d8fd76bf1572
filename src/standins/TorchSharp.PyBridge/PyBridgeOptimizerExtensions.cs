using TorchRef.Interop.Checkpoints.Optimizers;
using TorchRef.Interop.Checkpoints.Reading;
using TorchRef.Interop.Checkpoints.Writing;
using TorchSharp.Modules;

namespace TorchSharp.PyBridge;

/// <summary>An optimiser's state, from and to files of torch.save.</summary>
public static class PyBridgeOptimizerExtensions
{
    public static void save_py(this OptimizerHelper optim, string location)
    {
        using var stream = File.Create(location);
        optim.save_py(stream, leaveOpen: true);
    }

    public static void save_py(this OptimizerHelper optim, Stream stream, bool leaveOpen = false)
    {
        try
        {
            using var scope = torch.NewDisposeScope();
            PthWriter.Write(stream, OptimizerSaver.Save(optim));
        }
        finally
        {
            if (!leaveOpen) stream.Dispose();
        }
    }

    public static void load_py(this OptimizerHelper optim, string location)
    {
        using var stream = File.OpenRead(location);
        optim.load_py(stream, leaveOpen: true);
    }

    public static void load_py(this OptimizerHelper optim, Stream stream, bool leaveOpen = false)
    {
        try
        {
            OptimizerLoader.Load(optim, PthFile.Open(stream));
        }
        finally
        {
            if (!leaveOpen) stream.Dispose();
        }
    }
}
