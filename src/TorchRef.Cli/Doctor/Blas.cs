namespace TorchRef.Cli.Doctor;

/// <summary>Which BLAS multiplies matrices, told from the libraries in memory.</summary>
internal sealed record Blas(string Name, bool IsReference, bool ClashesWithOpenMP)
{
    public static Blas Of(Libraries libraries)
    {
        if (libraries.Containing("openblas") is { } open)
            return new Blas($"OpenBLAS from {open}", false, open.Contains("pthread", StringComparison.Ordinal));
        if (libraries.PathOf("libmkl_core", "libmkl_rt", "libmkl_intel_thread", "libmkl_gnu_thread", "mkl_core") is { } mkl)
            return new Blas($"MKL from {mkl}", false, false);
        if (libraries.Containing("/blis") is { } blis) return new Blas($"BLIS from {blis}", false, false);
        if (libraries.Containing("/atlas/") is { } atlas) return new Blas($"ATLAS from {atlas}", false, false);
        if (libraries.Containing("Accelerate.framework") is not null) return new Blas("Accelerate", false, false);
        if (libraries.PathOf("libblas") is { } reference) return new Blas($"the reference BLAS from {reference}", true, false);
        return new Blas("the one inside libtorch", false, false);
    }
}
