using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using static TorchSharp.torch;

namespace TorchRef.Cli.Checking;

/// <summary>Picks the constructor or method that a command line's arguments fit, as a compiler would.</summary>
internal static partial class ArgumentBinder
{
    /// <summary>The best fit, and its arguments in order.</summary>
    /// <param name="candidates">Constructors, or overloads of a method.</param>
    /// <param name="arguments">Texts; <c>name=value</c> for a parameter by name.</param>
    /// <param name="skip">Parameters at the front that are not the command line's: tensors.</param>
    /// <param name="what">What is constructed or called, for the message.</param>
    /// <param name="option">The option that the arguments came by.</param>
    /// <exception cref="UsageException">None fits.</exception>
    public static (MethodBase method, object?[] arguments) Choose(IReadOnlyList<MethodBase> candidates, IReadOnlyList<string> arguments, int skip, string what, string option)
    {
        var best = candidates
            .Select(method => (method, bound: Bind(method, arguments, skip)))
            .Where(pair => pair.bound is not null)
            // Ties go to the one with the fewest parameters left to their defaults.
            .OrderBy(pair => pair.bound!.Value.fit).ThenBy(pair => pair.method.GetParameters().Length)
            .FirstOrDefault();
        if (best.method is not null) return (best.method, best.bound!.Value.values);
        var signatures = candidates.Count == 0 ? "it has none" : $"expected {string.Join(" or ", candidates.Select(candidate => Signature(candidate, what, skip)))}";
        throw new UsageException($"{option} must fit a way to make {what}: {signatures} but got ({string.Join(", ", arguments)})");
    }

    /// <summary>A constructor as C# declares it: "MyNorm(long features, double eps = 1e-05)".</summary>
    public static string Signature(MethodBase method, string what, int skip = 0) =>
        $"{what[(what.LastIndexOf('.') + 1)..]}({string.Join(", ", method.GetParameters().Skip(skip).Select(Text))})";

    private static (object?[] values, int fit)? Bind(MethodBase method, IReadOnlyList<string> arguments, int skip)
    {
        var parameters = method.GetParameters()[skip..];
        var values = new object?[parameters.Length];
        var given = new bool[parameters.Length];
        var (fit, next) = (0, 0);
        foreach (var argument in arguments)
        {
            var (at, text) = Place(argument, parameters, next);
            if (at < 0 || at >= parameters.Length || given[at] || Literals.Read(text, parameters[at].ParameterType) is not var (value, one)) return null;
            if (at == next) next++;
            (values[at], given[at]) = (value, true);
            fit += one;
        }
        for (var i = 0; i < parameters.Length; i++)
        {
            if (given[i]) continue;
            if (!parameters[i].HasDefaultValue) return null;
            values[i] = Default(parameters[i]);
        }
        return (values, fit);
    }

    /// <summary>A name before "=" that is a parameter's; what only looks like one ("a=b") is a text in its place.</summary>
    private static (int at, string text) Place(string argument, ParameterInfo[] parameters, int next)
    {
        if (Named().Match(argument) is { Success: true } named)
        {
            var at = Array.FindIndex(parameters, parameter => parameter.Name == named.Groups[1].Value);
            if (at >= 0) return (at, named.Groups[2].Value);
        }
        return (next, argument);
    }

    private static object? Default(ParameterInfo parameter)
    {
        var value = parameter.DefaultValue;
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        // Metadata keeps an enum's default as its number, and none for a struct's.
        if (value is not null && type.IsEnum) return Enum.ToObject(type, value);
        return value ?? (parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null);
    }

    private static string Text(ParameterInfo parameter)
    {
        var text = $"{TypeText(parameter.ParameterType)} {parameter.Name}";
        return parameter.HasDefaultValue ? $"{text} = {(Default(parameter) is { } value ? ValueText(value) : "null")}" : text;
    }

    private static string ValueText(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        string text => $"\"{text}\"",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string TypeText(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return $"{TypeText(inner)}?";
        if (type.IsArray) return $"{TypeText(type.GetElementType()!)}[]";
        if (type == typeof(Device)) return "Device";
        return Type.GetTypeCode(type) switch
        {
            _ when type.IsEnum => type.Name,
            TypeCode.Boolean => "bool",
            TypeCode.Int32 => "int",
            TypeCode.Int64 => "long",
            TypeCode.Double => "double",
            TypeCode.Single => "float",
            TypeCode.String => "string",
            _ => type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(TypeText))}>" : type.Name,
        };
    }

    [GeneratedRegex(@"^([A-Za-z_]\w*)=(.*)$", RegexOptions.Singleline)]
    private static partial Regex Named();
}
