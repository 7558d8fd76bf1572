using static TorchSharp.torch;

namespace TorchRef.Experiments.Training.Stages;

/// <summary>A step of the program that trains a block: fixed memory in, fixed memory out, its derivative written by hand.</summary>
internal abstract class Stage
{
    /// <summary>The parameters that the stage learns.</summary>
    public virtual IEnumerable<ReplicaParameter> Parameters => [];

    /// <summary>What the stage remembers besides, by its name: each [1, G·units].</summary>
    public virtual IEnumerable<(string name, Tensor value)> Buffers => [];

    /// <summary>Training, forward: from the input's values to the output's.</summary>
    public abstract void Forward();

    /// <summary>Training, backward: from the output's gradient to the input's, and to the parameters.</summary>
    public abstract void Backward();

    /// <summary>Evaluation.</summary>
    /// <param name="input">[N, G·units]; the stage may write over it.</param>
    /// <returns>[N, G·units]; <paramref name="input"/> itself where the stage works in place.</returns>
    public abstract Tensor Evaluate(Tensor input);
}
