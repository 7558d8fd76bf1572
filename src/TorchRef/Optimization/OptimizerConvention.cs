namespace TorchRef.Optimization;

/// <summary>Whose rule an optimiser follows where two are in use.</summary>
public enum OptimizerConvention
{
    /// <summary>torch.optim's.</summary>
    PyTorch,

    /// <summary>
    /// That of <em>Deep Learning from Scratch</em>, chapter 6, whose experiments the study notes retell: ε is 1e-7 and stays
    /// outside of whatever corrects the root.
    /// </summary>
    Book,
}
