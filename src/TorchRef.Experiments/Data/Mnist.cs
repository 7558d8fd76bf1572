namespace TorchRef.Experiments.Data;

/// <summary>Finds and loads the four files of MNIST.</summary>
/// <remarks>
/// The files are <c>train-images</c>, <c>train-labels</c>, <c>t10k-images</c> and <c>t10k-labels</c>, continued by
/// <c>-idx3-ubyte</c> or <c>.idx3-ubyte</c> (<c>idx1</c> for labels), with or without <c>.gz</c>. Where several forms of
/// one file lie side by side, the first of them in that order is taken. Any data set in the same form loads as well, of
/// any number of images.
/// </remarks>
public static class Mnist
{
    /// <summary>Height and width of an image in pixels.</summary>
    public const int Side = 28;

    private const string ImageKind = "idx3-ubyte";
    private const string LabelKind = "idx1-ubyte";

    // Where a project or the folder that holds several of them keeps its data, seen from any folder above the current one.
    private static readonly string[] ConventionalPlaces =
    [
        Path.Combine("data", "mnist"),
        Path.Combine("shared", "data", "mnist"),
    ];

    private static readonly (string Stem, string Kind)[] Files =
    [
        ("train-images", ImageKind),
        ("train-labels", LabelKind),
        ("t10k-images", ImageKind),
        ("t10k-labels", LabelKind),
    ];

    /// <summary>Loads training and test images from a folder.</summary>
    /// <param name="directory">The folder that holds the four files.</param>
    /// <returns>Both sets; their source names the folder.</returns>
    /// <exception cref="DataFormatException">
    /// The folder or one of the files is missing or damaged, images aren't 28x28, labels go beyond 9, or there are more
    /// or fewer labels than images.
    /// </exception>
    public static DigitData Load(string directory)
    {
        string[] paths = FindFiles(directory);
        string origin = $"MNIST, {Path.GetFullPath(directory)}";
        return new DigitData(
            LoadSplit(paths[0], paths[1], $"{origin}, train"),
            LoadSplit(paths[2], paths[3], $"{origin}, test"),
            origin);
    }

    /// <summary>
    /// Looks for MNIST in <c>data/mnist</c> and <c>shared/data/mnist</c>, in a folder and then in each folder above it.
    /// </summary>
    /// <param name="startDirectory">Where to start; the current directory is the usual choice.</param>
    /// <returns>
    /// The nearest such place that holds at least one of the four files, or null. A place with only some of them counts,
    /// so that an interrupted download is reported by <see cref="Load"/> instead of being passed over in silence.
    /// </returns>
    public static string? Find(string startDirectory)
    {
        ArgumentException.ThrowIfNullOrEmpty(startDirectory);
        for (var folder = new DirectoryInfo(startDirectory); folder is not null; folder = folder.Parent)
        {
            foreach (string place in ConventionalPlaces)
            {
                string candidate = Path.Combine(folder.FullName, place);
                if (Files.Any(file => FindFile(candidate, file.Stem, file.Kind) is not null))
                {
                    return candidate;
                }
            }
        }

        return null;
    }

    /// <summary>The four files of a folder: images and labels to train with, images and labels to test with.</summary>
    /// <exception cref="DataFormatException">The folder or one of them is missing.</exception>
    internal static string[] FindFiles(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        if (!Directory.Exists(directory))
        {
            string found = File.Exists(directory) ? "a file" : "nothing at this path";
            throw new DataFormatException(directory,
                $"MNIST is loaded from a folder. Expected a folder with its four files but got {found}");
        }

        string?[] paths = [.. Files.Select(file => FindFile(directory, file.Stem, file.Kind))];
        if (paths.Contains(null))
        {
            var missing = Files.Where((_, i) => paths[i] is null).Select(file => $"{file.Stem}-{file.Kind}[.gz]").ToArray();
            throw new DataFormatException(directory, "MNIST is four files, of images and labels to train and to test with. "
                + $"Expected all four but got {Files.Length - missing.Length}; missing: {string.Join(", ", missing)}");
        }

        return paths!;
    }

    /// <summary>Checks that a file of images holds such as MNIST has.</summary>
    internal static void RequireImages(string imagePath, IdxHeader header)
    {
        IReadOnlyList<int> shape = header.Dimensions;
        if (shape[1] != Side || shape[2] != Side)
        {
            throw new DataFormatException(imagePath,
                $"An image of MNIST is {Side}x{Side} pixels. Expected {Side}x{Side} but got {shape[1]}x{shape[2]}");
        }
    }

    /// <summary>Checks that there is a label for each image.</summary>
    internal static void RequireLabels(string labelPath, int labels, string imagePath, int images)
    {
        if (labels != images)
        {
            throw new DataFormatException(labelPath, "There is one label for each image. "
                + $"Expected {images} labels, as {Path.GetFileName(imagePath)} has images, but got {labels}");
        }
    }

    /// <summary>A label that is no digit.</summary>
    internal static DataFormatException StrayLabel(string labelPath, byte label, long image) =>
        new(labelPath, $"A label of MNIST is a digit. Expected 0 to 9 but got {label} for image {image}");

    private static string? FindFile(string directory, string stem, string kind)
    {
        string[] names = [$"{stem}-{kind}", $"{stem}.{kind}", $"{stem}-{kind}.gz", $"{stem}.{kind}.gz"];
        return names.Select(name => Path.Combine(directory, name)).FirstOrDefault(File.Exists);
    }

    private static DigitSet LoadSplit(string imagePath, string labelPath, string source)
    {
        IdxBytes images = IdxFile.ReadBytes(imagePath, rank: 3);
        RequireImages(imagePath, images.Header);
        IdxBytes labels = IdxFile.ReadBytes(labelPath, rank: 1);
        RequireLabels(labelPath, labels.Data.Length, imagePath, images.Header.Dimensions[0]);
        int stray = DigitSet.IndexOfStrayLabel(labels.Data);
        if (stray >= 0)
        {
            throw StrayLabel(labelPath, labels.Data[stray], stray);
        }

        return new DigitSet(images.Data, labels.Data, Side, Side, source);
    }
}
