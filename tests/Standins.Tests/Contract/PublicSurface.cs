using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Standins.Tests.Contract;

/// <summary>
/// Lists what an assembly lets others see (public and protected), a signature a line. The baselines of the packages were
/// listed by the same rules, so two lists can be compared as text.
/// </summary>
internal static class PublicSurface
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static SortedSet<string> Of(Assembly assembly) =>
        new(assembly.GetTypes().Where(IsVisible).SelectMany(LinesOf), StringComparer.Ordinal);

    private static bool IsVisible(Type type) => type.IsNested
        ? (type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem) && IsVisible(type.DeclaringType!)
        : type.IsPublic;

    private static bool IsVisible(MethodBase? method) => method is { } m && (m.IsPublic || m.IsFamily || m.IsFamilyOrAssembly);

    private static IEnumerable<string> LinesOf(Type type)
    {
        yield return $"{KindOf(type)} {NameOf(type)}";
        if (type.IsSubclassOf(typeof(Delegate)))
        {
            yield return $"{NameOf(type)}.{Signature(type.GetMethod("Invoke")!)}";
            yield break;
        }
        foreach (var member in type.GetMembers(Declared))
            foreach (var line in LinesOf(type, member))
                yield return $"{NameOf(type)}.{line}";
    }

    private static IEnumerable<string> LinesOf(Type type, MemberInfo member)
    {
        if (member.IsDefined(typeof(CompilerGeneratedAttribute)) && member is not MethodInfo { IsSpecialName: true }) yield break;
        switch (member)
        {
            case ConstructorInfo { IsStatic: false } constructor when IsVisible(constructor):
                yield return $"new({Parameters(constructor)})";
                break;
            case MethodInfo method when IsVisible(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)):
                yield return Signature(method);
                break;
            case PropertyInfo property:
                var index = string.Join(", ", property.GetIndexParameters().Select(Parameter));
                foreach (var (accessor, word) in new[] { (property.GetMethod, "get"), (property.SetMethod, "set") })
                    if (IsVisible(accessor))
                        yield return $"{property.Name}[{index}].{word} : {NameOf(property.PropertyType)}{Static(accessor!)}";
                break;
            case FieldInfo field when (field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly) && !field.IsSpecialName:
                var suffix = type.IsEnum
                    ? $" = {Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}"
                    : field.IsStatic ? " static" : "";
                yield return $"{field.Name} : {NameOf(field.FieldType)}{suffix}";
                break;
        }
    }

    private static string KindOf(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => "struct",
        _ when type.IsSubclassOf(typeof(Delegate)) => "delegate",
        { IsAbstract: true, IsSealed: true } => "static class",
        _ => "class",
    };

    private static string Signature(MethodInfo method)
    {
        var generics = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>" : "";
        return $"{method.Name}{generics}({Parameters(method)}) : {NameOf(method.ReturnType)}{Static(method)}";
    }

    private static string Static(MethodBase method) => method.IsStatic ? " static" : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        var prefix = parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params "
            : parameter.IsOut ? "out "
            : type.IsByRef ? "ref " : "";
        var value = parameter.HasDefaultValue ? $" = {Default(parameter)}" : "";
        return $"{prefix}{NameOf(type.IsByRef ? type.GetElementType()! : type)} {parameter.Name}{value}";
    }

    private static string Default(ParameterInfo parameter) => parameter.DefaultValue switch
    {
        null when parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) is null => "default",
        null => "null",
        string text => $"\"{text}\"",
        bool truth => truth ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        var other => other.ToString()!,
    };

    private static string NameOf(Type type)
    {
        if (type.IsGenericParameter) return type.Name;
        if (type.IsArray) return $"{NameOf(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (type.IsPointer) return NameOf(type.GetElementType()!) + "*";
        if (Nullable.GetUnderlyingType(type) is { } inner) return NameOf(inner) + "?";
        var own = type.Name.Split('`')[0];
        var outer = type.DeclaringType?.GetGenericArguments().Length ?? 0;
        var arguments = type.GetGenericArguments().Skip(outer).Select(NameOf).ToArray();
        if (arguments.Length > 0) own += $"<{string.Join(", ", arguments)}>";
        return type.IsNested ? $"{NameOf(type.DeclaringType!)}.{own}"
            : type.Namespace is { Length: > 0 } space ? $"{space}.{own}" : own;
    }
}
