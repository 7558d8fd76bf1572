using static TorchSharp.Engine.Op;

namespace TorchSharp.Modules;

/// <summary>Looks up a row of its weight for each index.</summary>
public sealed class Embedding : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly long _padding;
    private readonly double? _maxNorm;
    private readonly double _normType;
    private readonly bool _scale, _sparse;
    [Utils.ComponentName(Name = nameof(weight))] private Parameter? _weight;

    internal Embedding(torch.Tensor rows, bool learns, long? padding, double? maxNorm, double normType, bool scale, bool sparse)
        : base(nameof(Embedding))
    {
        var count = rows.shape[0];
        if (padding is { } index && (index >= count || index < -count)) throw new ArgumentException("Padding_idx must be within num_embeddings");
        // The operator knows no negative positions: -1 says that there is none.
        _padding = padding is { } position ? (position < 0 ? position + count : position) : -1;
        (_maxNorm, _normType, _scale, _sparse) = (maxNorm, normType, scale, sparse);
        weight = new Parameter(rows, learns);
    }

    public Parameter? weight
    {
        get => _weight;
        set => Replace(nameof(weight), ref _weight, value ?? throw new ArgumentNullException(nameof(weight)));
    }

    /// <summary>Rows from the normal distribution; the padding's is 0.</summary>
    internal static Embedding Random(long count, long width, long? padding, double? maxNorm, double normType, bool scale, bool sparse, torch.Device? device, torch.ScalarType? dtype)
    {
        var rows = torch.nn.init.normal_(Fresh.Empty(device, dtype, count, width));
        var embedding = new Embedding(rows, true, padding, maxNorm, normType, scale, sparse);
        if (padding is not { } index) return embedding;
        using var guard = torch.no_grad();
        using var row = Run("select.int", embedding._weight, 0, index);
        RunInPlace("zero_", row);
        return embedding;
    }

    public override torch.Tensor forward(torch.Tensor input)
    {
        if (_maxNorm is { } bound)
        {
            using var guard = torch.no_grad();
            using var indices = Run("contiguous", input);
            RunInPlace("embedding_renorm_", weight, indices, bound, _normType);
        }
        return Run("embedding", weight, input, _padding, _scale, _sparse);
    }
}
