using TorchRef.Experiments.Golden;

namespace TorchRef.Experiments.Tests.Golden;

/// <summary>What is not golden is told, with its place.</summary>
public sealed class GoldenReaderTests
{
    private const string Tensor = """{"shape":[2],"dtype":"float64","data":[1.5,-0.0]}""";

    private static string File(string tensor = Tensor, string extra = "", string dtype = "float64", string mode = "train", string config = """{"p": 0.5}""", string error = "null") =>
        $$"""
        {"torch": "1.13.0", "made_by": "here", "cases": [
          {"name": "one", "module": "Dropout", "dtype": "{{dtype}}", "config": {{config}}, "mode": "{{mode}}", "initial": {},
           "steps": [{"mode": "train", "tensors": {"input": {{tensor}} } }], {{extra}} "error": {{error}}}
        ]}
        """;

    private static string Message(string json) => Assert.Throws<GoldenFormatException>(() => GoldenFile.Parse(json)).Message;

    [Fact]
    public void A_file_reads()
    {
        var one = Assert.Single(GoldenFile.Parse(File()).Cases);

        Assert.Equal("one (float64)", one.ToString());
        Assert.Null(one.Error);
        Assert.Empty(one.Final);
        Assert.Equal([1.5, -0.0], one.Steps[0]["input"].Data);
        Assert.True(double.IsNegative(one.Steps[0]["input"].Data[1]));
    }

    [Theory]
    [InlineData("""{"shape":[2,2],"dtype":"float64","data":[1,2,3]}""", "cases/one/steps/0/tensors/input/data: expected 4 numbers for shape [2, 2] but got 3")]
    [InlineData("""{"shape":[],"dtype":"float64","data":[]}""", "cases/one/steps/0/tensors/input/data: expected 1 numbers for shape [] but got 0")]
    [InlineData("""{"shape":[1],"dtype":"float16","data":[1]}""", "cases/one/steps/0/tensors/input/dtype: expected one of float64, float32, bfloat16, int64 but got float16")]
    [InlineData("""{"shape":[-1],"dtype":"float64","data":[1]}""", "cases/one/steps/0/tensors/input/shape: expected sizes from 0 up but got -1")]
    [InlineData("""{"shape":[1.5],"dtype":"float64","data":[1]}""", "cases/one/steps/0/tensors/input/shape/0: expected a whole number but got 1.5")]
    [InlineData("""{"shape":[2],"dtype":"float64","data":[1,"NaN"]}""", "cases/one/steps/0/tensors/input/data/1: expected a float64 number but got \"NaN\"")]
    [InlineData("""{"shape":[1],"dtype":"int64","data":[0.5]}""", "cases/one/steps/0/tensors/input/data/0: expected a int64 number but got 0.5")]
    [InlineData("""{"shape":[1],"dtype":"int64","data":["inf"]}""", "cases/one/steps/0/tensors/input/data/0: expected a int64 number but got \"inf\"")]
    [InlineData("""{"shape":[1],"dtype":"int64","data":[9007199254740993]}""", "cases/one/steps/0/tensors/input/data/0: expected a int64 number but got 9007199254740993")]
    [InlineData("""{"shape":[1],"dtype":"float32","data":[1e39]}""", "cases/one/steps/0/tensors/input/data/0: expected a float32 number but got 1e39")]
    [InlineData("""{"shape":[1],"dtype":"float64","data":[null]}""", "cases/one/steps/0/tensors/input/data/0: expected a float64 number but got null")]
    [InlineData("""{"shape":[1],"dtype":"float64"}""", "cases/one/steps/0/tensors/input: expected a member data but got an object of shape, dtype")]
    [InlineData("""{"shape":[1],"dtype":"float64","data":1}""", "cases/one/steps/0/tensors/input/data: expected an array but got 1")]
    [InlineData("""{"shape":[1],"dtype":"float64","data":[1],"stride":[1]}""", "cases/one/steps/0/tensors/input: expected only the members shape, dtype, data but got stride")]
    public void A_tensor_that_is_none_is_told_with_its_place(string tensor, string message)
    {
        Assert.Equal(message, Message(File(tensor)));
    }

    [Fact]
    public void A_mode_that_is_none_is_told() => Assert.Equal("cases/one/mode: expected one of train, eval but got test", Message(File(mode: "test")));

    [Fact]
    public void A_dtype_that_is_none_is_told() =>
        Assert.Equal("cases/one/dtype: expected one of float64, float32, bfloat16, int64 but got Double", Message(File(dtype: "Double")));

    [Fact]
    public void An_unknown_member_is_told() => Assert.EndsWith("printed, error but got seed", Message(File(extra: "\"seed\": 1,")));

    [Fact]
    public void An_error_that_is_no_text_is_told() => Assert.Equal("cases/one/error: expected a text but got 3", Message(File(error: "3")));

    [Fact]
    public void A_member_given_twice_is_told() => Assert.Equal("cases/one: expected each member once but got mode again", Message(File(extra: "\"mode\": \"eval\",")));

    [Fact]
    public void A_case_given_twice_is_told()
    {
        const string one = """{"name":"a","module":"m","dtype":"float64","config":{},"mode":"train","initial":{},"steps":[],"error":null}""";

        Assert.Equal("cases/1: expected a name and dtype of its own but got a (float64) again",
            Message($$"""{"torch":"1","made_by":"here","cases":[{{one}},{{one}}]}"""));
    }

    [Fact]
    public void What_is_no_json_is_told() => Assert.StartsWith("expected JSON but got ", Message("{"));

    [Fact]
    public void A_float32_number_is_the_nearest_single()
    {
        var input = GoldenFile.Parse(File("""{"shape":[1],"dtype":"float32","data":[0.1]}""")).Cases[0].Steps[0]["input"];

        Assert.Equal(0.1f, input.Item());
        Assert.NotEqual(0.1, input.Item());
    }

    [Fact]
    public void A_tensor_that_is_not_there_is_told()
    {
        var step = GoldenFile.Parse(File()).Cases[0].Steps[0];

        Assert.Equal("no such tensor: expected one of input but got output", Assert.Throws<KeyNotFoundException>(() => step["output"]).Message);
        Assert.Null(step.Tensors.Find("output"));
    }

    [Fact]
    public void Arguments_are_read_by_kind()
    {
        var config = GoldenFile.Parse(File(config: """{"lr": 0.1, "n": 3, "on": true, "betas": [0.9, 0.99], "momentum": null, "kind": "mean"}""")).Cases[0].Config;

        Assert.Equal(0.1, config.GetDouble("lr"));
        Assert.Equal(3, config.GetInt64("n"));
        Assert.True(config.GetBoolean("on"));
        Assert.Equal([0.9, 0.99], config.GetDoubles("betas"));
        Assert.Null(config.GetDoubleOrNull("momentum"));
        Assert.Equal("mean", config.GetString("kind"));
        Assert.Equal(7, config.GetDouble("eps", 7));
        Assert.Equal("contiguous", config.InputLayout);
        Assert.Empty(config.GetConfigs("groups"));
        Assert.Equal(["lr", "n", "on", "betas", "momentum", "kind"], config.Names);
    }

    [Fact]
    public void An_argument_of_another_kind_or_none_is_told()
    {
        var config = GoldenFile.Parse(File()).Cases[0].Config;

        Assert.Equal("no such argument: expected one of p but got eps", Assert.Throws<KeyNotFoundException>(() => config.GetDouble("eps")).Message);
        Assert.Equal("config p: expected true or false but got 0.5", Assert.Throws<InvalidOperationException>(() => config.GetBoolean("p")).Message);
        Assert.Equal("config p: expected a whole number but got 0.5", Assert.Throws<InvalidOperationException>(() => config.GetInt64("p")).Message);
        Assert.Equal("config p: expected a text but got 0.5", Assert.Throws<InvalidOperationException>(() => config.GetString("p")).Message);
    }

    [Fact]
    public void Tensors_are_equal_by_their_elements()
    {
        var nan = new GoldenTensor([1], "float64", [double.NaN]);

        Assert.Equal(nan, new GoldenTensor([1], "float64", [double.NaN]));
        Assert.NotEqual(nan, new GoldenTensor([1], "float32", [double.NaN]));
        Assert.NotEqual(nan, new GoldenTensor([1, 1], "float64", [double.NaN]));
        Assert.Equal("float64[2, 3]", new GoldenTensor([2, 3], "float64", new double[6]).ToString());
    }

    [Fact]
    public void Whole_numbers_and_items_ask_for_what_they_need()
    {
        Assert.Equal([3], new GoldenTensor([], "int64", [3]).ToInt64());
        Assert.Equal("whole numbers come from int64 tensors: expected int64 but got float64",
            Assert.Throws<InvalidOperationException>(() => new GoldenTensor([], "float64", [3]).ToInt64()).Message);
        Assert.Equal("an item is the only element: expected 1 element but got 2",
            Assert.Throws<InvalidOperationException>(() => new GoldenTensor([2], "float64", [3, 4]).Item()).Message);
    }
}
