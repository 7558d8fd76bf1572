using System.IO.Compression;
using System.Text;
using TorchRef.Interop.Checkpoints.Reading;
using TorchRef.Interop.Checkpoints.Writing;

namespace TorchRef.Interop.Tests.Checkpoints.Writing;

public class ZipWriterTests
{
    [Theory]
    [InlineData(uint.MaxValue)]
    [InlineData(10u)]
    public void Each_record_starts_on_a_multiple_of_64_and_other_readers_read_it(uint widest)
    {
        using var stream = new MemoryStream();
        var zip = new ZipWriter(stream) { Widest = widest };
        for (var number = 0; number < 20; number++) zip.Add($"a/{new string('n', number)}{number}", Encoding.ASCII.GetBytes(new string('x', number * 7)));
        zip.Finish();

        var directory = ZipDirectory.Read(stream, new MemoryBudget());
        Assert.All(directory.Records, record => Assert.Equal(0, record.DataStart % ZipWriter.Alignment));
        using var archive = new ZipArchive(stream);
        Assert.Equal(20, archive.Entries.Count);
        foreach (var entry in archive.Entries)
        {
            using var reader = new StreamReader(entry.Open());
            Assert.Equal(ZipContent.All(stream, directory.Find(entry.FullName)!).Length, reader.ReadToEnd().Length);
        }
    }
}
