using TorchRef.Experiments.Networks;
using TorchRef.Experiments.Training.Optimizers;
using TorchRef.Experiments.Training.Stages;
using static TorchSharp.torch;

namespace TorchRef.Experiments.Training;

/// <summary>The program that trains the replicas of a block together: its stages, their memory, and the order in which they run.</summary>
internal sealed class BlockProgram
{
    private readonly FirstAffineStage _first;
    private readonly List<Stage> _rest = [];
    private readonly SoftmaxLoss _loss;
    private readonly Tensor _logits;
    private readonly ReplicaOptimizer _optimizer;
    private readonly UpdatePlan _plan;

    /// <summary>Lays out the memory and draws the initial weights.</summary>
    /// <param name="replicas">Alike in network and optimiser.</param>
    /// <param name="settings">Mini-batch, precision and device.</param>
    public BlockProgram(IReadOnlyList<ReplicaSpec> replicas, TrainingSettings settings)
    {
        var (network, optimizer) = (replicas[0].Network, replicas[0].Optimizer);
        Layout = new BlockLayout(replicas.Count, settings.Precision, settings.Device ?? CPU);
        _plan = new UpdatePlan([.. replicas.Select(replica => replica.LearningRate)], [.. replicas.Select(replica => replica.WeightDecay)],
            Fused: optimizer.Kind == OptimizerKind.SGD && !settings.KeepsGradients);
        _optimizer = ReplicaOptimizer.Of(optimizer);

        var flow = new Flow(Layout, settings.BatchSize, network.Width);
        _first = new FirstAffineStage(flow, Weight(0, network.Inputs, network.Width), Bias(network, 0, network.Width));
        flow = AddHidden(network, 0, flow);
        for (var layer = 1; layer < network.Depth; layer++)
        {
            var next = new Flow(Layout, settings.BatchSize, network.Width);
            _rest.Add(new AffineStage(Layout, flow, next, Weight(layer, network.Width, network.Width), Bias(network, layer, network.Width)));
            flow = AddHidden(network, layer, next);
        }
        var logits = new Flow(Layout, settings.BatchSize, network.Classes);
        _rest.Add(new AffineStage(Layout, flow, logits, Weight(network.Depth, network.Width, network.Classes), Bias(network, network.Depth, network.Classes)));
        _logits = logits.Value;
        _loss = new SoftmaxLoss(Layout, logits, [.. _plan.Rates.Select(rate => _plan.Fused ? rate : 1)], settings.LogOffset);

        Parameters = [.. Stages.SelectMany(stage => stage.Parameters)];
        if (!_plan.Fused)
            foreach (var parameter in Parameters)
                foreach (var memory in _optimizer.Memories) parameter.Memory[memory] = zeros_like(parameter.Value); // θ's shape
        InitialDraw.Fill(Parameters, replicas);
    }

    public BlockLayout Layout { get; }

    public IReadOnlyList<ReplicaParameter> Parameters { get; }

    public IEnumerable<DropoutStage> Dropouts => _rest.OfType<DropoutStage>();

    /// <summary>All that a later continuation needs, by name: [rows, G·units] each.</summary>
    public IEnumerable<(string name, Tensor value)> State =>
    [
        .. Parameters.Select(parameter => (parameter.Name, parameter.Value)),
        .. Buffers,
        .. Parameters.SelectMany(parameter => parameter.Memory.Select(memory => ($"{parameter.Name}.{memory.Key}", memory.Value))),
    ];

    /// <summary>What the stages remember besides their parameters, by name: [1, G·units] each.</summary>
    public IEnumerable<(string name, Tensor value)> Buffers => Stages.SelectMany(stage => stage.Buffers);

    private IEnumerable<Stage> Stages => [_first, .. _rest];

    /// <summary>One update of every replica.</summary>
    /// <param name="images">[B, inputs].</param>
    /// <param name="targets">[B, classes].</param>
    /// <param name="step">Its number, from 1.</param>
    /// <param name="wantsLoss">Whether to compute the loss.</param>
    /// <returns>The loss of each replica before the update [G]; null if it isn't wanted.</returns>
    public Tensor? Update(Tensor images, Tensor targets, long step, bool wantsLoss)
    {
        Forward(images);
        var loss = _loss.Backward(targets, wantsLoss);                  // [G]
        for (var i = _rest.Count - 1; i >= 0; i--) _rest[i].Backward();
        _first.Backward();
        if (!_plan.Fused) _optimizer.Step(Parameters, step);
        return loss;
    }

    /// <summary>The way forward in training: statistics are those of the mini-batch, and the running ones move.</summary>
    /// <param name="images">[B, inputs].</param>
    /// <returns>Logits [B, G·classes], in memory that the next call writes over.</returns>
    public Tensor Forward(Tensor images)
    {
        _first.Feed(images);
        _first.Forward();
        foreach (var stage in _rest) stage.Forward();
        return _logits;
    }

    /// <summary>What the networks say of images, in evaluation.</summary>
    /// <param name="images">[N, inputs].</param>
    /// <param name="samples">Whether to drop units as in training.</param>
    /// <param name="observe">Is shown the output of every stage [N, G·units], to be looked at at once; null for nobody.</param>
    /// <returns>Logits [N, G·classes].</returns>
    public Tensor Logits(Tensor images, bool samples = false, Action<Stage, Tensor>? observe = null)
    {
        var value = _first.Evaluate(images);                            // [N, G·units]
        observe?.Invoke(_first, value);
        foreach (var stage in _rest)
        {
            value = samples && stage is DropoutStage dropout ? dropout.Sample(value) : stage.Evaluate(value); // [N, G·units]
            observe?.Invoke(stage, value);
        }
        return value;
    }

    /// <summary>[N, G·classes] as [N, G, classes].</summary>
    public Tensor ByReplica(Tensor logits) => _loss.ByReplica(logits);

    /// <summary>The losses of logits [N, G].</summary>
    public Tensor LossesOf(Tensor logits, Tensor targets) => _loss.LossesOf(logits, targets);

    /// <summary>Normalisation, activation and dropout after the affine layer that <paramref name="flow"/> comes from.</summary>
    private Flow AddHidden(NetworkSpec network, int layer, Flow flow)
    {
        var normalizesLast = network.Normalization?.Place == NormalizationPlace.AfterActivation;
        if (network.Normalization is not null && !normalizesLast) flow = AddNormalization(network, layer, flow);
        _rest.Add(new ActivationStage(flow, network.Activation));
        if (normalizesLast) flow = AddNormalization(network, layer, flow);
        if (network.DropoutRatio > 0) _rest.Add(new DropoutStage(Layout, flow, network.DropoutRatio));
        return flow;
    }

    private Flow AddNormalization(NetworkSpec network, int layer, Flow input)
    {
        var (spec, output, name) = (network.Normalization!, input.WithOwnValue(Layout), $"norm{layer}");
        var gamma = new ReplicaParameter($"{name}.weight", Layout, 1, network.Width, _plan, decays: false);
        var beta = new ReplicaParameter($"{name}.bias", Layout, 1, network.Width, _plan, decays: false);
        _rest.Add(spec.Kind == NormalizationKind.Batch
            ? new BatchNormStage(name, Layout, input, output, spec, gamma, beta)
            : new UnitNormStage(Layout, input, output, spec, gamma, beta));
        return output;
    }

    private ReplicaParameter Weight(int layer, int inputs, int units) => new(InitialDraw.WeightName(layer), Layout, inputs, units, _plan, decays: true);

    private ReplicaParameter? Bias(NetworkSpec network, int layer, int units) =>
        network.HasBias ? new($"affine{layer}.bias", Layout, 1, units, _plan, decays: false) : null;
}
