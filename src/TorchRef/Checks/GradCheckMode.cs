namespace TorchRef.Checks;

/// <summary>How much of the Jacobian is compared.</summary>
public enum GradCheckMode
{
    /// <summary>Every entry.</summary>
    Full,

    /// <summary>A few random projections; the report states the smallest error of a single entry that they would have caught, and a miss is traced to its entry.</summary>
    Fast,
}
