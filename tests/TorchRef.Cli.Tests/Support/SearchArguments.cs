using System.Globalization;

namespace TorchRef.Cli.Tests.Support;

/// <summary>A search of tiny networks, for tests.</summary>
internal static class SearchArguments
{
    /// <summary>With the data, the study and the output in one folder.</summary>
    public static string[] Small(TemporaryFolder folder, int trials) =>
    [
        "--trials", trials.ToString(CultureInfo.InvariantCulture), "--epochs", "4", "--images", "60", "--batch", "20", "--hidden", "8", "--layers", "2", "--chunk", "4", "--threads", "1",
        "--data", folder.Path, "--study", folder.At("study.log"), "--out", folder.At("out"),
    ];
}
