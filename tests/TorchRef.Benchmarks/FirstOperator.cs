using static TorchSharp.torch;

namespace TorchRef.Benchmarks;

/// <summary>What a process of the start-up measurement does: one operator, then it says so.</summary>
internal static class FirstOperator
{
    public const string Argument = "first-operator";

    public static int Run()
    {
        using var left = ones(2, 2);                                    // [2, 2]
        using var right = ones(2, 2);                                   // [2, 2]
        using var sum = add(left, right);                               // [2, 2]
        Console.WriteLine("ready");
        return 0;
    }
}
