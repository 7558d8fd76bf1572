using static TorchRef.Tests.Dropout.DropoutFamily;
using static TorchSharp.torch;

namespace TorchRef.Tests.Dropout;

/// <summary>What is alike in all dropouts of torch.nn.</summary>
public sealed class DropoutFamilyTests : IDisposable
{
    private readonly IDisposable _scope = NewDisposeScope();

    public static TheoryData<string> All => Names;

    public void Dispose() => _scope.Dispose();

    [Theory]
    [MemberData(nameof(All))]
    public void RefusesWhatIsNoProbability(string name)
    {
        Assert.Equal("dropout probability has to be between 0 and 1, but got -0.1", Assert.Throws<ArgumentException>(() => Make(name, -0.1)).Message);
        Assert.Equal("dropout probability has to be between 0 and 1, but got 1.5", Assert.Throws<ArgumentException>(() => Make(name, 1.5)).Message);
        Assert.Equal("dropout probability has to be between 0 and 1, but got nan", Assert.Throws<ArgumentException>(() => Make(name, double.NaN)).Message);
        Assert.Throws<ArgumentException>(() => WithMask(name, ones([2, 2]), ones([2, 2]), 2));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void PrintsAsPyTorchDoes(string name)
    {
        Assert.Equal($"{name}(p=0.5, inplace=False)", Make(name).ToString());
        Assert.Equal($"{name}(p=1e-05, inplace=True)", Make(name, 1e-5, true).ToString());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void HasNoState(string name) => Assert.Empty(Make(name).state_dict());

    [Theory]
    [MemberData(nameof(All))]
    public void IsTheInputItselfInEvaluationAndForPZero(string name)
    {
        var input = Numbers(ShapeFor(name));
        var idle = Make(name, 0);
        var evaluated = Make(name);
        evaluated.eval();
        foreach (var output in new[] { idle.call(input), evaluated.call(input) })
        {
            output.add_(1);
            Same(input, output);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void PassesAnEmptyInput(string name) => Assert.Equal([0L, 3, 2], Make(name).call(zeros([0, 3, 2])).shape);

    [Theory]
    [MemberData(nameof(All))]
    public void POneGivesZerosMakesNaNOfInfinitiesAndDrawsNothing(string name)
    {
        var input = Numbers(ShapeFor(name));
        input.view(-1)[0] = double.PositiveInfinity;
        manual_seed(3);
        var output = Make(name, 1).call(input);
        var next = rand([3]);
        manual_seed(3);
        Same(rand([3]), next);
        Assert.True(output.view(-1)[0].isnan().item<bool>());
        Assert.False(output.view(-1).narrow(0, 1, output.numel() - 1).any().item<bool>());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void DrawsWhatTorchDrawsFromTheSameSeedInAnyLayout(string name)
    {
        var shape = ShapeFor(name);
        var contiguous = Numbers(shape);
        var transposed = contiguous.transpose(0, 1).contiguous().transpose(0, 1); // shape
        foreach (var input in new[] { contiguous, transposed })
            foreach (var dtype in new[] { float64, float32 })
            {
                manual_seed(11);
                var output = Make(name, 0.3).call(input.to_type(dtype));
                manual_seed(11);
                Same(MakeReference(name, 0.3).call(input.to_type(dtype)), output);
            }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void DrawsAnewAtEachCall(string name)
    {
        var module = Make(name);
        var input = Numbers(ShapeFor(name));
        manual_seed(1);
        Assert.False(module.call(input).eq(module.call(input)).all().item<bool>());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void ChangesTheInputInPlaceAndGivesTheSameNumbers(string name)
    {
        var input = Numbers(ShapeFor(name));
        manual_seed(5);
        var expected = Make(name, 0.4).call(input);
        var given = input.clone();
        manual_seed(5);
        var output = Make(name, 0.4, inplace: true).call(given);
        Same(expected, output);
        Same(expected, given);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void GradientsAreTheFactorsOfTheForward(string name)
    {
        var module = Make(name, 0.4);
        var input = Numbers(ShapeFor(name)).requires_grad_();   // (N, C, …)
        manual_seed(5);
        var output = module.call(input);                        // (N, C, …)
        output.backward([ones_like(output)]);
        // The function is straight: what it does to 2·x and x differs by factor·x.
        manual_seed(5);
        var doubled = module.call(input.detach() * 2);          // (N, C, …)
        Assert.InRange((doubled - output.detach() - input.grad! * input.detach()).abs().max().item<double>(), 0, 1e-13);
        Assert.True(input.grad!.eq(0).any().item<bool>());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void WholeNumbersAreRefusedAsInPyTorch(string name)
    {
        var input = ones(ShapeFor(name), int64);
        Assert.Contains("can't be cast", Assert.ThrowsAny<Exception>(() => Make(name).call(input)).Message);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void LeavesNothingBehindButItsOutput(string name)
    {
        var module = Make(name);
        var input = Numbers(ShapeFor(name));
        using var scope = NewDisposeScope();
        module.call(input);
        module.call(input.transpose(0, 1).contiguous().transpose(0, 1));
        Assert.Equal(2 + 3, scope.DisposablesCount);            // two outputs, and the three views of the test
    }

    [Theory]
    [MemberData(nameof(All))]
    public void AMaskThatIsGivenMayBeOfBoolsAndStaysAsItIs(string name)
    {
        var shape = ShapeFor(name);
        var input = Numbers(shape);
        var mask = Numbers([shape[0], shape[1], .. Enumerable.Repeat(1L, shape.Length - 2)]).gt(0); // [N, C, 1, …]
        var before = mask.clone();
        Same(WithMask(name, input, mask.to_type(float64), 0.25), WithMask(name, input, mask, 0.25));
        Same(before, mask);
    }
}
