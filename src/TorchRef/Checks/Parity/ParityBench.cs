using static TorchSharp.torch;

namespace TorchRef.Checks.Parity;

/// <summary>Runs two modules through the same steps from the same state.</summary>
internal sealed class ParityBench
{
    private readonly StateNames _names;
    private readonly ModuleParityOptions _options;
    private Tensor? _live;
    private long _salt;

    public ParityBench(ParitySubject candidate, ParitySubject reference, StateNames names, ModuleParityOptions options)
    {
        (Candidate, Reference, _names, _options) = (candidate, reference, names, options);
        foreach (var (name, tensor) in State(reference)) Initial[name] = Wide(tensor);
        if (!options.CopyState) CandidateInitial = State(candidate).ToDictionary(pair => pair.name, pair => Wide(pair.tensor), StringComparer.Ordinal);
    }

    public ParitySubject Candidate { get; }

    public ParitySubject Reference { get; }

    /// <summary>Whether the reference changes its inputs in place, so that the candidate may too.</summary>
    public bool InPlace { get; set; }

    /// <summary>How often a module ran.</summary>
    public long Evaluations { get; private set; }

    /// <summary>The state that each run starts from, by the reference's names; floating-point tensors in float64.</summary>
    public Dictionary<string, Tensor> Initial { get; } = new(StringComparer.Ordinal);

    /// <summary>The candidate's own, where it isn't to get the reference's.</summary>
    public Dictionary<string, Tensor>? CandidateInitial { get; }

    /// <summary>Runs a module through steps, each going on from the state that the one before has left. The salt makes other nudges.</summary>
    public List<StepTrace> Run(ParitySubject who, IEnumerable<ParityStep> plan, ScalarType type, Rounding rounding, long salt = 0)
    {
        var traces = new List<StepTrace>();
        foreach (var step in plan)
        {
            _salt = salt * 1_000_003;
            if (traces.Count == 0 || step.StateScale is not null) SetState(who, Scaled(InitialOf(who), step.StateScale), rounding, type);
            traces.Add(RunStep(who, step, type, rounding));
            if (traces[^1].Failure is not null) break;
        }
        return traces;
    }

    /// <summary>One forward and, where it went well, one backward.</summary>
    public StepTrace RunStep(ParitySubject who, ParityStep step, ScalarType type, Rounding rounding, Func<Tensor, Tensor>? changeCotangent = null, bool keepGradients = false)
    {
        Evaluations++;
        var trace = new StepTrace(step);
        var module = who.Module;
        module.train(step.Training);
        trace.DeafModules = [.. module.named_modules().Where(pair => pair.module.training != step.Training).Select(pair => pair.name)];
        if (!keepGradients)
            foreach (var parameter in module.parameters()) parameter.grad = null;
        trace.StateBefore = State(who).ToDictionary(pair => pair.name, pair => pair.tensor.detach().clone(), StringComparer.Ordinal);
        var leaves = step.Inputs.Select((input, i) => rounding.Apply(input, input.is_floating_point() ? type : input.dtype, _salt + step.Seed + i)).ToArray();
        foreach (var leaf in leaves)
            if (step.InputGradients && leaf.is_floating_point()) leaf.requires_grad_();
        trace.Inputs = [.. leaves.Select(leaf => leaf.detach())];
        var given = leaves.Select(leaf => leaf.clone()).ToArray(); // copies, which a module may change in place
        try
        {
            Forward(who, trace, given);
            trace.FailedIn = StepTrace.InBackward;
            // A graph through a changed input can bring the process down in backward: there is enough to report as it is.
            var broken = trace.ChangedInputs.Count > 0 && !InPlace && ReferenceEquals(who, Candidate);
            if (trace.OutputRequiresGradient && !broken) Backward(who, trace, leaves, type, rounding, changeCotangent);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException and not OperationCanceledException)
        {
            trace.Failure = Describe(exception);
        }
        return trace;
    }

    /// <summary>Sets parameters and buffers, by the reference's names; what isn't named or has another shape is left alone.</summary>
    public void SetState(ParitySubject who, Dictionary<string, Tensor> state, Rounding rounding, ScalarType type)
    {
        using var noGraph = no_grad();
        var seed = _salt + _options.Seed;
        foreach (var (name, tensor) in State(who))
            if (state.TryGetValue(name, out var value) && value.shape.SequenceEqual(tensor.shape))
                tensor.copy_(rounding.Apply(value, value.is_floating_point() ? type : value.dtype, seed++));
    }

    /// <summary>Parameters and buffers by the reference's names.</summary>
    public IEnumerable<(string name, Tensor tensor)> State(ParitySubject who)
    {
        foreach (var (name, parameter) in who.Module.named_parameters())
            if (NameOf(who, name) is { } known) yield return (known, parameter);
        foreach (var (name, buffer) in who.Module.named_buffers())
            if (NameOf(who, name) is { } known) yield return (known, buffer);
    }

    /// <summary>An exception as a reader wants it: its kind and the first line.</summary>
    public static string Describe(Exception exception)
    {
        var inner = exception is System.Reflection.TargetInvocationException { InnerException: { } cause } ? cause : exception;
        return $"{inner.GetType().Name}: {inner.Message.Split('\n')[0].Trim()}";
    }

    private void Forward(ParitySubject who, StepTrace trace, Tensor[] given)
    {
        trace.FailedIn = StepTrace.InForward;
        manual_seed(trace.Step.Seed);
        var first = NextRandom();
        manual_seed(trace.Step.Seed);
        var parameters = who.Module.named_parameters().ToList();
        var output = who.Call(given);                           // any shape
        trace.NextRandom = NextRandom();
        trace.Draws = trace.NextRandom != first;
        if (output is null) throw new InvalidOperationException("forward must return a tensor but returned null");
        (trace.Output, trace.OutputRequiresGradient) = (output.detach().clone(), output.requires_grad);
        using (no_grad())
        {
            for (var i = 0; i < given.Length; i++)
                if (!Same(given[i], trace.Inputs[i])) trace.ChangedInputs.Add(i);
            foreach (var (name, buffer) in who.Module.named_buffers())
                if (NameOf(who, name) is { } known) trace.Buffers[known] = buffer.detach().clone();
            foreach (var (name, parameter) in parameters)
                if (NameOf(who, name) is { } known && trace.StateBefore.TryGetValue(known, out var before) && !Same(parameter, before)) trace.ChangedParameters.Add(known);
        }
        _live = output;
    }

    private void Backward(ParitySubject who, StepTrace trace, Tensor[] leaves, ScalarType type, Rounding rounding, Func<Tensor, Tensor>? changeCotangent)
    {
        var output = _live!;
        var cotangent = rounding.Apply(Normal(output.shape, trace.Step.Seed + 1000).to(output.device), type, _salt + trace.Step.Seed + 2000); // the output's shape
        trace.Cotangent = changeCotangent is null ? cotangent : changeCotangent(cotangent);
        var second = _options.Order >= 2;
        output.backward([trace.Cotangent.to_type(output.dtype)], retain_graph: second, create_graph: second);
        var parameters = who.Module.named_parameters().Where(pair => NameOf(who, pair.name) is not null).ToList();
        var gradients = leaves.Select(leaf => leaf.grad).Concat(parameters.Select(pair => pair.parameter.grad)).ToList();
        trace.InputGradients = [.. gradients.Take(leaves.Length).Select(Kept)];
        for (var i = 0; i < parameters.Count; i++) trace.ParameterGradients[NameOf(who, parameters[i].name)!] = Kept(gradients[leaves.Length + i]);
        if (second) SecondOrder(who, trace, leaves, gradients, type, rounding);
    }

    /// <summary>The gradients of Σ v·gradient, v random.</summary>
    private void SecondOrder(ParitySubject who, StepTrace trace, Tensor[] leaves, List<Tensor?> gradients, ScalarType type, Rounding rounding)
    {
        var parameters = who.Module.named_parameters().Where(pair => NameOf(who, pair.name) is not null).ToList();
        foreach (var leaf in leaves) leaf.grad = null;
        foreach (var (_, parameter) in parameters) parameter.grad = null;
        var terms = gradients.Select((gradient, i) => (gradient, i)).Where(pair => pair.gradient is { IsInvalid: false, requires_grad: true }).ToList();
        Tensor? sum = null;                                     // []
        foreach (var (gradient, i) in terms)
        {
            var weights = rounding.Apply(Normal(gradient!.shape, trace.Step.Seed + 3000 + i).to(gradient.device), type, _salt + trace.Step.Seed + 4000 + i); // the gradient's shape
            var term = (gradient * weights).sum();
            sum = sum is null ? term : sum + term;
        }
        sum?.backward();
        for (var i = 0; i < leaves.Length; i++) trace.SecondGradients[$"second {trace.InputGradientName(i)}"] = Kept(leaves[i].grad);
        foreach (var (name, parameter) in parameters) trace.SecondGradients[$"second {StepTrace.GradientName(NameOf(who, name)!)}"] = Kept(parameter.grad);
        foreach (var (_, parameter) in parameters) parameter.grad = null;
    }

    public static Tensor Normal(long[] shape, long seed)
    {
        using var generator = new Generator((ulong)seed);
        return randn(shape, ScalarType.Float64, generator: generator); // shape
    }

    private static Tensor? Kept(Tensor? gradient) => gradient is null || gradient.IsInvalid ? null : gradient.detach().clone();

    private string? NameOf(ParitySubject who, string name) => ReferenceEquals(who, Reference) ? name : _names.ToReference(name);

    private Dictionary<string, Tensor> InitialOf(ParitySubject who) => ReferenceEquals(who, Candidate) && CandidateInitial is not null ? CandidateInitial : Initial;

    private Dictionary<string, Tensor> Scaled(Dictionary<string, Tensor> state, double? scale)
    {
        if (scale is not { } factor) return state;
        var buffers = Reference.Module.named_buffers().Select(pair => pair.name).ToHashSet(StringComparer.Ordinal);
        // What can't be negative is a variance, and scales with the square.
        return state.ToDictionary(
            pair => pair.Key,
            pair => !buffers.Contains(pair.Key) || !pair.Value.is_floating_point() ? pair.Value : pair.Value * (pair.Value.ge(0).all().item<bool>() ? factor * factor : factor),
            StringComparer.Ordinal);
    }

    private static bool Same(Tensor one, Tensor other) => one.dtype == other.dtype && one.shape.SequenceEqual(other.shape) && one.eq(other).logical_or(one.isnan().logical_and(other.isnan())).all().item<bool>();

    private static Tensor Wide(Tensor tensor) => tensor.detach().to_type(tensor.is_floating_point() ? ScalarType.Float64 : tensor.dtype, copy: true);

    private static double NextRandom() => rand([1], ScalarType.Float64).item<double>();
}
