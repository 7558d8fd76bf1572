namespace TorchRef.Experiments.Data;

/// <summary>One of the four files of MNIST as they are offered for download.</summary>
/// <param name="Name">Its name, which ends in <c>.gz</c>.</param>
/// <param name="Sha256">SHA-256 of what it unpacks to, as 64 lower-case hexadecimal digits; how it was packed doesn't matter.</param>
public sealed record MnistFile(string Name, string Sha256)
{
    /// <summary>The four files.</summary>
    public static IReadOnlyList<MnistFile> All { get; } =
    [
        new("train-images-idx3-ubyte.gz", "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
        new("train-labels-idx1-ubyte.gz", "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
        new("t10k-images-idx3-ubyte.gz", "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
        new("t10k-labels-idx1-ubyte.gz", "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
    ];

    /// <summary>Folders on the web that offer them, the usual first choice first.</summary>
    public static IReadOnlyList<Uri> Mirrors { get; } =
    [
        new("https://ossci-datasets.s3.amazonaws.com/mnist/"),
        new("https://storage.googleapis.com/cvdf-datasets/mnist/"),
    ];
}
