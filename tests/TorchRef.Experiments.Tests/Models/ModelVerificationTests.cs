using TorchRef.Experiments.Data;
using TorchRef.Experiments.Models;
using TorchRef.Experiments.Tests.Data;
using TorchRef.Interop.Checkpoints;
using static TorchSharp.torch;

namespace TorchRef.Experiments.Tests.Models;

public sealed class ModelVerificationTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ModelFolder _models;
    private readonly ModelCard _card;

    public ModelVerificationTests()
    {
        _models = new ModelFolder(_folder.Path);
        _card = ModelTrainer.Train(Recipes.Small with { Epochs = 1 }, Recipes.Digits, new ModelTrainingSettings(), _models)!;
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_trained_is_what_its_card_says()
    {
        ModelVerdict verdict = Verify(_card);

        Assert.Empty(verdict.Differences);
        Assert.True(verdict.Agrees);
        Assert.Equal((_card.Train, _card.Test), (verdict.Train, verdict.Test));
    }

    [Fact]
    public void One_image_more_or_less_differs()
    {
        Assert.Equal([$"the answers must be the card's: expected {_card.Test.Correct + 1} of 100 test images right but got {_card.Test.Correct} of 100"], Verify(_card with { Test = _card.Test with { Correct = _card.Test.Correct + 1 } }).Differences);
        Assert.StartsWith("the answers must be the card's: expected", Assert.Single(Verify(_card with { Train = _card.Train with { Correct = _card.Train.Correct - 1 } }).Differences), StringComparison.Ordinal);
    }

    [Fact]
    public void A_difference_on_another_engine_names_both_and_what_round_off_can_do()
    {
        ModelCard other = _card with { Engine = "libtorch 0.4 on an abacus", Test = _card.Test with { Correct = _card.Test.Correct - 1, NarrowestMargin = 2e-7 } };

        Assert.Contains("; the card was measured on libtorch 0.4 on an abacus, this is libtorch", Assert.Single(Verify(other).Differences), StringComparison.Ordinal);
        Assert.EndsWith("round-off of 1E-07 can flip an image", Assert.Single(Verify(other).Differences), StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_number_is_found_in_either_file()
    {
        foreach (string file in new[] { _models.Pth(_card.Name), _models.Safetensors(_card.Name) })
        {
            byte[] before = File.ReadAllBytes(file);
            using (NewDisposeScope())
            using (no_grad())
            {
                var state = Checkpoint.LoadStateDict(file);
                state["0.weight"][3, 400].add_(0.001);
                Checkpoint.SaveStateDict(state, file);
            }

            IReadOnlyList<string> differences = Verify(_card).Differences;

            Assert.Contains(differences, difference => difference.StartsWith($"{Path.GetFileName(file)} must be the file of the card: expected SHA-256 {_card.Files[Path.GetFileName(file)]} but got ", StringComparison.Ordinal));
            Assert.Contains("the two files must hold the same numbers: expected those of the .pth but 0.weight differs in the .safetensors", differences);
            File.WriteAllBytes(file, before);
        }
        Assert.True(Verify(_card).Agrees);
    }

    [Fact]
    public void Other_images_differ()
    {
        DigitData other = SyntheticDigits.Generate(300, 100, 5);

        ModelVerdict verdict = ModelVerification.Verify(_models, _card, other, CPU);

        Assert.StartsWith($"the data must be the card's: expected SyntheticDigits, SHA-256 {Recipes.Digits.Checksum}, but got SyntheticDigits, seed 5", verdict.Differences[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_card_of_other_layers_or_of_no_recipe_is_refused()
    {
        Assert.StartsWith("a card has the layers of its recipe", Assert.Throws<InvalidDataException>(() => Verify(_card with { Layers = ["nn.ReLU()"] })).Message, StringComparison.Ordinal);
        Assert.StartsWith("a model is one that there is a recipe for", Assert.Throws<InvalidDataException>(() => Verify(_card with { Name = "gpt" })).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"name": "mlp-bn"}""")]
    public void What_is_no_card_is_one_line(string text)
    {
        File.WriteAllText(_models.Card("bad"), text);

        var error = Assert.Throws<InvalidDataException>(() => ModelCard.Read(_models.Card("bad")));

        Assert.StartsWith("a model's card has all its entries", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_file_of_other_tensors_is_refused()
    {
        using (NewDisposeScope()) Checkpoint.SaveStateDict(new Dictionary<string, Tensor> { ["weight"] = ones(2) }, _models.Pth(_card.Name));

        Assert.StartsWith("a model's file has the tensors of its recipe: expected those of mlp-bn-dropout but got: ", Assert.Throws<InvalidDataException>(() => Verify(_card)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_card_that_names_files_elsewhere_is_refused()
    {
        var error = Assert.Throws<InvalidDataException>(() => Verify(_card with { Files = new Dictionary<string, string> { ["../secret"] = "" } }));

        Assert.Contains("../secret", error.Message, StringComparison.Ordinal);
    }

    private ModelVerdict Verify(ModelCard card) => ModelVerification.Verify(_models, card, Recipes.Digits, CPU);
}
