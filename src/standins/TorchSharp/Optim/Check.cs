using System.Globalization;

namespace TorchSharp.Modules;

/// <summary>PyTorch's checks of an optimiser's numbers, with its texts. Not a number is out of every range.</summary>
internal static class Check
{
    public static void NotNegative(double value, string text) => That(value >= 0, text, value);

    public static void LearningRate(double value) => NotNegative(value, "Invalid learning rate");

    public static void Epsilon(double value) => NotNegative(value, "Invalid epsilon value");

    public static void WeightDecay(double value) => NotNegative(value, "Invalid weight_decay value");

    public static void Betas(double beta1, double beta2)
    {
        That(beta1 is >= 0 and < 1, "Invalid beta parameter at index 0", beta1);
        That(beta2 is >= 0 and < 1, "Invalid beta parameter at index 1", beta2);
    }

    public static void That(bool holds, string text, double value)
    {
        if (!holds) throw new ArgumentException($"{text}: {value.ToString(CultureInfo.InvariantCulture)}");
    }
}
