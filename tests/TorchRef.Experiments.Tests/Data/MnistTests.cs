using TorchRef.Experiments.Data;

namespace TorchRef.Experiments.Tests.Data;

public sealed class MnistTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false, '-')]
    [InlineData(false, '.')]
    [InlineData(true, '-')]
    [InlineData(true, '.')]
    public void Loads_every_naming_to_the_same_data(bool gzip, char separator)
    {
        IdxSample.WriteMnist(_folder, gzip: gzip, separator: separator);
        DigitData data = Mnist.Load(_folder.Path);
        Assert.Equal(3, data.Train.Count);
        Assert.Equal([7, 0, 9], data.Train.Labels.ToArray());
        Assert.Equal([4, 1], data.Test.Labels.ToArray());
        Assert.Equal(IdxSample.Images(2)[16..], data.Test.Pixels.ToArray());
        Assert.Equal((28, 28, 784), (data.Train.Rows, data.Train.Columns, data.Train.PixelsPerImage));
    }

    [Fact]
    public void The_source_names_folder_counts_and_checksum()
    {
        IdxSample.WriteMnist(_folder);
        DigitData data = Mnist.Load(_folder.Path);
        Assert.Equal($"MNIST, {_folder.Path} (3+2 images, sha256 {data.Checksum[..16]}…)", data.Source);
        Assert.Equal($"MNIST, {_folder.Path}, train", data.Train.Source);
    }

    [Fact]
    public void Missing_files_are_named()
    {
        IdxSample.WriteMnist(_folder);
        File.Delete(Path.Combine(_folder.Path, "train-labels-idx1-ubyte"));
        File.Delete(Path.Combine(_folder.Path, "t10k-images-idx3-ubyte"));
        AssertRejected(_folder.Path,
            "Expected all four but got 2; missing: train-labels-idx1-ubyte[.gz], t10k-images-idx3-ubyte[.gz]");
    }

    [Fact]
    public void A_missing_folder_is_rejected() =>
        AssertRejected(Path.Combine(_folder.Path, "nowhere"), "Expected a folder with its four files but got nothing at this path");

    [Fact]
    public void A_file_instead_of_the_folder_is_rejected() =>
        AssertRejected(_folder.Write("file", 1), "Expected a folder with its four files but got a file");

    [Fact]
    public void More_images_than_labels_are_rejected()
    {
        IdxSample.WriteMnist(_folder);
        string labels = _folder.Write("t10k-labels-idx1-ubyte", IdxSample.Labels(1));
        AssertRejected(labels, "Expected 2 labels, as t10k-images-idx3-ubyte has images, but got 1");
    }

    [Fact]
    public void Images_of_another_size_are_rejected()
    {
        IdxSample.WriteMnist(_folder);
        string images = _folder.Write("train-images-idx3-ubyte", IdxSample.Images(3, 28, 27));
        AssertRejected(images, "Expected 28x28 but got 28x27");
    }

    [Fact]
    public void A_label_above_9_is_rejected_with_its_place()
    {
        IdxSample.WriteMnist(_folder);
        string labels = _folder.Write("train-labels-idx1-ubyte", IdxSample.Labels(1, 2, 10));
        AssertRejected(labels, "Expected 0 to 9 but got 10 for image 2");
    }

    [Fact]
    public void Labels_where_images_belong_are_rejected()
    {
        IdxSample.WriteMnist(_folder);
        string images = _folder.Write("train-images-idx3-ubyte", IdxSample.Labels(1, 2, 3));
        AssertRejected(images, "Expected 3 but got 1 (UInt8 3)");
    }

    [Theory]
    [InlineData("data/mnist")]
    [InlineData("shared/data/mnist")]
    public void Is_found_in_the_conventional_places_of_any_folder_above(string place)
    {
        IdxSample.WriteMnist(_folder, at: place);
        string deep = Directory.CreateDirectory(Path.Combine(_folder.Path, "a", "b")).FullName;
        string? found = Mnist.Find(deep);
        Assert.NotNull(found);
        Assert.Equal(Path.GetFullPath(Path.Combine(_folder.Path, place)), Path.GetFullPath(found));
        Assert.Equal(3, Mnist.Load(found).Train.Count);
    }

    [Fact]
    public void The_nearest_place_wins()
    {
        IdxSample.WriteMnist(_folder, at: "data/mnist");
        IdxSample.WriteMnist(_folder, at: "a/data/mnist");
        string start = Path.Combine(_folder.Path, "a");
        Assert.Equal(Path.Combine(start, "data", "mnist"), Mnist.Find(start));
    }

    private static void AssertRejected(string path, string expected)
    {
        string folder = File.Exists(path) && Path.GetFileName(path) != "file" ? Path.GetDirectoryName(path)! : path;
        var error = Assert.Throws<DataFormatException>(() => Mnist.Load(folder));
        Assert.Contains(expected, error.Message);
        Assert.Equal(path, error.Path);
        Assert.DoesNotContain('\n', error.Message);
    }
}
