using System.Text.Json;
using System.Text.Json.Serialization;
using TorchRef.Checks;

namespace TorchRef.Cli.Checking;

/// <summary>A line that the checking process writes to the one that started it; one of its members is set.</summary>
internal sealed record CheckMessage
{
    private static readonly JsonSerializerOptions s_options = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = { new JsonStringEnumConverter() }, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>What begins now, as it completes "while …".</summary>
    public string? Stage { get; init; }

    /// <summary>How much of it is done, from 0 to 1.</summary>
    public double? Share { get; init; }

    /// <summary>A remark for the user.</summary>
    public string? Remark { get; init; }

    /// <summary>The request can't be carried out, and why.</summary>
    public string? Refusal { get; init; }

    /// <summary>A library is missing: something must be installed first.</summary>
    public string? Missing { get; init; }

    /// <summary>A report that is done.</summary>
    public CheckResult? Result { get; init; }

    /// <summary>What the checked code threw.</summary>
    public ThrownException? Thrown { get; init; }

    /// <summary>The process has done all that it was asked for.</summary>
    public bool? Done { get; init; }

    public string ToLine() => JsonSerializer.Serialize(this, s_options);

    /// <summary>Null where the line is no message: it broke off in the middle.</summary>
    public static CheckMessage? OfLine(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<CheckMessage>(line, s_options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>A report in all its forms.</summary>
internal sealed record CheckResult(string Name, Verdict Verdict, string Text, string Json, string Html, string JUnit)
{
    /// <summary>The name of the gradient's report; its files are called report.</summary>
    public const string Gradient = "gradient";

    /// <summary>The name of the comparison with a reference; its files are called parity.</summary>
    public const string Parity = "parity";

    public static CheckResult Of(string name, CheckReport report) => new(name, report.Verdict, report.ToString(), report.ToJson(), report.ToHtml(), report.ToJUnit());
}

/// <summary>An exception of the checked code, as text.</summary>
internal sealed record ThrownException(string Type, string Message, IReadOnlyList<string> Frames)
{
    private const int MostFrames = 8;
    private static readonly string[] s_own = ["TorchRef.Checks.", "TorchRef.Cli.", "System.CommandLine.", "Program.<Main>"];

    /// <summary>With the frames of the checked code: those of TorchSharp above it and of this program below are no concern of its author's.</summary>
    public static ThrownException Of(Exception exception)
    {
        var frames = (exception.StackTrace ?? "").Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith("---", StringComparison.Ordinal)).ToList();
        var theirs = frames.TakeWhile(line => !IsOwnFrame(line)).Where(line => !line.StartsWith("at TorchSharp.", StringComparison.Ordinal)).ToList();
        return new ThrownException(exception.GetType().Name, exception.Message, [.. (theirs.Count > 0 ? theirs : frames).Take(MostFrames)]);
    }

    /// <summary>Whether a frame is this program's, not the checked code's.</summary>
    public static bool IsOwnFrame(string line) => s_own.Any(own => line.TrimStart().StartsWith($"at {own}", StringComparison.Ordinal));
}
