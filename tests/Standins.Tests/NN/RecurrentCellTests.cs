using TorchSharp;
using static TorchSharp.torch;

namespace Standins.Tests.NN;

/// <summary>The numbers are Python's, with all parameters one half.</summary>
public class RecurrentCellTests
{
    private static T Halved<T>(T cell) where T : nn.Module
    {
        foreach (var parameter in cell.parameters()) nn.init.constant_(parameter, 0.5);
        return cell;
    }

    [Fact]
    public void Cells_take_a_step_from_no_state()
    {
        using var input = torch.ones(1, 2);
        Near.Assert(Halved(nn.RNNCell(2, 1)).call(input, null!), [0.9640]);
        Near.Assert(Halved(nn.RNNCell(2, 1, nn.NonLinearities.ReLU)).call(input, null!), [2]);
        var (state, memory) = Halved(nn.LSTMCell(2, 1)).call(input, (torch.zeros(1, 1), torch.zeros(1, 1)));
        Near.Assert(state, [0.6083]);
        Near.Assert(memory, [0.8491]);
    }

    [Fact]
    public void Cells_take_a_step_from_a_state()
    {
        Near.Assert(Halved(nn.GRUCell(2, 1)).call(torch.ones(1, 2), torch.ones(1, 1)), [0.9988]);
        using var cell = nn.LSTMCell(3, 2);
        var (state, _) = cell.call(torch.randn(4, 3), (torch.zeros(4, 2), torch.zeros(4, 2)));
        Assert.Equal([4L, 2], state.shape);
        Assert.Equal(["weight_ih", "weight_hh", "bias_ih", "bias_hh"], nn.GRUCell(2, 2).state_dict().Keys);
    }
}
