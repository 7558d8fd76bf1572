using System.CommandLine;
using Spectre.Console;
using TorchRef.Interop.Checkpoints;

namespace TorchRef.Cli.Commands;

/// <summary><c>torchref convert</c>: a checkpoint in another format.</summary>
internal static class ConvertCommand
{
    public static Command Create(IAnsiConsole console)
    {
        var source = new Argument<string>("IN") { Description = "a file of torch.save (.pth, .pt, .bin, .ckpt) or a safetensors file; its content says which" };
        var target = new Argument<string>("OUT") { Description = "the new file; its extension says the format" };
        var key = new Option<string?>("--key") { Description = "write only the state dict that these keys, joined by dots, lead to, such as model", HelpName = "KEY" };
        var metadata = new Option<string[]>("--metadata") { Description = "a text to put into a safetensors file, such as format=pt; may be given more than once", HelpName = "NAME=TEXT" };
        var command = new Command("convert", "write a checkpoint in another format, bit for bit; the new file is there whole or not at all") { source, target, key, metadata };
        command.SetAction((parsed, _) => Task.FromResult(Run(console, parsed.GetRequiredValue(source), parsed.GetRequiredValue(target), parsed.GetValue(key), parsed.GetValue(metadata) ?? [])));
        return command;
    }

    private static int Run(IAnsiConsole console, string source, string target, string? key, string[] metadata)
    {
        OutputFile.RequireWritable(target, "OUT");
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in metadata)
        {
            var parts = text.Split('=', 2);
            if (parts.Length != 2 || parts[0].Length == 0) throw new UsageException($"--metadata must be a name and a text: expected NAME=TEXT but got '{text}'");
            if (!texts.TryAdd(parts[0], parts[1])) throw new UsageException($"--metadata must give a name once: expected one {parts[0]} but got two");
        }
        var conversion = CheckpointFiles.Use(() => CheckpointConversion.Convert(source, target, key, texts));
        console.WriteLine($"{target}: {conversion.Tensors} tensors{(conversion.Tied == 0 ? "" : $", {conversion.Tied} of them tied to others")}, {new FileInfo(target).Length} bytes");
        if (conversion.LeftOut.Count > 0) console.WriteLine($"left out, since only safetensors files hold metadata: {string.Join(", ", conversion.LeftOut)}");
        return ExitCode.Agrees;
    }
}
