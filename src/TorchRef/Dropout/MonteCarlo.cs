using static TorchSharp.torch;

namespace TorchRef.Dropout;

/// <summary>Monte-Carlo dropout: predictions with their uncertainty, from a network that goes on dropping.</summary>
/// <remarks>
/// <para>
/// The network predicts T times with dropouts in training mode and everything else in evaluation. The mean of the outputs
/// is the prediction, their standard deviation says how sure it is. With dropout the weights of a network follow an
/// approximate posterior distribution; each pass is a sample of it.
/// </para>
/// <para>
/// The counterpart is evaluation mode: one pass with every element at its expected scale ("weight scaling"). For a network
/// that is linear behind its dropouts both are the same in the limit; otherwise the mean of the passes is that of the
/// ensemble which dropout trains, and weight scaling an approximation of it.
/// </para>
/// <para>
/// Dropouts inside of TorchSharp's recurrent, attention and transformer modules aren't modules of their own: they stay in
/// evaluation unless <c>isDropout</c> names their owner.
/// </para>
/// <para>Source: Gal and Ghahramani, "Dropout as a Bayesian Approximation", 2016, section 4; the running variance is Welford's, 1962.</para>
/// </remarks>
public static class MonteCarlo
{
    /// <summary>The mean and standard deviation of several passes with dropout.</summary>
    /// <remarks>
    /// No pass is kept but the last, and nothing is recorded for backward. Sums run in float64. When the method ends, be it
    /// by an exception, every module is in the mode that it was in, and with a seed the CPU's random stream is where it was.
    /// </remarks>
    /// <param name="model">A network that contains a dropout, or is one.</param>
    /// <param name="input">What the network takes.</param>
    /// <param name="samples">T, the number of passes: at least 2, or 1 if not <paramref name="unbiased"/>.</param>
    /// <param name="seed">Seed of all masks; null goes on with the random stream.</param>
    /// <param name="unbiased">Whether the variance is divided by T − 1, as <c>torch.std</c> does it, rather than by T.</param>
    /// <param name="isDropout">Which modules are to be in training mode; null for those of <see cref="IsDropout"/>.</param>
    /// <param name="stop">Ends the work between two passes.</param>
    /// <returns>Mean and standard deviation, of the shape and element type of the network's output.</returns>
    /// <exception cref="ArgumentException">There are too few samples, or no dropout in the network.</exception>
    /// <exception cref="OperationCanceledException">The user asked to stop.</exception>
    public static (Tensor Mean, Tensor StandardDeviation) Predict(nn.Module<Tensor, Tensor> model, Tensor input, int samples, long? seed = null, bool unbiased = true, Func<nn.Module, bool>? isDropout = null, CancellationToken stop = default)
    {
        var fewest = unbiased ? 2 : 1;
        if (samples < fewest) throw new ArgumentException($"a deviation needs several samples: expected at least {fewest} but got {samples}");
        using var scope = NewDisposeScope();
        using var noGraph = no_grad();
        using var modes = new ModuleModes(model);
        if (!modes.TrainOnly(isDropout ?? IsDropout)) throw new ArgumentException("the network must drop something: expected at least one dropout module but got none");
        var stream = seed is null ? null : random.get_rng_state();
        try
        {
            if (seed is { } chosen) manual_seed(chosen);
            var (mean, deviation) = Sample(model, input, samples, unbiased, stop); // the output's shape
            return (mean.MoveToOuterDisposeScope(), deviation.MoveToOuterDisposeScope());
        }
        finally
        {
            if (stream is not null) random.set_rng_state(stream);
        }
    }

    /// <summary>Whether a module is a dropout, of TorchRef or of torch.nn.</summary>
    public static bool IsDropout(nn.Module module) => module
        is DropoutModule or ClassicDropout
        or TorchSharp.Modules.Dropout or TorchSharp.Modules.Dropout1d or TorchSharp.Modules.Dropout2d or TorchSharp.Modules.Dropout3d or TorchSharp.Modules.AlphaDropout or TorchSharp.Modules.FeatureAlphaDropout;

    /// <summary>Passes one by one: mean ← mean + δ/k and squares ← squares + δ·(y − mean), where δ = y − the old mean.</summary>
    private static (Tensor mean, Tensor deviation) Sample(nn.Module<Tensor, Tensor> model, Tensor input, int samples, bool unbiased, CancellationToken stop)
    {
        Tensor? mean = null, squares = null;                            // the output's shape
        var type = input.dtype;
        for (var k = 1; k <= samples; k++)
        {
            stop.ThrowIfCancellationRequested();
            using var pass = NewDisposeScope();
            var output = model.call(input);                             // the output's shape
            var value = output.to_type(float64);                        // the same
            type = output.dtype;
            mean ??= zeros_like(value).MoveToOuterDisposeScope();
            squares ??= zeros_like(value).MoveToOuterDisposeScope();
            var difference = value - mean;                              // the same
            mean.add_(difference, 1.0 / k);
            squares.add_(difference * (value - mean));
        }
        var deviation = (squares! / (unbiased ? samples - 1 : samples)).sqrt(); // the output's shape
        return (mean!.to_type(type), deviation.to_type(type));
    }
}
