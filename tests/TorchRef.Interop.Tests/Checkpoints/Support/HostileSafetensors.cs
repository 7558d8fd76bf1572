using System.Text;
using static TorchRef.Interop.Tests.Checkpoints.Support.Craft;

namespace TorchRef.Interop.Tests.Checkpoints.Support;

/// <summary>Safetensors files that the format forbids.</summary>
internal static class HostileSafetensors
{
    public static IEnumerable<HostileFile> All()
    {
        yield return Of("safetensors: tensors over each other", """{"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},"b":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}""", 4, "neither over them nor apart: expected offset 3 but got 2");
        yield return Of("safetensors: tensors apart", """{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}""", 4, "expected offset 1 but got 2");
        yield return Of("safetensors: tensors that don't start at the start", """{"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", 2, "expected offset 0 but got 1");
        yield return Of("safetensors: bytes after the last tensor", """{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", 4, "a file must end with its last tensor");
        yield return Of("safetensors: tensors past the end", """{"a":{"dtype":"U8","shape":[9],"data_offsets":[0,9]}}""", 4, "the tensors must be complete");
        yield return Of("safetensors: a tensor of 2^62 bytes", """{"a":{"dtype":"U8","shape":[4611686018427387904],"data_offsets":[0,4611686018427387904]}}""", 4, "the tensors must be complete");
        yield return Of("safetensors: a name twice", """{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", 1, "one 'a' but got two");
        yield return Of("safetensors: metadata twice", """{"__metadata__":{"a":"1","a":"2"}}""", 0, "one 'a' in the metadata but got two");
        yield return Of("safetensors: metadata that aren't texts", """{"__metadata__":{"a":1}}""", 0, "the metadata 'a' must be text");
        yield return Of("safetensors: a negative size", """{"a":{"dtype":"U8","shape":[-1],"data_offsets":[0,1]}}""", 1, "integers from 0 on but got '-1'");
        yield return Of("safetensors: half a size", """{"a":{"dtype":"U8","shape":[1.5],"data_offsets":[0,1]}}""", 1, "integers from 0 on but got '1.5'");
        yield return Of("safetensors: a product of sizes beyond 2^64", """{"a":{"dtype":"U8","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", 0, "memory can hold");
        yield return Of("safetensors: offsets that descend", """{"a":{"dtype":"U8","shape":[1],"data_offsets":[1,0]}}""", 1, "two ascending numbers");
        yield return Of("safetensors: three offsets", """{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1,2]}}""", 2, "two ascending numbers");
        yield return Of("safetensors: offsets that aren't the shape's", """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "the bytes of 'a' must be those of its shape [2] of F32: expected 8 but got 4");
        yield return Of("safetensors: 8-bit floats", """{"a":{"dtype":"F8_E4M3","shape":[4],"data_offsets":[0,4]}}""", 4, "but got 'F8_E4M3'");
        yield return Of("safetensors: 16-bit numbers without sign", """{"a":{"dtype":"U16","shape":[2],"data_offsets":[0,4]}}""", 4, "but got 'U16'");
        yield return Of("safetensors: no type", """{"a":{"shape":[1],"data_offsets":[0,4]}}""", 4, "no dtype");
        yield return Of("safetensors: two types", """{"a":{"dtype":"U8","dtype":"I8","shape":[1],"data_offsets":[0,1]}}""", 1, "one dtype but got two");
        yield return Of("safetensors: a member that nobody knows", """{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1],"scale":2}}""", 1, "those but got 'scale'");
        yield return Of("safetensors: a tensor that is a number", """{"a":1}""", 0, "'a' must be described");
        yield return Of("safetensors: JSON that ends early", """{"a":""", 0, "a header must be JSON");
        yield return Of("safetensors: more after the JSON", """{} {}""", 0, "a header must be JSON");
        yield return Of("safetensors: JSON a thousand deep", """{"a":{"dtype":""" + new string('[', 1000), 0, "must have a known dtype");
        yield return Of("safetensors: a truth value of 2", """{"a":{"dtype":"BOOL","shape":[1],"data_offsets":[0,1]}}  """, 0, "0 or 1 but got 2") with { Make = () => [.. Safetensors("""{"a":{"dtype":"BOOL","shape":[1],"data_offsets":[0,1]}}"""), 2] };
        yield return new("safetensors: a header of 100 GB", () => Safetensors("{}", length: 100_000_000_000), "2 to 100000000 bytes");
        yield return new("safetensors: a header longer than the file", () => Safetensors("{}", length: 90_000_000), "the header must be complete");
        yield return new("safetensors: a header that is no text", () => [.. BitConverter.GetBytes(4L), (byte)'{', (byte)'"', 0xff, (byte)'}'], "a header must be JSON");
        yield return new("safetensors: hundreds of thousands of tensors of nothing", Many, "the memory set aside for it");
        yield return new("safetensors: a shape of a million ones", () => Safetensors("""{"a":{"dtype":"U8","shape":[1""" + string.Concat(Enumerable.Repeat(",1", 1_000_000)) + """],"data_offsets":[0,1]}}""", 1), "at most 64 numbers");
    }

    private static HostileFile Of(string name, string header, int bytes, string says) => new(name, () => Safetensors(header, bytes), says);

    private static byte[] Many()
    {
        var header = new StringBuilder("{");
        for (var number = 0; number < 600_000; number++) header.Append(number == 0 ? "" : ",").Append('"').Append(number).Append("\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}");
        return Safetensors(header.Append('}').ToString());
    }
}
