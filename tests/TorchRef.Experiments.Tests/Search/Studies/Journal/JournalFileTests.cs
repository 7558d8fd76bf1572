using System.Text;
using TorchRef.Experiments.Golden;
using TorchRef.Experiments.Search.Studies;
using TorchRef.Experiments.Tests.Data;
using TorchRef.Experiments.Tests.Search.Studies.Support;

namespace TorchRef.Experiments.Tests.Search.Studies.Journal;

/// <summary>The file as others leave it: growing, torn, broken, or no journal at all.</summary>
public sealed class JournalFileTests
{
    private const string Study = """{"op_code":0,"worker_id":"w","study_name":"s","directions":[2]}""" + "\n";
    private const string Begun = """{"op_code":4,"worker_id":"w","study_id":0,"datetime_start":"2026-11-20T23:55:26.567540+00:00"}""" + "\n";

    [Fact]
    public void A_journal_that_isnt_there_is_made_empty()
    {
        using TempFolder folder = new();
        string path = Path.Combine(folder.Path, "new.log");
        using IStudyStorage storage = StudyStorage.Open(path);

        Assert.Empty(storage.Studies());
        Assert.Empty(File.ReadAllBytes(path));
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));
    }

    /// <summary>Optuna's golden journal cut at every byte: what a kill or a power cut leaves. The next writer mends it, and no whole line is lost.</summary>
    [Fact]
    public void A_torn_line_is_mended_wherever_it_was_torn()
    {
        using TempFolder folder = new();
        byte[] whole = File.ReadAllBytes(Path.Combine(GoldenFile.FindFolder()!, "studies", "optuna-5.0.0rc1.log"));
        int start = whole.AsSpan(0, whole.Length - 1).LastIndexOf((byte)'\n') + 1;
        for (int length = start; length <= whole.Length; length++)
        {
            string path = folder.Write("study.log", whole.AsSpan(0, length));
            using (IStudyStorage reader = StudyStorage.Open(path))
            {
                Assert.Equal(length == whole.Length ? 2 : 1, reader.Trials(2).Count);
                Assert.Equal(length, new FileInfo(path).Length);
            }

            using IStudyStorage writer = StudyStorage.Open(path);
            writer.SetStudyAttribute(2, AttributeKind.User, "next", 1);

            // Only the end of the line missing, the operation is whole, and stays.
            bool isWhole = length >= whole.Length - 1;
            Assert.Equal(isWhole ? 2 : 1, writer.Trials(2).Count);
            byte[] mended = File.ReadAllBytes(path);
            Assert.Equal(whole.AsSpan(0, isWhole ? whole.Length : start), mended.AsSpan(0, isWhole ? whole.Length : start));
            Assert.StartsWith("{\"op_code\":2,", Encoding.ASCII.GetString(mended.AsSpan(isWhole ? whole.Length : start)));
            Assert.Equal((byte)'\n', mended[^1]);
        }
    }

    [Fact]
    public void Zeros_that_a_power_cut_left_at_the_end_are_cut_off()
    {
        using TempFolder folder = new();
        string path = folder.Write("study.log", Encoding.ASCII.GetBytes(Study + Begun[..20] + new string('\0', 4096)));
        using IStudyStorage storage = StudyStorage.Open(path);

        storage.Create(0, Trial.Running());

        Assert.Single(storage.Trials(0));
        Assert.Equal(2, File.ReadAllLines(path).Length);
        Assert.DoesNotContain((byte)0, File.ReadAllBytes(path));
    }

    public static TheoryData<string, byte[], int> Foreign => new()
    {
        { "an image", [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0], 1 },
        { "zeros", new byte[64], 1 },
        { "a text", Bytes("dear diary\n"), 1 },
        { "a text without end", Bytes("dear diary"), 1 },
        { "JSON without end", Bytes("""{"name":"package"}"""), 1 },
        { "JSON over several lines", Bytes("{\n  \"op_code\": 0\n}\n"), 1 },
        { "a list", Bytes("[]\n"), 1 },
        { "JSON lines of another kind", Bytes("{\"event\":1}\n{\"event\":2}\n"), 1 },
        { "an empty line", Bytes("\n"), 1 },
        { "a database", Bytes("SQLite format 3\0"), 1 },
        { "an unknown operation", Bytes($"{Study}{Begun}{{\"op_code\":12,\"worker_id\":\"w\"}}\n"), 3 },
        { "a blank line inside", Bytes($"{Study}\n{Begun}"), 2 },
        { "a comment", Bytes($"{Study}# mine\n{Begun}"), 2 },
        { "bytes that are no UTF-8", [.. Bytes(Study), .. Bytes("{\"op_code\":2,\"worker_id\":\"w\",\"study_id\":0,\"user_attr\":{\"a\":\""), 0xFF, .. Bytes("\"}}\n")], 2 },
        { "two lines in one, after a kill", Bytes($"{Study}{Begun[..30]}{Begun}{Begun}"), 2 },
        { "something behind the journal", Bytes($"{Study}{Begun}dear diary"), 3 },
        { "zeros inside", Bytes($"{Study}\0\0\0\n{Begun}"), 2 },
    };

    [Theory]
    [MemberData(nameof(Foreign))]
    public void A_broken_or_foreign_file_is_refused_with_its_line_and_left_as_it_is(string what, byte[] bytes, int line)
    {
        using TempFolder folder = new();
        string path = folder.Write("study.log", bytes);

        var error = Assert.Throws<StudyStorageException>(() => StudyStorage.Open(path));

        Assert.StartsWith($"{path}, line {line}: ", error.Message);
        Assert.True(error.Message.Split('\n') is [_], what);
        Assert.Equal(bytes, File.ReadAllBytes(path));
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_journal_that_breaks_while_it_is_open_is_refused_too()
    {
        using TempFolder folder = new();
        string path = folder.Write("study.log", Encoding.ASCII.GetBytes(Study));
        using IStudyStorage storage = StudyStorage.Open(path);
        File.AppendAllText(path, "what\n");

        Assert.Contains("line 2", Assert.Throws<StudyStorageException>(() => storage.Trials(0)).Message);
        Assert.Contains("line 2", Assert.Throws<StudyStorageException>(() => storage.Create(0, Trial.Running())).Message);
        Assert.Equal($"{Study}what\n", File.ReadAllText(path));
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_journal_that_was_replaced_cut_or_removed_meanwhile_is_no_longer_written_to()
    {
        using TempFolder folder = new();
        string path = folder.Write("study.log", Encoding.ASCII.GetBytes(Study + Begun));
        using IStudyStorage storage = StudyStorage.Open(path);

        foreach (string other in new[] { Study, Study.Replace("\"s\"", "\"t\"") + Begun.Replace("2026", "2027") })
        {
            File.WriteAllText(path, other);
            Assert.Contains("was cut or replaced", Assert.Throws<StudyStorageException>(() => storage.Create(0, Trial.Running())).Message);
            Assert.Equal(other, File.ReadAllText(path));
        }

        File.Delete(path);
        Assert.Throws<StudyStorageException>(() => storage.Create(0, Trial.Running()));
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void A_file_that_cant_be_used_is_named_in_one_line()
    {
        using TempFolder folder = new();
        Assert.Contains("is a folder", Assert.Throws<StudyStorageException>(() => StudyStorage.Open(folder.Path)).Message);
        string nowhere = Path.Combine(folder.Path, "no", "study.log");
        string message = Assert.Throws<StudyStorageException>(() => StudyStorage.Open(nowhere)).Message;
        Assert.Contains(nowhere, message);
        Assert.DoesNotContain('\n', message);
        Assert.Throws<StudyStorageException>(() => StudyStorage.Open(""));
    }

    [Fact]
    public void A_reader_goes_on_where_it_was_and_takes_a_line_when_it_is_whole()
    {
        using TempFolder folder = new();
        string path = folder.Write("study.log", []);
        using IStudyStorage storage = StudyStorage.Open(path);
        for (int i = 0; i < Study.Length; i++)
        {
            File.AppendAllText(path, Study[i..(i + 1)]);
            Assert.Equal(i == Study.Length - 1 ? 1 : 0, storage.Studies().Count);
        }
    }

    [Fact]
    public void A_line_longer_than_a_chunk_is_read()
    {
        using TempFolder folder = new();
        string path = Path.Combine(folder.Path, "study.log"), text = new('x', 300_000);
        using (IStudyStorage storage = StudyStorage.Open(path))
        {
            long study = storage.OpenStudy("s", StudyDirection.Minimize).Id;
            storage.SetStudyAttribute(study, AttributeKind.User, "long", text);
            storage.SetStudyAttribute(study, AttributeKind.User, "short", 1);
        }

        using IStudyStorage again = StudyStorage.Open(path);
        Assert.Equal(text, again.Studies()[0].UserAttributes["long"].String);
        Assert.Equal(1, again.Studies()[0].UserAttributes["short"].Integer);
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
