using TorchRef.Normalization;
using static TorchRef.Tests.Normalization.CentralDifferences;
using static TorchSharp.torch;

namespace TorchRef.Tests.Normalization;

public class BatchNormLSTMTests
{
    [Fact]
    public void A_step_follows_the_formula()
    {
        using var cell = new BatchNormLSTMCell(3, 2, max_length: 4, dtype: float64);
        var (x, h, c) = (Normal(1, 5, 3), Normal(2, 5, 2), Normal(3, 5, 2));
        var gates = Normalized(x.mm(cell.WeightIh.t())) + Normalized(h.mm(cell.WeightHh.t())) + cell.Bias!;
        var parts = gates.chunk(4, 1);
        var next = parts[1].sigmoid() * c + parts[0].sigmoid() * parts[2].tanh();
        var output = cell.call(x, (h, c), 2);
        Near(next, output.c);
        Near(parts[3].sigmoid() * Normalized(next).tanh(), output.h);

        static Tensor Normalized(Tensor values)
        {
            var centred = values - values.mean([0]);
            return centred / (centred.square().mean([0]) + 1e-5).sqrt() * 0.1;
        }
    }

    [Fact]
    public void The_gradient_is_the_limit_of_differences()
    {
        using var network = new BatchNormLSTM(2, 3, max_length: 2, num_layers: 2, eps: 1e-2, gamma: 1, dtype: float64);
        Agree(input => network.call(input, null).output, Normal(4, 3, 4, 2));
        var start = Normal(5, 2, 4, 3);
        Agree(state => network.call(Normal(4, 3, 4, 2), (state, start)).c_n, Normal(6, 2, 4, 3));
    }

    [Fact]
    public void A_network_is_its_cells_step_by_step()
    {
        using var network = new BatchNormLSTM(2, 3, max_length: 2, dtype: float64);
        network.eval();
        var input = Normal(7, 4, 5, 2);
        (Tensor h, Tensor c)? state = null;
        for (var time = 0; time < 4; time++) state = network.Cells[0].call(input[time], state, time);
        var (output, h, c) = network.call(input, null);
        Near(state!.Value.h, output[3], 0);
        Near(state.Value.h, h[0], 0);
        Near(state.Value.c, c[0], 0);
    }

    [Fact]
    public void Sequences_may_come_batch_first()
    {
        using var network = new BatchNormLSTM(2, 3, 4, batch_first: true, dtype: float64);
        using var other = new BatchNormLSTM(2, 3, 4, dtype: float64);
        other.load_state_dict(network.state_dict());
        var input = Normal(8, 5, 4, 2);
        Near(other.call(input.transpose(0, 1), null).output.transpose(0, 1), network.call(input, null).output, 0);
    }

    [Fact]
    public void A_run_from_where_the_last_one_ended_goes_on()
    {
        using var network = new BatchNormLSTM(2, 3, max_length: 1, num_layers: 2, dtype: float64);
        network.eval();
        var input = Normal(9, 6, 4, 2);
        var (whole, _, _) = network.call(input, null);
        var (_, h, c) = network.call(input.narrow(0, 0, 4), null);
        var (rest, _, _) = network.call(input.narrow(0, 4, 2), (h, c));
        Near(whole.narrow(0, 4, 2), rest);
    }

    [Fact]
    public void Its_state_is_named_after_its_parts()
    {
        using var cell = new BatchNormLSTMCell(2, 3, 4);
        Assert.Equal(["weight_ih", "weight_hh", "bias", "norm_ih.weight", "norm_hh.weight", "norm_c.weight", "norm_c.bias"], cell.state_dict().Keys.Take(7));
        Assert.Equal(9, cell.state_dict().Keys.Count(name => name.StartsWith("norm_", StringComparison.Ordinal) && name.Contains(".running_") || name.EndsWith(".num_batches_tracked", StringComparison.Ordinal)));
        using var network = new BatchNormLSTM(2, 3, 4, num_layers: 2, bias: false);
        Assert.Contains("cells.1.norm_c.bias", network.state_dict().Keys);
        Assert.DoesNotContain("cells.1.bias", network.state_dict().Keys);
    }

    [Fact]
    public void What_doesnt_fit_is_said()
    {
        using var cell = new BatchNormLSTMCell(3, 4, 5);
        using var network = new BatchNormLSTM(3, 4, 5);
        Says("input has inconsistent input_size: got 5 expected 3", () => cell.call(zeros(2, 5), null, 0));
        Says("hidden0 has inconsistent hidden_size: got 5, expected 4", () => cell.call(zeros(2, 3), (zeros(2, 5), zeros(2, 4)), 0));
        Says("Input batch size 2 doesn't match hidden1 batch size 3", () => cell.call(zeros(2, 3), (zeros(2, 4), zeros(3, 4)), 0));
        Says("input must have 3 dimensions, got 2", () => network.call(zeros(2, 3), null));
        Says("input.size(-1) must be equal to input_size. Expected 3, got 5", () => network.call(zeros(2, 2, 5), null));
        Says("Expected sequence length to be larger than 0 in RNN", () => network.call(zeros(0, 2, 3), null));
        Says("Expected hidden[0] size (1, 2, 4), got [1, 2, 5]", () => network.call(zeros(2, 2, 3), (zeros(1, 2, 5), zeros(1, 2, 4))));
        Says("num_layers must be positive: expected at least 1 but got 0", () => new BatchNormLSTM(3, 4, 5, num_layers: 0));
    }

    private static void Says(string text, Func<object> action) => Assert.Equal(text, Assert.Throws<ArgumentException>(action).Message);
}
