using System.Text;
using TorchRef.Experiments.Training;

namespace TorchRef.Experiments.NetworkExperiments;

/// <summary>All that a training has measured.</summary>
/// <param name="Records">The measurements.</param>
/// <param name="Afterwards">What was measured of the trained networks; empty before the end.</param>
internal sealed record TrainingHistory(IReadOnlyList<EpochRecord> Records, IReadOnlyList<double> Afterwards)
{
    /// <summary>A measure of one replica along the training.</summary>
    public IReadOnlyList<double> Of(int replica, Func<EpochRecord, double[]?> measure) => [.. Records.Select(record => measure(record)![replica])];

    /// <summary>The loss of each mini-batch of one replica.</summary>
    public IReadOnlyList<double> BatchLossesOf(int replica) => [.. Records.SelectMany(record => record.BatchLosses![replica])];

    public void Write(BinaryWriter writer)
    {
        writer.Write(Records.Count);
        foreach (var record in Records)
        {
            writer.Write(record.Epoch);
            writer.Write(record.Updates);
            foreach (var measure in new[] { record.TrainAccuracy, record.TestAccuracy, record.TrainLoss, record.TestLoss, record.LastBatchLoss }) WriteNumbers(writer, measure);
            writer.Write(record.BatchLosses?.Length ?? -1);
            foreach (var losses in record.BatchLosses ?? []) WriteNumbers(writer, losses);
        }
        WriteNumbers(writer, [.. Afterwards]);
    }

    public static TrainingHistory Read(BinaryReader reader)
    {
        var records = new EpochRecord[reader.ReadInt32()];
        for (var i = 0; i < records.Length; i++)
        {
            var (epoch, updates) = (reader.ReadInt32(), reader.ReadInt64());
            var measures = Enumerable.Range(0, 5).Select(_ => ReadNumbers(reader)).ToArray();
            var batches = reader.ReadInt32();
            records[i] = new EpochRecord(epoch, updates, measures[0], measures[1], measures[2], measures[3], measures[4],
                batches < 0 ? null : [.. Enumerable.Range(0, batches).Select(_ => ReadNumbers(reader)!)]);
        }
        return new TrainingHistory(records, ReadNumbers(reader)!);
    }

    public static BinaryReader Reader(byte[] state) => new(new MemoryStream(state), Encoding.UTF8);

    private static void WriteNumbers(BinaryWriter writer, double[]? numbers)
    {
        writer.Write(numbers?.Length ?? -1);
        foreach (var number in numbers ?? []) writer.Write(number);
    }

    private static double[]? ReadNumbers(BinaryReader reader)
    {
        var count = reader.ReadInt32();
        if (count < 0) return null;
        var numbers = new double[count];
        for (var i = 0; i < count; i++) numbers[i] = reader.ReadDouble();
        return numbers;
    }
}
