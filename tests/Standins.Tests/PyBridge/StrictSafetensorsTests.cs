using System.Buffers.Binary;
using System.Text;
using TorchSharp;
using TorchSharp.PyBridge;

namespace Standins.Tests.PyBridge;

/// <summary>The stand-in refuses what the format forbids and the package reads on; on the package these are skipped.</summary>
public class StrictSafetensorsTests
{
    [SkippableTheory]
    [InlineData("overlap", """{"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},"b":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}""", 4, "expected offset 3 but got 2")]
    [InlineData("gap", """{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}""", 4, "expected offset 1 but got 2")]
    [InlineData("trailing bytes", """{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", 4, "expected 1 bytes after the header but got 4")]
    [InlineData("missing bytes", """{"a":{"dtype":"U8","shape":[9],"data_offsets":[0,9]}}""", 4, "expected 9 bytes after the header but got 4")]
    [InlineData("duplicate", """{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", 1, "expected one 'a' but got two")]
    [InlineData("negative size", """{"a":{"dtype":"U8","shape":[-1],"data_offsets":[0,1]}}""", 1, "expected integers from 0 on but got '-1'")]
    [InlineData("product too large", """{"a":{"dtype":"U8","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", 0, "expected below 2^63 bytes")]
    [InlineData("descending offsets", """{"a":{"dtype":"U8","shape":[1],"data_offsets":[1,0]}}""", 1, "expected two ascending numbers but got [1, 0]")]
    [InlineData("not the shape's", """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "expected 8 but got 4")]
    [InlineData("unknown dtype", """{"a":{"dtype":"F13","shape":[1],"data_offsets":[0,4]}}""", 4, "but got 'F13'")]
    [InlineData("a list", "[1]", 0, "expected an object but got a first byte 5b")]
    public void What_the_format_forbids_is_refused_with_what_was_expected(string what, string header, int bytes, string message)
    {
        SkipOnThePackage();
        var text = Encoding.UTF8.GetBytes(header);
        var error = Read(text.Length, text, bytes);
        Assert.True(error?.Message.Contains(message, StringComparison.Ordinal), $"{what}: {error?.Message ?? "nothing was thrown"}");
    }

    [SkippableTheory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(99_000_000)]
    public void A_header_length_that_lies_is_refused(long length)
    {
        SkipOnThePackage();
        Assert.Contains("expected", Read(length, "{}"u8.ToArray(), 0)?.Message);
    }

    private static InvalidDataException? Read(long length, byte[] header, int bytes)
    {
        var prefix = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, length);
        using var file = new MemoryStream([.. prefix, .. header, .. new byte[bytes]]);
        using var scope = torch.NewDisposeScope();
        return Record.Exception(() => Safetensors.LoadStateDict(file)) as InvalidDataException;
    }

    private static void SkipOnThePackage() =>
        Skip.If(typeof(Safetensors).Assembly.GetType("TorchRef.Interop.Checkpoints.Reading.SafetensorsHeader") is null, "this is the package, which is less strict");
}
