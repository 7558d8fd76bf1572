using Microsoft.ML;
using Microsoft.ML.Data;
using TorchRef.Experiments.Data;
using TorchRef.Interop.DataViews;
using TorchRef.Layers;
using TorchRef.Optimization;
using static TorchSharp.torch;

namespace TorchRef.Experiments.Tests.Data;

/// <summary>A training that is fed by a view over the files of MNIST, with none of them in memory.</summary>
public sealed class StreamedTrainingTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Memory_does_not_grow_with_the_number_of_rows(bool gzip)
    {
        Train(5_000, gzip);

        var few = Train(5_000, gzip);
        var many = Train(20_000, gzip);

        // Both are more than the pool that a compressed file is shuffled through. 15,000 more images are 12 MB as bytes and 47 MB as floats.
        Assert.InRange(many.LiveBytes - few.LiveBytes, -1 << 18, 1 << 18);
        Assert.Equal(few.Tensors, many.Tensors);
        Assert.InRange(many.Accuracy, 0.99, 1);
    }

    [SkippableFact]
    public void MNIST_itself_is_read_alike_however_it_is_read()
    {
        string? directory = Environment.GetEnvironmentVariable(DigitData.MnistVariable) is { Length: > 0 } named ? named : Mnist.Find(Directory.GetCurrentDirectory());
        Skip.If(directory is null, "MNIST is in none of the usual places");
        var view = DigitDataView.Stream(directory!, DigitSplit.Test);
        string whole = Mnist.Load(directory!).Test.Checksum;

        Assert.Equal(whole, Checksum(view.GetRowCursorSet(view.Schema, 1)));
        Assert.Equal(whole, Checksum(view.GetRowCursorSet(view.Schema, 4)));
        Assert.Equal(whole, Checksum(view.GetRowCursorSet(view.Schema, 4, new Random(1))));
    }

    private static (double Accuracy, long LiveBytes, long Tensors) Train(int count, bool gzip)
    {
        using var folder = new TempFolder();
        LearnableDigits.Write(folder, count, gzip);
        var batches = new DataViewBatches(DigitDataView.Stream(folder.Path, DigitSplit.Train), 100, DigitDataView.Features, DigitDataView.Label) { ShuffleSeed = 1 };
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var layer = new Affine(784, 10);
        using var optimizer = new SGD(layer.parameters(), lr: 0.1);
        using var loss = new SoftmaxCrossEntropy();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        // The package counts a tensor for each parameter that was ever made; what matters is what training adds.
        long before = Tensor.TotalCount, seen = 0, right = 0, bytes = 0, tensors = 0;
        foreach (DataViewBatch batch in batches)
        {
            using var step = NewDisposeScope();
            optimizer.zero_grad();
            Tensor logits = layer.call(batch[DigitDataView.Features]);   // [100, 10]
            loss.call(logits, batch[DigitDataView.Label]).backward();
            optimizer.step();
            seen += batch.Count;
            if (seen > count - 500) right += (logits.argmax(1) == batch[DigitDataView.Label]).sum().item<long>();
            // Near the end, where whatever piles up has done so.
            if (batch.Index == count / 100 - 5) (bytes, tensors) = (GC.GetTotalMemory(forceFullCollection: true), Tensor.TotalCount - before);
        }

        Assert.Equal(count, seen);
        return (right / 500.0, bytes, tensors);
    }

    /// <summary>What <see cref="DigitSet.Checksum"/> is made of, gathered by threads and put in place by the rows' identities.</summary>
    private static string Checksum(DataViewRowCursor[] cursors)
    {
        var pixels = new byte[10_000 * 784];
        var labels = new byte[10_000];
        int rows = 0;
        Thread[] threads = [.. cursors.Select(cursor => new Thread(() =>
        {
            using (cursor)
            {
                var id = cursor.GetIdGetter();
                var label = cursor.GetGetter<uint>(cursor.Schema[DigitDataView.Label]);
                var features = cursor.GetGetter<VBuffer<float>>(cursor.Schema[DigitDataView.Features]);
                (DataViewRowId Id, uint Label, VBuffer<float> Features) row = default;
                while (cursor.MoveNext())
                {
                    id(ref row.Id);
                    label(ref row.Label);
                    features(ref row.Features);
                    int index = (int)row.Id.Low;
                    labels[index] = (byte)(row.Label - 1);
                    ReadOnlySpan<float> values = row.Features.GetValues();
                    for (int p = 0; p < 784; p++) pixels[784 * index + p] = (byte)MathF.Round(values[p] * 255);
                    Interlocked.Increment(ref rows);
                }
            }
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        Assert.Equal(10_000, rows);
        return new DigitSet(pixels, labels, 28, 28, "streamed").Checksum;
    }
}
