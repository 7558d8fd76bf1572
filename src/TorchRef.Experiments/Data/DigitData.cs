namespace TorchRef.Experiments.Data;

/// <summary>Images to train with and images to test with, from one origin.</summary>
public sealed class DigitData
{
    /// <summary>The environment variable that names the folder of MNIST.</summary>
    public const string MnistVariable = "TORCHREF_MNIST";

    // As many digits of the checksum as tell data sets apart in a report.
    private const int ShownDigits = 16;

    private readonly string _origin;
    private readonly Lazy<string> _checksum;

    /// <summary>Puts two sets together.</summary>
    /// <param name="train">The images to train with.</param>
    /// <param name="test">The images to test with, of the same size.</param>
    /// <param name="origin">What both come from, in one line, for example <c>SyntheticDigits, seed 0</c>.</param>
    /// <exception cref="ArgumentException">The images of the two sets differ in size.</exception>
    public DigitData(DigitSet train, DigitSet test, string origin)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(test);
        ArgumentException.ThrowIfNullOrEmpty(origin);
        if (train.Rows != test.Rows || train.Columns != test.Columns)
        {
            throw new ArgumentException("Both sets hold images of one size. "
                + $"Expected {train.Rows}x{train.Columns} but got {test.Rows}x{test.Columns}", nameof(test));
        }

        Train = train;
        Test = test;
        _origin = origin;
        _checksum = new Lazy<string>(() => DigitSet.Sha256(Train, Test));
    }

    /// <summary>The images to train with.</summary>
    public DigitSet Train { get; }

    /// <summary>The images to test with.</summary>
    public DigitSet Test { get; }

    /// <summary>What data it is without saying where it lies: <c>MNIST</c> or <c>SyntheticDigits</c>.</summary>
    public string Name => _origin.Split(',')[0];

    /// <summary>
    /// SHA-256 over the pixels and labels of <see cref="Train"/> and then those of <see cref="Test"/>, as 64 lower-case
    /// hexadecimal digits; computed once.
    /// </summary>
    public string Checksum => _checksum.Value;

    /// <summary>
    /// Which data this is, in one line for reports: origin, numbers of images, and the start of <see cref="Checksum"/>.
    /// </summary>
    public string Source =>
        $"{_origin} ({Train.Count}+{Test.Count} images, sha256 {Checksum[..ShownDigits]}…)";

    /// <summary>Loads MNIST where there is some, and otherwise draws <see cref="SyntheticDigits"/>.</summary>
    /// <remarks>
    /// What someone asked for by name has to be there: a folder given here, or by the variable
    /// <see cref="MnistVariable"/> when none is given, is loaded or the call fails. Only when nobody named a folder are
    /// the places of <see cref="Mnist.Find"/> tried and digits drawn in the end. <see cref="Source"/> says which it was.
    /// </remarks>
    /// <param name="directory">The folder of MNIST; null, the default, to look for it.</param>
    /// <param name="options">Where to look and what to draw; null for the defaults.</param>
    /// <returns>The data.</returns>
    /// <exception cref="DataFormatException">A folder that was named or found can't be loaded.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Digits had to be drawn, and a count is out of range.</exception>
    public static DigitData LoadOrSynthesize(string? directory = null, DigitDataOptions? options = null)
    {
        options ??= new DigitDataOptions();
        directory ??= NullIfEmpty(options.ReadEnvironment(MnistVariable))
            ?? Mnist.Find(options.StartDirectory ?? Directory.GetCurrentDirectory());
        return directory is not null
            ? Mnist.Load(directory)
            : SyntheticDigits.Generate(options.SyntheticTrainCount, options.SyntheticTestCount, options.SyntheticSeed);
    }

    // Shells make "not set" and "set to nothing" hard to tell apart.
    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
