using System.Reflection;

namespace TorchSharp.Utils
{
    /// <summary>The name of a field's parameter, buffer or module in the state dict, where it isn't the field's own name.</summary>
    public class ComponentNameAttribute : Attribute
    {
        public string? Name { get; set; }
    }
}

namespace TorchSharp
{
    public static class FieldInfoExtensionMethods
    {
        /// <summary>The name under which a module registers what the field holds.</summary>
        public static string ComponentName(this FieldInfo field) =>
            field.GetCustomAttribute<Utils.ComponentNameAttribute>()?.Name ?? field.Name;
    }
}
