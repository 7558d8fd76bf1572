using static TorchRef.Interop.Tests.Checkpoints.Support.Craft;

namespace TorchRef.Interop.Tests.Checkpoints.Support;

/// <summary>Files of the format before PyTorch 1.6 that are damaged or lie.</summary>
internal static class HostileLegacyFiles
{
    private static readonly byte[] s_magic = Pickle("\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19");
    private static readonly byte[] s_version = Pickle(Integer(1001));
    private static readonly byte[] s_machine = Pickle(Dict(Text("little_endian"), "\x88"));

    public static IEnumerable<HostileFile> All()
    {
        yield return new("a pickle of something else", () => Pickle(Dict(Text("a"), Integer(1))), "the number that marks it");
        yield return new("an old file with a call of os.system", () => [.. s_magic, .. s_version, .. s_machine, .. Pickle(Global("posix", "system"), Tuple(Text("true")), "R")], "'posix.system'");
        yield return new("an old file of an unknown version", () => [.. s_magic, .. Pickle(Integer(1002)), .. s_machine], "expected 1001");
        yield return new("an old file of a machine with another order of bytes", () => [.. s_magic, .. s_version, .. Pickle(Dict(Text("little_endian"), "\x89"))], "little_endian: True");
        yield return new("an old file that ends after its head", () => [.. s_magic, .. s_version, .. s_machine], "its STOP instruction");
        yield return Of("an old file with fewer elements than its tensor says", "as many elements as its tensors say", [.. Names("0"), .. BitConverter.GetBytes(3L), .. new byte[12]]);
        yield return Of("an old file that ends in its elements", "must be complete: expected 16 bytes but got 8", [.. Names("0"), .. BitConverter.GetBytes(4L), .. new byte[8]]);
        yield return Of("an old file without its elements", "each storage must have its elements", Names());
        yield return Of("an old file with elements of no tensor", "its name but got the string '9'", [.. Names("9"), .. BitConverter.GetBytes(4L), .. new byte[16]]);
        yield return Of("an old file with elements twice", "one '0' but got two", [.. Names("0", "0"), .. BitConverter.GetBytes(4L), .. new byte[16], .. BitConverter.GetBytes(4L), .. new byte[16]]);
        yield return Of("an old file with more after its end", "must end with its last storage", [.. Names("0"), .. BitConverter.GetBytes(4L), .. new byte[17]]);
        yield return new("an old file of 2^60 elements", () => Legacy(Storage(count: 1L << 60), [.. Names("0"), .. BitConverter.GetBytes(1L << 60), .. new byte[16]]), "must be complete");
    }

    private static HostileFile Of(string name, string says, byte[] tail) => new(name, () => Legacy(Storage(), tail), says);

    private static byte[] Legacy(string storage, byte[] tail) => [.. s_magic, .. s_version, .. s_machine, .. OneTensor(Tensor(storage)), .. tail];

    private static byte[] Names(params string[] names) => Pickle("](" + string.Concat(names.Select(Text)) + "e");
}
