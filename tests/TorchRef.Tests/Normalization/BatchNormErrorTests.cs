using TorchRef.Normalization;
using static TorchSharp.torch;

namespace TorchRef.Tests.Normalization;

/// <summary>What is refused, with PyTorch's texts and in its order.</summary>
public sealed class BatchNormErrorTests
{
    public static TheoryData<int, long[], string> WrongRanks => new()
    {
        { 2, [3], "expected 2D or 3D input (got 1D input)" },
        { 2, [2, 3, 4, 5], "expected 2D or 3D input (got 4D input)" },
        { 4, [2, 3], "expected 4D input (got 2D input)" },
        { 4, [2, 3, 4], "expected 4D input (got 3D input)" },
        { 4, [2, 3, 1, 1, 1], "expected 4D input (got 5D input)" },
        { 5, [2, 3, 4, 5], "expected 5D input (got 4D input)" },
        { 5, [2, 3, 1, 1, 1, 1], "expected 5D input (got 6D input)" },
    };

    public static TheoryData<int, long[], string> SingleValues => new()
    {
        { 2, [1, 3], "torch.Size([1, 3])" },
        { 3, [1, 3, 1], "torch.Size([1, 3, 1])" },
        { 4, [1, 3, 1, 1], "torch.Size([1, 3, 1, 1])" },
        { 5, [1, 3, 1, 1, 1], "torch.Size([1, 3, 1, 1, 1])" },
    };

    public static TheoryData<bool, bool, string> FirstMismatches => new()
    {
        { true, true, "running_mean should contain 5 elements not 3" },
        { false, true, "running_mean should contain 5 elements not 3" },
        { true, false, "weight should contain 5 elements not 3" },
    };

    public static TheoryData<ScalarType, string> WholeNumbers => new()
    {
        { ScalarType.Int64, "Long" }, { ScalarType.Int32, "Int" }, { ScalarType.Int16, "Short" }, { ScalarType.Int8, "Char" },
        { ScalarType.Byte, "Byte" }, { ScalarType.Bool, "Bool" },
    };

    [Theory]
    [MemberData(nameof(WrongRanks))]
    public void A_wrong_rank_is_refused_before_anything_moves(int rank, long[] shape, string message)
    {
        using var module = new Norms(3).Own(rank);

        Refuses(module, zeros(shape, float64), message);

        Assert.Equal(0, module.NumBatchesTracked!.item<long>());
    }

    [Theory]
    [MemberData(nameof(SingleValues))]
    public void A_single_value_per_channel_is_refused_in_training_but_counts(int rank, long[] shape, string size)
    {
        foreach (var form in Enum.GetValues<BatchNormForm>())
        {
            using var module = new Norms(3).Own(rank, form);

            Refuses(module, ones(shape, float64), $"Expected more than 1 value per channel when training, got input size {size}");

            Assert.Equal(1, module.NumBatchesTracked!.item<long>());
            Assert.Equal(0, module.RunningMean!.abs().sum().item<double>());
            Assert.Equal(3, module.RunningVar!.sum().item<double>());
        }
    }

    [Fact]
    public void A_single_value_per_channel_is_refused_in_evaluation_too_without_statistics()
    {
        using var module = new Norms(3, Tracking: false).Own(2);
        module.eval();

        Refuses(module, ones([1, 3], float64), "Expected more than 1 value per channel when training, got input size torch.Size([1, 3])");
    }

    [Theory]
    [MemberData(nameof(FirstMismatches))]
    public void Other_channels_are_refused_by_the_first_tensor_that_does_not_fit(bool affine, bool tracking, string message)
    {
        foreach (var training in new[] { true, false })
        {
            using var module = new Norms(3, Affine: affine, Tracking: tracking).Own(2);
            module.train(training);

            Refuses(module, ones([4, 5], float64), message);

            if (tracking) Assert.Equal(training ? 1 : 0, module.NumBatchesTracked!.item<long>());
        }
    }

    [Fact]
    public void A_single_value_is_noticed_before_other_channels()
    {
        using var module = new Norms(3).Own(2);

        Refuses(module, ones([1, 5], float64), "Expected more than 1 value per channel when training, got input size torch.Size([1, 5])");
    }

    [Theory]
    [MemberData(nameof(WholeNumbers))]
    public void Whole_numbers_are_refused_by_their_name(ScalarType type, string name)
    {
        using var module = new Norms(3).Own(2, dtype: float32);

        Refuses(module, ones([4, 3], type), $"\"batch_norm\" not implemented for '{name}'");

        Assert.Equal(1, module.NumBatchesTracked!.item<long>());
    }

    [Theory]
    [InlineData(ScalarType.Float32, ScalarType.Float64)]
    [InlineData(ScalarType.BFloat16, ScalarType.Float64)]
    [InlineData(ScalarType.Float16, ScalarType.Float64)]
    public void Parameters_of_another_type_are_refused(ScalarType input, ScalarType parameters)
    {
        using var module = new Norms(3).Own(2, dtype: parameters);

        Refuses(module, ones([4, 3], input), "mixed dtype (CPU): expect parameter to have scalar type of Float");
    }

    [Fact]
    public void Wider_input_than_the_parameters_is_refused()
    {
        using var module = new Norms(3).Own(2, dtype: float32);

        Assert.StartsWith("mixed dtype (CPU): expect input to have scalar type of", Refusal(module, ones([4, 3], float64)));
    }

    [Fact]
    public void A_negative_number_of_features_is_refused()
    {
        var refusal = Assert.Throws<ArgumentException>(() => new Norms(-1).Own(2));

        Assert.Equal("num_features must not be negative: expected at least 0 but got -1", refusal.Message);
    }

    private static void Refuses(BatchNorm module, Tensor input, string message) => Assert.Equal(message, Refusal(module, input));

    private static string Refusal(BatchNorm module, Tensor input)
    {
        using var scope = NewDisposeScope();
        using (input) return Assert.Throws<ArgumentException>(() => module.call(input)).Message;
    }
}
