using TorchRef.Dropout;
using TorchRef.Layers;
using TorchRef.Normalization;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchRef.Interop.Tests.Checkpoints.Support;

/// <summary>Modules of torch.nn and all of TorchRef's with state, each with the module of Python's that takes its state.</summary>
internal static class Modules
{
    public static IEnumerable<Specimen> OfTorch()
    {
        yield return Specimen.OfModule("linear", nn.Linear(3, 2), "nn.Linear(3, 2)");
        yield return Specimen.OfModule("linear_no_bias", nn.Linear(3, 2, hasBias: false), "nn.Linear(3, 2, bias=False)");
        yield return Specimen.OfModule("bilinear", nn.Bilinear(2, 3, 4), "nn.Bilinear(2, 3, 4)");
        yield return Specimen.OfModule("conv1d", nn.Conv1d(2, 3, 2), "nn.Conv1d(2, 3, 2)");
        yield return Specimen.OfModule("conv2d", nn.Conv2d(2, 4, 3, groups: 2), "nn.Conv2d(2, 4, 3, groups=2)");
        yield return Specimen.OfModule("conv3d", nn.Conv3d(1, 2, 2), "nn.Conv3d(1, 2, 2)");
        yield return Specimen.OfModule("conv_transpose1d", nn.ConvTranspose1d(2, 3, 2), "nn.ConvTranspose1d(2, 3, 2)");
        yield return Specimen.OfModule("conv_transpose2d", nn.ConvTranspose2d(2, 3, 2), "nn.ConvTranspose2d(2, 3, 2)");
        yield return Specimen.OfModule("embedding", nn.Embedding(5, 3), "nn.Embedding(5, 3)");
        yield return Specimen.OfModule("batch_norm1d", nn.BatchNorm1d(4), "nn.BatchNorm1d(4)");
        yield return Specimen.OfModule("batch_norm2d_double", nn.BatchNorm2d(4).to(ScalarType.Float64), "nn.BatchNorm2d(4).double()");
        yield return Specimen.OfModule("batch_norm3d_plain", nn.BatchNorm3d(4, affine: false), "nn.BatchNorm3d(4, affine=False)");
        yield return Specimen.OfModule("instance_norm2d", nn.InstanceNorm2d(3, affine: true, track_running_stats: true), "nn.InstanceNorm2d(3, affine=True, track_running_stats=True)");
        yield return Specimen.OfModule("layer_norm", nn.LayerNorm([2, 3]), "nn.LayerNorm([2, 3])");
        yield return Specimen.OfModule("group_norm", nn.GroupNorm(2, 4), "nn.GroupNorm(2, 4)");
        yield return Specimen.OfModule("prelu", nn.PReLU(3), "nn.PReLU(3)");
        yield return Specimen.OfModule("rnn_cell", nn.RNNCell(3, 2), "nn.RNNCell(3, 2)");
        yield return Specimen.OfModule("gru_cell", nn.GRUCell(3, 2), "nn.GRUCell(3, 2)");
        yield return Specimen.OfModule("lstm_cell", nn.LSTMCell(3, 2), "nn.LSTMCell(3, 2)");
        yield return Specimen.OfModule("no_state", nn.ReLU(), "nn.ReLU()");
        yield return Specimen.OfModule(
            "nested", nn.Sequential(("first", nn.Sequential(nn.Linear(4, 3), nn.ReLU())), ("norm", nn.BatchNorm1d(3)), ("last", nn.Linear(3, 2))),
            "nn.Sequential(__import__('collections').OrderedDict(first=nn.Sequential(nn.Linear(4, 3), nn.ReLU()), norm=nn.BatchNorm1d(3), last=nn.Linear(3, 2)))");
    }

    public static IEnumerable<Specimen> OfTorchRef()
    {
        yield return Specimen.OfModule("own_affine", new Affine(3, 2), "nn.Linear(3, 2)");
        yield return Specimen.OfModule("own_batch_norm1d", new BatchNorm1d(4, dtype: ScalarType.Float64), "nn.BatchNorm1d(4).double()");
        yield return Specimen.OfModule("own_batch_norm2d", new BatchNorm2d(4, form: BatchNormForm.ClosedForm), "nn.BatchNorm2d(4)");
        yield return Specimen.OfModule("own_batch_norm3d", new BatchNorm3d(4, track_running_stats: false), "nn.BatchNorm3d(4, track_running_stats=False)");
        yield return Specimen.OfModule("own_conventional", new ConventionalBatchNorm(4, BatchNormConvention.PyTorch), "nn.BatchNorm1d(4)");
        yield return Specimen.OfModule("own_frozen", new FrozenBatchNorm(4));
        yield return Specimen.OfModule("own_ghost", new GhostBatchNorm(4, 2), "nn.BatchNorm1d(4)");
        yield return Specimen.OfModule("own_group_norm", new GroupNorm(2, 4), "nn.GroupNorm(2, 4)");
        yield return Specimen.OfModule("own_layer_norm", new LayerNorm([2, 3]), "nn.LayerNorm([2, 3])");
        yield return Specimen.OfModule("own_instance_norm1d", new InstanceNorm1d(3, affine: true, track_running_stats: true), "nn.InstanceNorm1d(3, affine=True, track_running_stats=True)");
        yield return Specimen.OfModule("own_instance_norm2d", new InstanceNorm2d(3, affine: true), "nn.InstanceNorm2d(3, affine=True)");
        yield return Specimen.OfModule("own_instance_norm3d", new InstanceNorm3d(3, track_running_stats: true), "nn.InstanceNorm3d(3, track_running_stats=True)");
        yield return Specimen.OfModule("own_lazy", Met(new LazyBatchNorm1d()), "nn.BatchNorm1d(4)");
        yield return Specimen.OfModule("own_recurrent", new RecurrentBatchNorm(3, 2));
        yield return Specimen.OfModule("own_lstm_cell", new BatchNormLSTMCell(3, 2, 4));
        yield return Specimen.OfModule("own_lstm", new BatchNormLSTM(3, 2, 4, num_layers: 2));
        yield return Specimen.OfModule("own_whitening", new Whitening(3, affine: true));
        yield return Specimen.OfModule("own_standardization", new InputStandardization(3));
        yield return Specimen.OfModule("own_dropout", new Dropout.Dropout(), "nn.Dropout()");
        yield return Specimen.OfModule("own_classic_dropout", new ClassicDropout());
    }

    /// <summary>A lazy module has no shapes before it has met an input.</summary>
    private static LazyBatchNorm1d Met(LazyBatchNorm1d module)
    {
        using var scope = NewDisposeScope();
        module.forward(ones(2, 4)); // [2, 4]
        return module;
    }
}
