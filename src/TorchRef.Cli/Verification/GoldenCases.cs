namespace TorchRef.Cli.Verification; internal static class GoldenCases { public static void Run(ComparisonRecorder recorder, Candidates candidates) { } }
