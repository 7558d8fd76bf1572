using TorchRef.Experiments.Data;

namespace TorchRef.Experiments.Tests.Data;

public sealed class DigitDataTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_given_folder_is_loaded_before_anything_else()
    {
        IdxSample.WriteMnist(_folder, at: "mine");
        string mine = Path.Combine(_folder.Path, "mine");
        DigitData data = DigitData.LoadOrSynthesize(mine, Options(environment: "elsewhere"));
        Assert.StartsWith($"MNIST, {mine} (3+2 images", data.Source);
    }

    [Fact]
    public void A_given_folder_that_is_not_there_is_never_replaced_by_drawn_digits() =>
        Assert.Throws<DataFormatException>(() => DigitData.LoadOrSynthesize(Path.Combine(_folder.Path, "no"), Options()));

    [Fact]
    public void The_environment_names_the_folder_when_the_caller_does_not()
    {
        IdxSample.WriteMnist(_folder, at: "env");
        IdxSample.WriteMnist(_folder, at: "data/mnist");
        string env = Path.Combine(_folder.Path, "env");
        Assert.StartsWith($"MNIST, {env} ", DigitData.LoadOrSynthesize(options: Options(env)).Source);
    }

    [Fact]
    public void A_folder_of_the_environment_that_is_not_there_is_never_replaced_by_drawn_digits() =>
        Assert.Throws<DataFormatException>(() => DigitData.LoadOrSynthesize(options: Options(Path.Combine(_folder.Path, "no"))));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Without_a_name_the_conventional_places_are_tried(string? environment)
    {
        IdxSample.WriteMnist(_folder, at: "data/mnist");
        Assert.StartsWith("MNIST, ", DigitData.LoadOrSynthesize(options: Options(environment)).Source);
    }

    [Fact]
    public void A_found_place_with_only_some_of_the_files_is_reported()
    {
        IdxSample.WriteMnist(_folder, at: "data/mnist");
        File.Delete(Path.Combine(_folder.Path, "data", "mnist", "t10k-labels-idx1-ubyte"));
        var error = Assert.Throws<DataFormatException>(() => DigitData.LoadOrSynthesize(options: Options()));
        Assert.Contains("missing: t10k-labels-idx1-ubyte[.gz]", error.Message);
    }

    // The temporary folder may itself lie below a folder with MNIST; then there is nothing to fall back from.
    [SkippableFact]
    public void With_no_mnist_anywhere_digits_are_drawn_and_the_source_says_so()
    {
        Skip.If(Mnist.Find(_folder.Path) is not null, "a folder above the temporary one holds MNIST");
        DigitData data = DigitData.LoadOrSynthesize(options: Options() with { SyntheticSeed = 5 });
        Assert.Equal($"SyntheticDigits, seed 5 (30+20 images, sha256 {data.Checksum[..16]}…)", data.Source);
        Assert.Equal("SyntheticDigits, seed 5, test", data.Test.Source);
    }

    [SkippableFact]
    public void The_real_mnist_loads_and_is_the_one_everybody_means()
    {
        string? directory = Environment.GetEnvironmentVariable(DigitData.MnistVariable) is { Length: > 0 } named
            ? named
            : Mnist.Find(AppContext.BaseDirectory);
        Skip.If(directory is null, $"there is no MNIST: neither {DigitData.MnistVariable} nor data/mnist or shared/data/mnist above the tests");
        DigitData data = Mnist.Load(directory!);
        Assert.Equal((60_000, 10_000), (data.Train.Count, data.Test.Count));
        Assert.Equal([5, 0, 4, 1, 9, 2, 1, 3, 1, 4], data.Train.Labels[..10].ToArray());
        Assert.Equal([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949], Histogram(data.Train));
        Assert.Equal([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009], Histogram(data.Test));

        // The mean that half the world's MNIST code normalises with.
        Assert.Equal(0.1307, data.Train.ToFloats(0, data.Train.Count).Average(pixel => (double)pixel), 4);
    }

    private static int[] Histogram(DigitSet set)
    {
        var counts = new int[DigitSet.ClassCount];
        foreach (byte label in set.Labels)
        {
            counts[label]++;
        }

        return counts;
    }

    private DigitDataOptions Options(string? environment = null) => new()
    {
        SyntheticTrainCount = 30,
        SyntheticTestCount = 20,
        StartDirectory = _folder.Path,
        ReadEnvironment = name => name == DigitData.MnistVariable ? environment : null,
    };
}
