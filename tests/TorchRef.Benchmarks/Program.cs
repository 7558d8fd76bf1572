using TorchRef.Benchmarks;

var benchmarks = new Dictionary<string, Func<int>>
{
    ["add"] = AddBenchmark.Run,
    ["mlp"] = MlpBenchmark.Run,
    ["batchnorm"] = BatchNormBenchmark.Run,
    ["memory"] = MemoryBenchmark.Run,
    ["startup"] = StartupBenchmark.Run,
};

if (args is [FirstOperator.Argument]) return FirstOperator.Run();
if (args.Length == 0 || args.Any(name => !benchmarks.ContainsKey(name)))
{
    Console.Error.WriteLine($"usage: TorchRef.Benchmarks NAME...   expected one or more of {string.Join(", ", benchmarks.Keys)} but got {(args.Length == 0 ? "nothing" : string.Join(' ', args))}");
    return 2;
}
return args.Max(name => benchmarks[name]());
