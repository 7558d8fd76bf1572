using static TorchSharp.torch;

namespace TorchRef.Checks.Parity;

/// <summary>Lets optimisers take steps on problems.</summary>
internal sealed class OptimizerBench(long seed)
{
    public const string RandomGradients = "random gradients", Quadratic = "a quadratic function";

    /// <summary>How many steps were taken.</summary>
    public long Evaluations { get; private set; }

    /// <summary>Takes steps on a problem from the start that all share.</summary>
    public OptimizerTrace Run(Func<nn.Module, ParityOptimizer> make, string problem, int steps, ScalarType type)
    {
        var trace = new OptimizerTrace();
        using var module = new OptimizerProblem(type);
        module.Start(seed);
        try
        {
            using var optimizer = make(module);
            trace.Name = optimizer.Name;
            for (var step = 0; step < steps; step++)
            {
                SetGradients(module, problem, step, type);
                Step(module, optimizer, trace);
                trace.Parameters.Add(module.Named.ToDictionary(pair => pair.name, pair => pair.parameter.detach().clone(), StringComparer.Ordinal));
            }
            for (var number = 0; number < module.Named.Count; number++)
                if (optimizer.State(module.Named[number].parameter, number) is { } state) trace.State[module.Named[number].name] = state;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            trace.Failure = ParityBench.Describe(exception);
        }
        return trace;
    }

    /// <summary>
    /// The moves of each parameter when all elements have the given value before each step and the given gradients in turn;
    /// null where it throws. Putting the value back keeps the effect of where a parameter is apart from that of its gradients.
    /// </summary>
    public Dictionary<string, double[]>? Moves(Func<nn.Module, ParityOptimizer> make, double value, params double[] gradients) => Moves(make, [.. gradients.Select(_ => value)], gradients);

    /// <summary>The same with another value before each step.</summary>
    public Dictionary<string, double[]>? Moves(Func<nn.Module, ParityOptimizer> make, double[] values, double[] gradients)
    {
        using var scope = NewDisposeScope();
        using var module = new OptimizerProblem(ScalarType.Float64);
        var moves = module.Named.ToDictionary(pair => pair.name, _ => new double[gradients.Length], StringComparer.Ordinal);
        try
        {
            using var optimizer = make(module);
            for (var step = 0; step < gradients.Length; step++)
            {
                foreach (var (_, parameter) in module.Named)
                {
                    using (no_grad()) parameter.fill_(values[step]);
                    parameter.grad = full_like(parameter.detach(), gradients[step]);
                }
                Evaluations++;
                optimizer.Step();
                foreach (var (name, parameter) in module.Named) moves[name][step] = parameter.detach().flatten()[0].item<double>() - values[step];
            }
            return moves;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return null;
        }
    }

    private void SetGradients(OptimizerProblem module, string problem, int step, ScalarType type)
    {
        using var noGraph = no_grad();
        var number = 0;
        foreach (var (name, parameter) in module.Named)
        {
            number++;
            var scale = OptimizerProblem.ScaleOf(name);
            parameter.grad = name switch
            {
                OptimizerProblem.Unused => null,
                OptimizerProblem.Still => zeros_like(parameter),
                // ∇ of ½ Σ a·(θ − c)², a in 0.5 … 1.5.
                _ when problem == Quadratic =>
                    (parameter.detach() - OptimizerProblem.Draw(parameter.shape, seed + 900 + number, scale).to_type(type)) * (OptimizerProblem.Draw(parameter.shape, seed + 950 + number).tanh() * 0.5 + 1).to_type(type),
                _ => OptimizerProblem.Draw(parameter.shape, seed + 10_000 + 100 * step + number, scale).to_type(type),
            };
        }
    }

    private void Step(OptimizerProblem module, ParityOptimizer optimizer, OptimizerTrace trace)
    {
        Evaluations++;
        var before = module.Named.Select(pair => (pair.name, pair.parameter, gradient: pair.parameter.grad?.detach().clone(), value: pair.parameter.detach().clone())).ToList();
        optimizer.Step();
        foreach (var (name, parameter, gradient, value) in before)
        {
            using var after = parameter.grad;
            if (gradient is null || after is null || after.eq(gradient).all().item<bool>()) continue;
            var place = (after - gradient).abs().flatten().argmax().item<long>();
            trace.ChangedGradients.TryAdd(name, ((after - gradient).flatten()[place].to_type(ScalarType.Float64).item<double>(), value.flatten()[place].to_type(ScalarType.Float64).item<double>()));
        }
    }
}
