using System.CommandLine;
using System.Diagnostics;
using Spectre.Console;
using TorchRef.Experiments.Data;

namespace TorchRef.Cli.Commands;

/// <summary><c>torchref data</c>: where MNIST is, whether it is MNIST, and how to get it.</summary>
internal static class DataCommand
{
    private static readonly string s_usualFolder = Path.Combine("data", "mnist");

    public static Command Create(IAnsiConsole console)
    {
        var download = new Option<string?>("--download") { Description = $"download what is missing into this folder ({s_usualFolder} without a name)", HelpName = "DIR", Arity = ArgumentArity.ZeroOrOne };
        var mirror = new Option<string?>("--mirror") { Description = "download from this folder on the web instead of the usual ones", HelpName = "URL" };
        var command = new Command("data", "say where MNIST is found, and download it if asked to: 11 MB, checked, and continued where it was interrupted") { download, mirror };
        command.SetAction((parsed, stop) => parsed.GetResult(download) is null
            ? Task.FromResult(Say(console, parsed.GetValue(mirror)))
            : DownloadAsync(console, parsed.GetValue(download) ?? s_usualFolder, parsed.GetValue(mirror), stop));
        return command;
    }

    private static int Say(IAnsiConsole console, string? mirror)
    {
        if (mirror is not null) throw new UsageException("--mirror says where to download from: expected --download with it but got --mirror alone");
        var named = Environment.GetEnvironmentVariable(DigitData.MnistVariable);
        var folder = string.IsNullOrEmpty(named) ? Mnist.Find(Directory.GetCurrentDirectory()) : named;
        if (folder is null)
        {
            console.WriteLine($"no MNIST nearby: looked for data/mnist and shared/data/mnist in this folder and its parents; {DigitData.MnistVariable} isn't set");
            console.WriteLine("experiments draw digits instead (SyntheticDigits), and say so");
            console.WriteLine($"to get it: torchref data --download, which fetches 11 MB into {s_usualFolder} from");
            foreach (var place in MnistFile.Mirrors) console.WriteLine($"  {place}");
            console.WriteLine($"or put the four files there by hand: {string.Join(", ", MnistFile.All.Select(file => file.Name))}");
            return ExitCode.Agrees;
        }
        var data = Mnist.Load(folder);
        console.WriteLine(data.Source);
        var genuine = MnistFile.All.Count(file => Forms(folder, file).Any(path => MnistDownload.IsGenuine(path, file)));
        console.WriteLine(genuine == MnistFile.All.Count
            ? "all four files unpack to the original's bytes"
            : $"{genuine} of {MnistFile.All.Count} files unpack to the original's bytes: this is another data set in the same form");
        return ExitCode.Agrees;
    }

    /// <summary>The names that a file may have.</summary>
    private static IEnumerable<string> Forms(string folder, MnistFile file)
    {
        var plain = file.Name[..^".gz".Length];
        var dot = plain.LastIndexOf("-idx", StringComparison.Ordinal);
        string[] names = [plain, $"{plain[..dot]}.{plain[(dot + 1)..]}"];
        return names.SelectMany(name => new[] { name, $"{name}.gz" }).Select(name => Path.Combine(folder, name));
    }

    private static async Task<int> DownloadAsync(IAnsiConsole console, string folder, string? mirror, CancellationToken stop)
    {
        if (folder.Length == 0) throw new UsageException("--download must name a folder: expected a folder but got ''");
        if (File.Exists(folder)) throw new UsageException($"--download must name a folder: expected a folder but {folder} is a file");
        using var client = new HttpClient();
        var download = new MnistDownload(client, mirror is null ? null : [Address(mirror)]);
        var count = console.Profile.Capabilities.Interactive
            ? await console.Progress().Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new DownloadedColumn(), new TransferSpeedColumn()).StartAsync(context => download.RunAsync(folder, Bars(context), stop))
            : await download.RunAsync(folder, Lines(console), stop);
        console.WriteLine(count == 0 ? "nothing to download: all four files are there" : $"downloaded {count} of {MnistFile.All.Count} files; their checksums are right");
        console.WriteLine(Mnist.Load(folder).Source);
        return ExitCode.Agrees;
    }

    private static Uri Address(string mirror)
    {
        if (!Uri.TryCreate(mirror.EndsWith('/') ? mirror : mirror + "/", UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new UsageException($"--mirror must be an address on the web: expected such as {MnistFile.Mirrors[0]} but got '{mirror}'");
        return address;
    }

    private static Action<DownloadProgress> Bars(ProgressContext context)
    {
        var bars = new Dictionary<string, ProgressTask>();
        return now =>
        {
            if (!bars.TryGetValue(now.File, out var bar)) bars.Add(now.File, bar = context.AddTask(Markup.Escape(now.File)));
            if (now.Total is { } total) bar.MaxValue = total;
            else bar.IsIndeterminate = true;
            bar.Value = now.Received;
        };
    }

    private static Action<DownloadProgress> Lines(IAnsiConsole console)
    {
        var (last, file) = (0L, "");
        return now =>
        {
            if (now.File == file && Stopwatch.GetElapsedTime(last) < TimeSpan.FromSeconds(5)) return;
            (last, file) = (Stopwatch.GetTimestamp(), now.File);
            console.WriteLine($"{now.File}: {now.Received >> 10} {(now.Total is { } total ? $"of {total >> 10} " : "")}kB");
        };
    }
}
