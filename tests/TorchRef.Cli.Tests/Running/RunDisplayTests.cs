using Spectre.Console;
using TorchRef.Cli.Running;
using TorchRef.Cli.Tests.Support;
using TorchRef.Experiments.Catalog;
using TorchRef.Experiments.Running;

namespace TorchRef.Cli.Tests.Running;

/// <summary>How a run shows itself, on a terminal and without one.</summary>
public sealed class RunDisplayTests
{
    [Fact]
    public void On_a_terminal_a_bar_moves_and_the_result_stays()
    {
        var text = Show(InteractionSupport.Yes, AnsiSupport.Yes, out var result);

        Assert.True(result.IsComplete);
        Assert.Contains("━", text, StringComparison.Ordinal);
        Assert.Contains("\u001b[", text, StringComparison.Ordinal);
        Assert.Contains("a larger γ, or a β away from 0, leaves it", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_terminal_there_are_plain_lines()
    {
        var text = Show(InteractionSupport.No, AnsiSupport.No, out _);

        Assert.Matches("(?m)^1 of 2, four settings\\s*$", text);
        Assert.DoesNotContain("\u001b", text, StringComparison.Ordinal);
        Assert.DoesNotContain("━", text, StringComparison.Ordinal);
    }

    private static string Show(InteractionSupport interaction, AnsiSupport ansi, out RunResult result)
    {
        using var folder = new TemporaryFolder();
        using var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = ansi, Interactive = interaction, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = 160;
        var display = new RunDisplay(console);
        result = display.Run(ExperimentCatalog.Find("sigmoid-linearity")!, new RunRequest(), new RunOptions { Folder = folder.At("sigmoid-linearity") }, CancellationToken.None);
        display.Write(result);
        return output.ToString();
    }
}
