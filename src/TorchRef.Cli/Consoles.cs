using Spectre.Console;

namespace TorchRef.Cli;

/// <summary>The console that commands write to.</summary>
internal static class Consoles
{
    /// <summary>Columns of a file or a pipe, which have no width of their own.</summary>
    private const int WidthWithoutTerminal = 140;

    /// <summary>Colours and a moving status on a terminal; plain, wide lines in a file or a pipe.</summary>
    public static IAnsiConsole Create()
    {
        if (!Console.IsOutputRedirected) return AnsiConsole.Console;
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.No });
        console.Profile.Width = WidthWithoutTerminal;
        return console;
    }
}
