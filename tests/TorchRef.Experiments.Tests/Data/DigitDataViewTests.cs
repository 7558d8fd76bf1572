using Microsoft.ML;
using Microsoft.ML.Data;
using TorchRef.Experiments.Data;
using TorchRef.Interop.DataViews;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchRef.Experiments.Tests.Data;

public sealed class DigitDataViewTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_columns_are_those_that_trainers_expect()
    {
        IdxSample.WriteMnist(_folder);

        var view = DigitDataView.Stream(_folder.Path, DigitSplit.Train);

        Assert.Equal(["Label: Key<UInt32, 0-9> {KeyValues}", "Features: Vector<Single, 784> {SlotNames}"], view.Schema.Select(column => column.ToString()));
        Assert.Equal(3, view.GetRowCount());
        Assert.True(view.CanShuffle);
        VBuffer<ReadOnlyMemory<char>> names = default;
        view.Schema["Label"].Annotations.GetValue("KeyValues", ref names);
        Assert.Equal("0123456789", string.Concat(names.DenseValues()));
        view.Schema["Features"].Annotations.GetValue("SlotNames", ref names);
        Assert.Equal("1,2", names.GetItemOrDefault(30).ToString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_stream_gives_what_loading_gives(bool gzip)
    {
        using var scope = NewDisposeScope();
        IdxSample.WriteMnist(_folder, gzip: gzip);
        DigitData loaded = Mnist.Load(_folder.Path);
        foreach (var (split, set) in new[] { (DigitSplit.Train, loaded.Train), (DigitSplit.Test, loaded.Test) })
        {
            foreach (IDataView view in new IDataView[] { DigitDataView.Stream(_folder.Path, split), DigitDataView.Of(set) })
            {
                var read = view.ToTensors(DigitDataView.Features, DigitDataView.Label);

                Assert.True(read[DigitDataView.Features].Equals(tensor(set.ToFloats(0, set.Count), [set.Count, 784])));
                Assert.Equal(set.ToClassIndices(0, set.Count), read[DigitDataView.Label].data<long>().ToArray());
            }
        }
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 0)]
    [InlineData(true, 1)]
    public void A_label_that_is_no_digit_is_refused_whatever_is_read(bool gzip, int column)
    {
        byte[] images = IdxSample.Images(3), labels = IdxSample.Labels(1, 10, 3);
        foreach (string stem in new[] { "train", "t10k" })
        {
            _folder.Write($"{stem}-images-idx3-ubyte", gzip ? TempFolder.Gzip(images) : images);
            _folder.Write($"{stem}-labels-idx1-ubyte", gzip ? TempFolder.Gzip(labels) : labels);
        }

        var view = DigitDataView.Stream(_folder.Path, DigitSplit.Test);

        var error = Assert.Throws<DataFormatException>(() => view.ToTensor(view.Schema[column].Name));
        Assert.Contains("Expected 0 to 9 but got 10 for image 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_do_not_belong_together_are_refused_at_once()
    {
        IdxSample.WriteMnist(_folder);
        _folder.Write("t10k-labels-idx1-ubyte", IdxSample.Labels(1, 2, 3));

        Assert.Contains("Expected 2 labels, as t10k-images-idx3-ubyte has images, but got 3", Assert.Throws<DataFormatException>(() => DigitDataView.Stream(_folder.Path, DigitSplit.Test)).Message, StringComparison.Ordinal);
        _folder.Write("t10k-images-idx3-ubyte", IdxSample.Images(3, 28, 27));
        Assert.Contains("Expected 28x28 but got 28x27", Assert.Throws<DataFormatException>(() => DigitDataView.Stream(_folder.Path, DigitSplit.Test)).Message, StringComparison.Ordinal);
        Assert.Throws<DataFormatException>(() => DigitDataView.Stream(Path.Combine(_folder.Path, "none"), DigitSplit.Test));
    }

    [Fact]
    public void A_file_that_was_changed_gives_no_other_rows()
    {
        IdxSample.WriteMnist(_folder);
        var view = DigitDataView.Stream(_folder.Path, DigitSplit.Test);
        view.ToTensor(DigitDataView.Label).Dispose();
        File.SetLastWriteTimeUtc(_folder.Write("t10k-labels-idx1-ubyte", IdxSample.Labels(5, 6)), DateTime.UtcNow.AddMinutes(1));

        var error = Assert.Throws<DataFormatException>(() => view.ToTensor(DigitDataView.Label));

        Assert.StartsWith("A view gives the same rows each time. Expected the file of 10 bytes", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Damage_is_reported_to_all_cursors_of_a_set(bool gzip)
    {
        byte[] images = IdxSample.Images(1000), labels = IdxSample.Labels([.. Enumerable.Repeat((byte)1, 999), 77]);
        foreach (string stem in new[] { "train", "t10k" })
        {
            _folder.Write($"{stem}-images-idx3-ubyte", gzip ? TempFolder.Gzip(images) : images);
            _folder.Write($"{stem}-labels-idx1-ubyte", gzip ? TempFolder.Gzip(labels) : labels);
        }

        var view = DigitDataView.Stream(_folder.Path, DigitSplit.Train);
        DataViewRowCursor[] cursors = view.GetRowCursorSet(view.Schema, 4);

        var failures = cursors.Select(cursor => Record.Exception(() =>
        {
            using (cursor)
            {
                while (cursor.MoveNext())
                {
                }
            }
        }));

        Assert.All(failures, failure => Assert.IsType<DataFormatException>(failure));
    }
}
