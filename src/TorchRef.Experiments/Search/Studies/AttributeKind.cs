namespace TorchRef.Experiments.Search.Studies;

/// <summary>Whose an attribute is.</summary>
public enum AttributeKind
{
    /// <summary>The application's; dashboards show it.</summary>
    User,

    /// <summary>Optuna's (<see cref="SystemAttribute"/>).</summary>
    System,
}
