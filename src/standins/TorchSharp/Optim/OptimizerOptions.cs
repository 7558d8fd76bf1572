namespace TorchSharp.Modules;

/// <summary>The numbers that an optimiser's rule takes, of one group. One that is null is the optimiser's.</summary>
public class OptimizerOptions
{
    public OptimizerOptions()
    {
    }

    public double? LearningRate { get; set; }

    /// <summary>Where schedules start from.</summary>
    public double InitialLearningRate { get; set; }

    public virtual void SaveStateDict(BinaryWriter writer)
    {
        writer.Write(InitialLearningRate);
        writer.Write(LearningRate ?? InitialLearningRate);
        Visit(new FieldSaver(writer));
    }

    public virtual void LoadStateDict(BinaryReader reader)
    {
        InitialLearningRate = reader.ReadDouble();
        LearningRate = reader.ReadDouble();
        Visit(new FieldLoader(reader, torch.CPU));
    }

    public virtual void LoadStateDict(OptimizerOptions source)
    {
        InitialLearningRate = source.InitialLearningRate;
        LearningRate = source.LearningRate;
        Visit(new FieldAssigner(FieldsOf(source), torch.CPU));
    }

    /// <summary>Takes over what isn't set here.</summary>
    internal void FillFrom(OptimizerOptions defaults)
    {
        LearningRate ??= defaults.LearningRate;
        InitialLearningRate = LearningRate ?? 0;
        Visit(new FieldFiller(FieldsOf(defaults)));
    }

    /// <summary>Shows the fields to what saves, loads and copies them, in the order of the file.</summary>
    private protected virtual void Visit(FieldVisitor visitor)
    {
    }

    private Queue<object?> FieldsOf(OptimizerOptions source)
    {
        if (source.GetType() != GetType())
            throw new ArgumentException($"options must be of the same optimiser: expected {GetType()} but got {source.GetType()}");
        var fields = new FieldCollector();
        source.Visit(fields);
        return fields.Values;
    }
}
