using static TorchRef.Interop.Tests.Checkpoints.Support.Craft;

namespace TorchRef.Interop.Tests.Checkpoints.Support;

/// <summary>Pickles that run code in Python, that are damaged, or that swell.</summary>
internal static class HostilePickles
{
    public static IEnumerable<HostileFile> All()
    {
        yield return Of("a call of os.system", "'posix.system'", Global("posix", "system"), Tuple(Text("true")), "R");
        yield return Of("a call of eval by its name on the stack", "'builtins.eval'", "\x8c\u0008builtins\x8c\u0004eval\x93", Tuple(Text("1")), "R");
        yield return Of("a numpy scalar", "'numpy.core.multiarray.scalar'", Global("numpy.core.multiarray", "scalar"));
        yield return Of("a whole module", "'torch.nn.modules.linear.Linear'", Global("torch.nn.modules.linear", "Linear"), ")\x81}b");
        yield return Of("a set", "'__builtin__.set'", Global("__builtin__", "set"), Tuple("]"), "R");
        yield return Of("a tensor of a subclass", "'torch._tensor._rebuild_from_type_v2'", Global("torch._tensor", "_rebuild_from_type_v2"));
        yield return Of("a quantised tensor", "'torch._utils._rebuild_qtensor'", Global("torch._utils", "_rebuild_qtensor"));
        yield return Of("a sparse tensor", "'torch._utils._rebuild_sparse_tensor'", Global("torch._utils", "_rebuild_sparse_tensor"));
        yield return Of("an 8-bit float", "'torch.float8_e4m3fn'", Global("torch", "float8_e4m3fn"));
        yield return Of("a name with a line end before its time", "'torch\\u0000'", "ctorch\0\nx\n");
        yield return Of("an instance made with INST", "Inst (69)", "(ios\nsystem\n");
        yield return Of("an instance made with OBJ", "Obj (6f)", "(" + Global("torch", "Size"), "o");
        yield return Of("an instance made with NEWOBJ", "NewObj (81)", Global("torch", "Size"), ")\x81");
        yield return Of("an extension's code", "Ext1 (82)", "\x82\x01");
        yield return Of("a text of protocol 0", "String (53)", "S'a'\n");
        yield return Of("a long integer of unlimited length", "Long4 (8b)", "\x8b\xff\xff\xff\x7f");
        yield return Of("an instruction that there is none of", "instructions that build those but got ff", "\xff");
        yield return Of("a persistent id in a line", "PersId (50)", "Pmodule\n");
        yield return Of("the persistent id of a module", "('storage', class, key, location, count)", Tuple(Text("module"), Text("x"), Text("y"), Text("z"), Integer(1)), "Q");
        yield return Of("a call with what is no tuple", "a tuple of arguments but got a list", Global("torch", "Size"), "]R");
        yield return Of("a call of a value", "such a function but got an int", "K\x01)R");
        yield return Of("a state put into a dict", "an OrderedDict may have attributes", "}}b");
        yield return Of("a state put into a tensor", "an OrderedDict may have attributes", Tensor(Storage()), "}b");
        yield return Of("a mark that isn't there", "a mark but got none", "t");
        yield return Of("a value that isn't there", "a value but got none", "\x85");
        yield return Of("a place in the memo that is empty", "place 7, which is empty", "h\x07");
        yield return Of("an item for a text", "a dict to add to but got the string 'a'", Text("a"), Text("k"), "Ns");
        yield return Of("a key that is a list", "strings or integers: expected such but got a list", Dict("]", "N"));
        yield return Of("a key twice", "one 'a' but got two", Dict(Text("a"), "N", Text("a"), "N"));
        yield return Of("two values", "must leave one value", "NN");
        yield return Of("a text that isn't UTF-8", "UTF-8", "X\x01\0\0\0\xff");
        yield return Of("a text that is longer than the file", "its STOP instruction", "X\xff\xff\xff\u00ffa");
        yield return Of("a text of 2^63 bytes", "its STOP instruction", "\x8d\0\0\0\0\0\0\0\x80");
        yield return Of("tuples in tuples, 5000 deep", "nested within reason", "N" + new string('\x85', 5000));
        yield return Of("a list in itself", "nested within reason", "]q\0h\0a");
        yield return Of("a list of ten lists of ten lists … of the same list", "must be of a size that can be gone through", Laughs());
        yield return new("a list of millions of lists", () => Archive(Pickle("(" + new string(']', 5_000_000) + "l")), "the memory set aside for it");
        yield return new("hundreds of thousands of dicts", () => Archive(Pickle("(" + string.Concat(Enumerable.Repeat("}K\x01Ns", 550_000)) + "l")), "the memory set aside for it");
        yield return new("a memo of millions", () => Archive(Pickle("N" + new string('\x94', 8_000_000))), "the memory set aside for it");
        yield return new("a memo with gaps", () => Archive(Pickle("N" + string.Concat(Enumerable.Range(0, 2_000_000).Select(place => $"r{(char)(place & 255)}{(char)(place >> 8 & 255)}{(char)(place >> 16)}\u0001")))), "the memory set aside for it");
        yield return new("a pickle of 33 MB", () => Archive(Pickle(new string('N', 33 << 20))), "at most 33554432 bytes");
        yield return new("a pickle of protocol 0", () => Archive("(dp0\n."u8.ToArray()), "none: protocol 0 or 1, or no pickle");
        yield return new("a pickle of protocol 9", () => Archive([0x80, 9, (byte)'N', (byte)'.']), "2 to 5 but got 9");
        yield return new("a pickle that ends before its end", () => Archive(Pickle(Dict(Text("a"), "N"))[..^1]), "its STOP instruction");
        yield return new("a pickle with more after its end", () => Archive([.. Pickle("N"), 0]), "must end with its STOP instruction");
        yield return Of("a storage without a tensor", "tensors and containers only", Storage());
        yield return Of("a function without a call", "tensors and containers only", Global("torch.storage", "UntypedStorage"));
    }

    private static HostileFile Of(string name, string says, params string[] parts) => new(name, () => Archive(Pickle(parts)), says);

    private static string Laughs()
    {
        var laughs = "]q\0";
        for (var level = 0; level < 30; level++) laughs += $"](" + string.Concat(Enumerable.Repeat($"h{(char)level}", 10)) + $"eq{(char)(level + 1)}";
        // All but the last list are on the stack too; POP takes them off from below by building a tuple.
        return "(" + laughs + "t";
    }
}
