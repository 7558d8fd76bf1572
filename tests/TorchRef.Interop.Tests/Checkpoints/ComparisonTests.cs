using TorchRef.Interop.Checkpoints;
using TorchRef.Interop.Checkpoints.Comparing;
using TorchRef.Interop.Tests.Checkpoints.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchRef.Interop.Tests.Checkpoints;

public sealed class ComparisonTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Every_kind_of_difference_is_named_and_measured()
    {
        Checkpoint.SaveStateDict(State(("same", tensor(new[] { 1f, float.NaN })), ("value", tensor(new[] { 1f, 2f, 4f })), ("shape", ones(2)), ("type", ones(2)), ("first", ones(1))), _folder["a.pth"]);
        Checkpoint.SaveStateDict(State(("same", tensor(new[] { 1f, float.NaN })), ("value", tensor(new[] { 1f, MathF.BitIncrement(2f), 5f })), ("shape", ones(1, 2)), ("type", ones(2, dtype: float64)), ("second", ones(1))), _folder["b.safetensors"]);

        var rows = CheckpointComparison.Of(_folder["a.pth"], _folder["b.safetensors"]).Rows.ToDictionary(row => row.Name);

        Assert.Equal(
            [("first", EntryVerdict.OnlyInFirst), ("same", EntryVerdict.Same), ("second", EntryVerdict.OnlyInSecond), ("shape", EntryVerdict.Shape), ("type", EntryVerdict.Type), ("value", EntryVerdict.Value)],
            rows.Values.Select(row => (row.Name, row.Verdict)).Order());
        Assert.Equal(new ElementComparison(3, 2, 1, 0.2, 2097152), rows["value"].Elements);
    }

    [Theory]
    [InlineData(0.21, true)]
    [InlineData(0.19, true)]
    [InlineData(0.16, false)]
    public void A_tolerance_is_absolute_and_relative(double tolerance, bool agrees)
    {
        Checkpoint.SaveStateDict(State(("a", tensor(new[] { 4.0, double.NaN, double.PositiveInfinity }))), _folder["a.pth"]);
        Checkpoint.SaveStateDict(State(("a", tensor(new[] { 5.0, double.NaN, double.PositiveInfinity }))), _folder["b.pth"]);
        Assert.Equal(agrees, CheckpointComparison.Of(_folder["a.pth"], _folder["b.pth"], tolerance: tolerance).Agrees);
    }

    [Fact]
    public void Minus_zero_is_another_bit_and_the_same_number()
    {
        Checkpoint.SaveStateDict(State(("a", tensor(new[] { 0.0 }))), _folder["a.pth"]);
        Checkpoint.SaveStateDict(State(("a", tensor(new[] { -0.0 }))), _folder["b.pth"]);
        Assert.False(CheckpointComparison.Of(_folder["a.pth"], _folder["b.pth"]).Agrees);
        Assert.True(CheckpointComparison.Of(_folder["a.pth"], _folder["b.pth"], tolerance: 0).Agrees);
    }

    [Fact]
    public void Large_and_expanded_tensors_are_compared_in_pieces()
    {
        Checkpoint.SaveStateDict(State(("a", zeros(1).expand(1000, 3000))), _folder["a.pth"]);
        var other = zeros(1000, 3000);
        other[999, 2999] = 3;
        Checkpoint.SaveStateDict(State(("a", other)), _folder["b.pth"]);
        var row = Assert.Single(CheckpointComparison.Of(_folder["a.pth"], _folder["b.pth"]).Rows);
        Assert.Equal((3_000_000, 1, 3.0), (row.Elements!.Count, row.Elements.Mismatched, row.Elements.LargestAbsolute));
    }

    [Fact]
    public void Conversions_keep_bits_ties_and_metadata()
    {
        var weight = arange(6, dtype: bfloat16).reshape(2, 3);
        Checkpoint.SaveStateDict(State(("b", weight), ("a", weight), ("c", ones(2))), _folder["1.pth"]);

        Assert.Equal(1, CheckpointConversion.Convert(_folder["1.pth"], _folder["2.safetensors"], metadata: new Dictionary<string, string> { ["format"] = "pt" }).Tied);
        Assert.Equal(["format"], CheckpointConversion.Convert(_folder["2.safetensors"], _folder["3.pth"]).LeftOut);

        using (var file = CheckpointFile.Open(_folder["2.safetensors"])) Assert.Equal([("b", "a"), ("format", "pt")], file.Metadata.Select(pair => (pair.Key, pair.Value)).Order());
        Assert.True(CheckpointComparison.Of(_folder["1.pth"], _folder["3.pth"]).Agrees);
        var loaded = Checkpoint.LoadStateDict(_folder["3.pth"]);
        loaded["a"].zero_();
        Assert.Equal(0f, loaded["b"].to_type(float32).sum().item<float>());
    }

    [Fact]
    public void A_conversion_that_fails_leaves_what_was_there()
    {
        File.WriteAllText(_folder["x.safetensors"], "mine");
        Checkpoint.SaveStateDict(State(("z", zeros(2, dtype: complex128))), _folder["z.pth"]);
        Assert.Throws<NotSupportedException>(() => CheckpointConversion.Convert(_folder["z.pth"], _folder["x.safetensors"]));
        Assert.Equal("mine", File.ReadAllText(_folder["x.safetensors"]));
        Assert.Equal(2, Directory.GetFiles(_folder.ToString()).Length);
    }

    private static Dictionary<string, Tensor> State(params (string Key, Tensor Tensor)[] tensors) => tensors.ToDictionary(pair => pair.Key, pair => pair.Tensor);
}
