using System.Text.Json;

namespace TorchRef.Interop.Checkpoints.Reading;

/// <summary>Reads the JSON of a safetensors header as it goes, so that a long one takes no more memory than what it describes.</summary>
internal ref struct SafetensorsJson(byte[] json, MemoryBudget budget)
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<SafetensorsEntry> _entries = [];
    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);
    private Utf8JsonReader _reader = new(json);

    public (List<SafetensorsEntry> Entries, Dictionary<string, string> Metadata) Read()
    {
        _reader.Read();
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = Text();
            budget.Spend(100);
            if (!_names.Add(name)) throw Refusal.Of("a name must be there once", $"one {Refusal.Quote(name)}", "two");
            _reader.Read();
            if (_reader.TokenType != JsonTokenType.StartObject) throw Refusal.Of($"{Refusal.Quote(name)} must be described", "an object", Token());
            if (name == SafetensorsHeader.MetadataKey) ReadMetadata();
            else ReadEntry(name);
        }
        // What follows must be white space: the reader refuses any other.
        while (_reader.Read())
        {
        }
        return (_entries, _metadata);
    }

    private void ReadMetadata()
    {
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = Text();
            _reader.Read();
            if (_reader.TokenType != JsonTokenType.String) throw Refusal.Of($"the metadata {Refusal.Quote(name)} must be text", "a string", Token());
            budget.Spend(100);
            if (!_metadata.TryAdd(name, Text())) throw Refusal.Of("a name must be there once", $"one {Refusal.Quote(name)} in the metadata", "two");
        }
    }

    private void ReadEntry(string key)
    {
        string? type = null;
        long[]? shape = null, offsets = null;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = Text();
            _reader.Read();
            var again = name switch
            {
                "dtype" => type is not null,
                "shape" => shape is not null,
                "data_offsets" => offsets is not null,
                _ => throw Refusal.Of($"{Refusal.Quote(key)} must be described by dtype, shape and data_offsets", "those", Refusal.Quote(name)),
            };
            if (again) throw Refusal.Of($"{Refusal.Quote(key)} must be described once", $"one {name}", "two");
            if (name == "dtype") type = _reader.TokenType == JsonTokenType.String ? Text() : throw Refusal.Of($"{Refusal.Quote(key)} must have a known dtype", $"one of {SafetensorsType.Names}", Token());
            else if (name == "shape") shape = Integers(key, name);
            else offsets = Integers(key, name);
        }
        budget.Spend(150);
        if (type is null || shape is null || offsets is null) throw Refusal.Of($"{Refusal.Quote(key)} must be described", "dtype, shape and data_offsets", $"no {(type is null ? "dtype" : shape is null ? "shape" : "data_offsets")}");
        _entries.Add(Checked(key, type, shape, offsets));
    }

    private long[] Integers(string key, string name)
    {
        if (_reader.TokenType != JsonTokenType.StartArray) throw Refusal.Of($"{name} of {Refusal.Quote(key)} must be a list", "numbers", Token());
        var numbers = new List<long>();
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            budget.Spend(16);
            if (numbers.Count == TensorView.MostDimensions) throw Refusal.Of($"{name} of {Refusal.Quote(key)} must be of a plausible length", $"at most {TensorView.MostDimensions} numbers", "more");
            if (_reader.TokenType != JsonTokenType.Number || !_reader.TryGetInt64(out var number) || number < 0) throw Refusal.Of($"{name} of {Refusal.Quote(key)} must be sizes", "integers from 0 on", Token());
            numbers.Add(number);
        }
        return [.. numbers];
    }

    private static SafetensorsEntry Checked(string key, string name, long[] shape, long[] offsets)
    {
        var type = SafetensorsType.Find(name) ?? throw Refusal.Of($"{Refusal.Quote(key)} must have a known dtype", $"one of {SafetensorsType.Names}", Refusal.Quote(name));
        if (offsets.Length != 2 || offsets[1] < offsets[0]) throw Refusal.Of($"data_offsets of {Refusal.Quote(key)} must be a begin and an end", "two ascending numbers", Numbers(offsets));
        var count = TensorView.Elements(shape);
        var bytes = count * (UInt128)TorchNames.SizeOf(type);
        if (count > long.MaxValue || bytes > long.MaxValue) throw Refusal.Of($"the shape of {Refusal.Quote(key)} must be one that memory can hold", "below 2^63 bytes", Numbers(shape));
        if (bytes != (UInt128)(offsets[1] - offsets[0]))
            throw Refusal.Of($"the bytes of {Refusal.Quote(key)} must be those of its shape {Numbers(shape)} of {name}", bytes, offsets[1] - offsets[0]);
        return new(key, type, shape, offsets[0], offsets[1]);
    }

    private string Text()
    {
        budget.Spend(24 + 2L * (_reader.HasValueSequence ? _reader.ValueSequence.Length : _reader.ValueSpan.Length));
        return _reader.GetString()!;
    }

    private string Token() => _reader.TokenType switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        _ => Refusal.Quote(System.Text.Encoding.UTF8.GetString(_reader.ValueSpan)),
    };

    private static string Numbers(long[] numbers) => TensorView.Text(numbers);
}
