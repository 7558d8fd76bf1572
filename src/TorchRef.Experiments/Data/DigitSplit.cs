namespace TorchRef.Experiments.Data;

/// <summary>The independent sequences of images that one seed of <see cref="SyntheticDigits"/> has.</summary>
public enum DigitSplit
{
    /// <summary>Images to train with.</summary>
    Train = 0,

    /// <summary>Images to test with.</summary>
    Test = 1,
}
