using TorchRef.Experiments.Golden;

namespace TorchRef.Experiments.Tests.Golden;

/// <summary>The files under tests/golden, read.</summary>
public sealed class GoldenFileTests
{
    private static string Folder => GoldenFile.FindFolder() ?? throw new InvalidOperationException("expected tests/golden above the program but got none");

    public static TheoryData<string> Names() => [.. Directory.GetFiles(Folder, "*.json").Select(path => Path.GetFileName(path)).Order()];

    private static GoldenFile Load(string name) => GoldenFile.Load(Path.Combine(Folder, name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_file_on_disk_reads(string name)
    {
        var file = Load(name);

        Assert.StartsWith("1.13", file.Torch);
        Assert.Equal("tests/golden/make_golden.py", file.MadeBy);
        Assert.NotEmpty(file.Cases);
        // A case without an error has computed something at each step.
        Assert.All(file.Cases.Where(c => c.Error is null), c => Assert.All(c.Steps, s => Assert.NotEmpty(s.Tensors)));
    }

    [Fact]
    public void The_files_stay_small()
    {
        var bytes = Directory.GetFiles(Folder, "*", SearchOption.AllDirectories).Sum(path => new FileInfo(path).Length);

        Assert.InRange(bytes, 1, 2_200_000);
    }

    [Fact]
    public void A_file_of_the_wrong_format_names_itself()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("golden").FullName, "wrong.json");
        File.WriteAllText(path, "{}");

        var error = Assert.Throws<GoldenFormatException>(() => GoldenFile.Load(path));

        Assert.StartsWith("wrong.json: expected a member torch", error.Message);
    }

    [Fact]
    public void A_case_is_found_by_name_and_dtype()
    {
        var file = Load("batchnorm1d.json");

        Assert.Equal("float64", file.Find("affine").Dtype);
        Assert.Equal("affine (float32)", file.Find("affine", "float32").Id);
    }

    [Fact]
    public void A_case_that_is_not_there_is_an_error_with_near_names()
    {
        var error = Assert.Throws<KeyNotFoundException>(() => Load("batchnorm1d.json").Find("momentum_3"));

        Assert.Contains("such as momentum_0 (float64)", error.Message);
        Assert.EndsWith("but got momentum_3 (float64)", error.Message);
    }

    [Fact]
    public void The_folder_is_found_from_any_depth_and_from_nowhere_else()
    {
        Assert.Equal(Folder, GoldenFile.FindFolder(Path.Combine(Folder, "cases")));
        Assert.Null(GoldenFile.FindFolder(Directory.CreateTempSubdirectory("golden").FullName));
    }

    [Fact]
    public void Momentum_none_is_null()
    {
        var file = Load("batchnorm1d.json");

        Assert.Null(file.Find("simple_average").Config.GetDoubleOrNull("momentum"));
        Assert.Equal(0.1, file.Find("affine").Config.GetDoubleOrNull("momentum"));
    }

    [Fact]
    public void The_state_keeps_the_state_dicts_order()
    {
        Assert.Equal(["weight", "bias", "running_mean", "running_var", "num_batches_tracked"], Load("batchnorm1d.json").Find("affine").Initial.Keys);
    }

    /// <summary>The reader's numbers are PyTorch's: the running mean of a step follows from its input.</summary>
    [Fact]
    public void A_running_mean_follows_from_its_input()
    {
        var affine = Load("batchnorm1d.json").Find("affine");
        var running = affine.Initial["running_mean"].Data;

        foreach (var step in affine.Steps)
        {
            var input = step["input"];
            var channels = (int)input.Shape[1];
            if (step.Training)
                running = [.. running.Select((old, c) => 0.9 * old + 0.1 * input.Data.Where((_, i) => i % channels == c).Average())];
            Assert.Equal(running.Length, step["running_mean"].Data.Length);
            for (var c = 0; c < channels; c++) Assert.Equal(running[c], step["running_mean"].Data[c], 1e-13);
        }
    }

    [Fact]
    public void A_batch_is_counted_even_when_the_forward_throws()
    {
        var thrown = Load("batchnorm1d.json").Find("error_one_value_per_channel", "float32");

        Assert.Equal("Expected more than 1 value per channel when training, got input size torch.Size([1, 3])", thrown.Error);
        Assert.Equal(1, thrown.Steps[^1]["num_batches_tracked"].Item());
    }

    [Fact]
    public void Values_that_are_not_finite_are_read()
    {
        var input = Load("dropout.json").Find("dropout_p_1_not_finite").Steps[0]["input"];

        Assert.Equal([double.PositiveInfinity, double.NegativeInfinity, double.NaN, 2, -1], input.Data);
    }

    [Fact]
    public void An_empty_batch_keeps_its_shape()
    {
        var output = Load("batchnorm1d.json").Find("zero_batch").Steps[0]["output"];

        Assert.Equal([0, 5, 9], output.Shape);
        Assert.Empty(output.Data);
    }

    [Fact]
    public void A_case_about_layouts_tells_the_strides()
    {
        var step = Load("batchnorm2d.json").Find("channels_last").Steps[0];

        Assert.Equal(step.InputStrides, step.OutputStrides);
        Assert.Equal(1, step.OutputStrides![1]);
    }

    [Fact]
    public void Singles_are_exact()
    {
        var output = Load("batchnorm1d.json").Find("affine", "float32").Steps[0]["output"];

        Assert.Equal(output.Data, output.ToSingles().Select(single => (double)single));
    }

    [Fact]
    public void The_worked_example_is_that_of_the_study_notes()
    {
        var file = Load("worked_example.json");
        var formula = file.Find("arange_1_21_formula").Steps[0];
        var module = file.Find("arange_1_21_batchnorm1d").Steps[0];
        double[] half = [1.64750894, 1.47408695, 1.30066495, 1.12724296, 0.95382097, 0.78039897, 0.60697698, 0.43355498, 0.26013299, 0.086711];
        double[] expected = [.. half.Select(value => -value), .. half.Reverse()];

        Assert.Equal(10.5, formula["mean"].Item());
        Assert.Equal(33.25, formula["variance"].Item());
        Assert.Equal(5.766281297335398, formula["std"].Item(), 1e-15);
        Assert.Equal(35, formula["unbiased_variance"].Item());
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(expected[i], formula["normalized"].Data[i], 5e-9);
            Assert.Equal(expected[i], module["output"].Data[i], 5e-9);
        }
        Assert.Equal(1.05, module["running_mean"].Item(), 1e-15);
        Assert.Equal(4.4, module["running_var"].Item(), 1e-15);
        Assert.Equal(3.325, formula["book_running_var"].Item(), 1e-15);
    }

    [Fact]
    public void Sgd_goes_where_its_probe_says()
    {
        var file = Load("optimizers.json");

        Assert.Equal(0.99, file.Find("probe_sgd_weight_decay").Steps[0]["param0"].Item(), 1e-15);
        Assert.Equal(1.19, file.Find("probe_sgd_maximize_weight_decay").Steps[0]["param0"].Item(), 1e-15);
    }

    [Fact]
    public void An_optimizers_groups_and_skipped_parameters_are_read()
    {
        var file = Load("optimizers.json");
        var groups = file.Find("sgd_groups").Config.GetConfigs("groups");
        var skipped = file.Find("sgd_momentum_pauses");

        Assert.Equal(["param1"], groups[1].GetStrings("params"));
        Assert.Equal(0.2, groups[1].GetDouble("weight_decay"));
        Assert.Null(skipped.Steps[0].Tensors.Find("param2.grad"));
        Assert.Equal(skipped.Initial["param2"], skipped.Steps[^1]["param2"]);
        Assert.Equal(10, skipped.Steps.Count);
    }

    /// <summary>Each stored mask gives its stored output, bit for bit: noise = mask / (1 − p), output = input · noise.</summary>
    [Theory]
    [InlineData("float64")]
    [InlineData("float32")]
    public void A_dropouts_output_follows_from_its_mask(string dtype)
    {
        var cases = Load("dropout.json").Cases.Where(c => c.Module == "Dropout" && c.Dtype == dtype && c.Error is null).ToList();

        Assert.NotEmpty(cases);
        foreach (var one in cases)
        {
            var (step, p) = (one.Steps[0], one.Config.GetDouble("p"));
            var expected = step["input"].Data.Zip(step["mask"].Data, (x, kept) =>
                p == 1 ? x * 0 : dtype == "float64" ? x * (kept / (1 - p)) : (float)x * ((float)kept / (float)(1 - p)));
            Assert.Equal(expected, step["output"].Data);
            Assert.Equal(one.Steps[1]["input"], one.Steps[1]["output"]);
        }
    }

    [Fact]
    public void The_probes_of_weight_decay_differ_as_the_optimisers_do()
    {
        var file = Load("optimizers.json");

        Assert.Equal(0.90, file.Find("probe_adam_weight_decay").Steps[0]["param0"].Item(), 1e-7);
        Assert.Equal(0.99, file.Find("probe_adamw_weight_decay").Steps[0]["param0"].Item(), 1e-15);
    }

    [Fact]
    public void An_optimizers_state_after_the_last_step_is_read()
    {
        var final = Load("optimizers.json").Find("adam_amsgrad").Final;

        Assert.Equal(["param0.step", "param0.exp_avg", "param0.exp_avg_sq", "param0.max_exp_avg_sq"], final.Keys);
        Assert.Equal(10, final["param0.step"].Item());
    }

    [Fact]
    public void A_softmax_sums_to_one_and_gives_the_loss()
    {
        var one = Load("losses.json").Find("cross_entropy_sum");
        var (probabilities, target) = (one.Steps[0]["probabilities"], one.Steps[0]["target"].ToInt64());
        var rows = probabilities.Data.Chunk((int)probabilities.Shape[1]).ToList();

        Assert.All(rows, row => Assert.Equal(1, row.Sum(), 1e-14));
        Assert.Equal(rows.Zip(target, (row, c) => -Math.Log(row[c])).Sum(), one.Steps[0]["output"].Item(), 1e-13);
    }
}
