using TorchRef.Optimization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchRef.Cli.Verification;

/// <summary>The optimisers that the study notes retell, number by number, down the valley x²/20 + y² from (−7, 2).</summary>
internal static class BookOptimizerCases
{
    private const int Updates = 30;
    private const double Epsilon = 1e-7;

    public static void Run(ComparisonRecorder recorder, Candidates candidates)
    {
        Follow(recorder, candidates, "SGD", new SgdOptions(0.95), (x, g, memory, _) => x - 0.95 * g);
        Follow(recorder, candidates, "Momentum", new MomentumOptions(0.1), (x, g, memory, _) => x + (memory[0] = 0.9 * memory[0] - 0.1 * g));
        Follow(recorder, candidates, "Nesterov", new NesterovOptions(0.1), (x, g, memory, _) =>
        {
            var before = memory[0];
            memory[0] = 0.9 * before - 0.1 * g;
            return x + 0.9 * 0.9 * before - 1.9 * 0.1 * g;
        });
        Follow(recorder, candidates, "AdaGrad", new AdaGradOptions(1.5, convention: OptimizerConvention.Book), (x, g, memory, _) =>
            x - 1.5 * g / (Math.Sqrt(memory[0] += g * g) + Epsilon));
        Follow(recorder, candidates, "RMSprop", new RMSpropOptions(0.1, convention: OptimizerConvention.Book), (x, g, memory, _) =>
            x - 0.1 * g / (Math.Sqrt(memory[0] = 0.99 * memory[0] + (1 - 0.99) * g * g) + Epsilon));
        Follow(recorder, candidates, "Adam", new AdamOptions(0.3, convention: OptimizerConvention.Book), (x, g, memory, t) =>
        {
            memory[0] += (1 - 0.9) * (g - memory[0]);
            memory[1] += (1 - 0.999) * (g * g - memory[1]);
            return x - 0.3 * Math.Sqrt(1 - Math.Pow(0.999, t)) / (1 - Math.Pow(0.9, t)) * memory[0] / (Math.Sqrt(memory[1]) + Epsilon);
        });
    }

    /// <param name="recorder">Takes the comparisons.</param>
    /// <param name="candidates">Makes the optimiser.</param>
    /// <param name="name">Its name in the study notes.</param>
    /// <param name="options">Its settings there.</param>
    /// <param name="update">One coordinate, its gradient, what is remembered of it, and the number of the step → the coordinate after it.</param>
    private static void Follow(ComparisonRecorder recorder, Candidates candidates, string name, GroupOptions options, Func<double, double, double[], int, double> update) =>
        recorder.Run($"{name} of the book float64", "the study notes", $"x²/20 + y², {OptimizerCases.Describe(options)}", record =>
        {
            double[] numbers = [-7, 2], slopes = [0.1, 2];
            double[][] memory = [new double[2], new double[2]];
            var place = new Parameter(tensor(numbers, dtype: float64)); // [2]
            using var optimizer = candidates.Optimizer([([place], options)]);
            for (var t = 1; t <= Updates; t++)
            {
                place.grad = place.detach() * tensor(slopes, dtype: float64); // [2]
                optimizer.step();
                for (var i = 0; i < numbers.Length; i++) numbers[i] = update(numbers[i], slopes[i] * numbers[i], memory[i], t);
                record.Compare("parameters after a step", place, tensor(numbers, dtype: float64), Tolerances.Of(float64));
            }
        });
}
