namespace TorchRef.Checks.Gradients;

/// <summary>
/// Differentiates along a direction: three steps, and where they don't settle smaller ones (the function bends too sharply,
/// or a kink is near) or larger ones (round-off hides the slope), until each output's bar is small or nothing helps.
/// </summary>
internal sealed class Ladder
{
    /// <summary>Steps begin at this share of the input's own scale: three of them leave an error of 1e-11 or so of a smooth function, and as much round-off.</summary>
    private const double First = 1.0 / 256;

    private const int Start = 3;

    private const double Finest = 1.0 / (1L << 60);
    private const double Coarsest = 1 << 20;

    /// <summary>A bar of this part of a derivative, relative to the largest of its column, is small enough.</summary>
    private const double Enough = 0.25;

    private readonly CheckedFunction _function;
    private readonly double[] _point;
    private readonly double[] _centre;
    private readonly double[] _noise;
    private readonly double _floor;
    private readonly Direction _direction;
    private readonly List<Level> _levels = [];
    private readonly Slopes _slopes;
    private readonly double[] _scratch;
    private readonly double[] _target;

    private Ladder(CheckedFunction function, double[] point, double[] centre, double[] noise, double floor, Direction direction)
    {
        (_function, _point, _centre, _noise, _floor, _direction) = (function, point, centre, noise, floor, direction);
        _slopes = new Slopes(centre.Length);
        _scratch = (double[])point.Clone();
        _target = new double[centre.Length];
    }

    /// <param name="function">What is differentiated.</param>
    /// <param name="point">Where.</param>
    /// <param name="centre">Its values there.</param>
    /// <param name="noise">Their round-off.</param>
    /// <param name="floor">The relative error that is as good as none.</param>
    /// <param name="direction">Along what.</param>
    public static Slopes Differentiate(CheckedFunction function, double[] point, double[] centre, double[] noise, double floor, Direction direction)
    {
        var ladder = new Ladder(function, point, centre, noise, floor, direction);
        for (var j = 0; j < Start; j++) ladder.Add(First / (1 << j));
        ladder.Estimate();
        ladder.FindKinksHere();
        ladder.Climb();
        ladder.FindKinksNear();
        ladder.MeasureVariation();
        return ladder._slopes;
    }

    private bool Concerns(int output) => _direction.Owner is null || _direction.Owner[output] >= 0;

    private Level Add(double r)
    {
        var plus = Move(r);
        var minus = Move(-r);
        var level = new Level(r, plus, minus, _centre, _noise, Shrink(r));
        var at = _levels.FindIndex(other => other.R < r);
        _levels.Insert(at < 0 ? _levels.Count : at, level);
        return level;
    }

    private double[] Move(double r)
    {
        for (var c = 0; c < _direction.Columns.Length; c++)
        {
            var k = _direction.Columns[c];
            _scratch[k] = _point[k] + r * _direction.Steps[c];
        }
        return _function.EvaluateOrNaN(_scratch);
    }

    /// <summary>How much of a step was left when the moved inputs were rounded, by output.</summary>
    private double[]? Shrink(double r)
    {
        if (_direction.Owner is not { } owner) return null;
        var byColumn = new double[_direction.Columns.Length];
        for (var c = 0; c < byColumn.Length; c++)
        {
            var (x, step) = (_point[_direction.Columns[c]], r * _direction.Steps[c]);
            byColumn[c] = (x + step - (x - step)) / (2 * step);
        }
        return Array.ConvertAll(owner, c => c < 0 ? 1 : byColumn[c]);
    }

    private void Estimate()
    {
        for (var o = 0; o < _centre.Length; o++)
        {
            if (!Concerns(o)) (_slopes.Settled[o], _slopes.Value[o], _slopes.Bar[o]) = (true, 0, 0);
            else (_slopes.Value[o], _slopes.Bar[o], _) = Extrapolation.Best(_levels, o);
        }
        SetTargets();
        for (var o = 0; o < _centre.Length; o++)
            if (Concerns(o))
                _slopes.Settled[o] = _slopes.Bar[o] <= _target[o];
    }

    /// <summary>
    /// What bar an output needs: a part of the floor of its column's largest derivative, so that an entry that is small
    /// beside the others isn't pursued; nor is one that is 0 beside the output itself.
    /// </summary>
    private void SetTargets()
    {
        var outputs = _function.Outputs;
        var slots = outputs.Slots.Count;
        var largest = new (double slope, double value)[(_direction.Owner is null ? 1 : _direction.Columns.Length) * slots];
        for (var o = 0; o < _centre.Length; o++)
        {
            if (!Concerns(o)) continue;
            ref var most = ref largest[(_direction.Owner?[o] ?? 0) * slots + outputs.SlotOf(o)];
            if (double.IsFinite(_slopes.Bar[o])) most.slope = Math.Max(most.slope, Math.Abs(_slopes.Value[o]));
            most.value = Math.Max(most.value, Math.Abs(_centre[o]));
        }
        for (var o = 0; o < _centre.Length; o++)
        {
            if (!Concerns(o)) continue;
            var (slope, value) = largest[(_direction.Owner?[o] ?? 0) * slots + outputs.SlotOf(o)];
            _target[o] = Math.Max(Enough * _floor * slope, 1e-13 * value);
        }
    }

    /// <summary>
    /// A kink exactly here escapes central differences, which settle on the mean of both slopes; the gap between the
    /// one-sided slopes gives it away: it stays where a smooth function's shrinks with the step.
    /// </summary>
    private void FindKinksHere()
    {
        var (top, bottom) = (_levels[0], _levels[^1]);
        Level? deep = null;
        for (var o = 0; o < _centre.Length; o++)
        {
            if (!Concerns(o) || !(bottom.Gap[o] > 0.5 * top.Gap[o])) continue;
            var slope = Math.Max(Math.Abs(bottom.Left[o]), Math.Abs(bottom.Right[o]));
            if (bottom.Gap[o] <= 4 * bottom.Noise[o] || bottom.Gap[o] <= _floor * slope) continue;
            deep ??= Add(bottom.R / 256);
            // One that lies off to the side by more than can be told is left to smaller steps, which stay clear of it.
            if (deep.Gap[o] > 0.7 * bottom.Gap[o] && deep.Gap[o] > 4 * deep.Noise[o] && At(o, bottom, deep) is { Distance: 0 } kink) Mark(o, kink);
        }
        if (deep is not null) Estimate();
    }

    private void Climb()
    {
        var (up, down) = (First, First / (1 << (Start - 1)));
        var upUseful = true;
        while (true)
        {
            bool wantsDown = false, wantsUp = false;
            for (var o = 0; o < _centre.Length; o++)
            {
                if (_slopes.Settled[o] || _slopes.Kinks.ContainsKey(o)) continue;
                var (_, bar, noise) = Extrapolation.Best(_levels, o);
                var next = _levels[^1].Noise[o] * 4;
                if (!(noise > 0.5 * bar) && (next < bar || !double.IsFinite(bar))) wantsDown = true;
                else if (noise > 0.1 * bar) wantsUp = true;
            }
            if (wantsDown && down > Finest)
            {
                down /= 4;
                Add(down);
            }
            else if (wantsUp && upUseful && up < Coarsest)
            {
                var before = Unsettled();
                up *= 4;
                Add(up);
                Estimate();
                upUseful = Unsettled() < before;
                continue;
            }
            else
            {
                break;
            }
            Estimate();
        }
    }

    private double Unsettled()
    {
        var sum = 0.0;
        for (var o = 0; o < _centre.Length; o++)
            if (!_slopes.Settled[o])
                sum += double.IsFinite(_slopes.Bar[o]) ? _slopes.Bar[o] / Math.Max(_target[o], double.Epsilon) : 1e300;
        return sum;
    }

    /// <summary>
    /// What never settled, with a gap that doesn't shrink down to the smallest step that could still show it, has a kink
    /// closer than the steps can come.
    /// </summary>
    private void FindKinksNear()
    {
        for (var o = 0; o < _centre.Length; o++)
        {
            if (!Concerns(o) || _slopes.Settled[o] || _slopes.Kinks.ContainsKey(o)) continue;
            for (var j = _levels.Count - 1; j > 0; j--)
            {
                var (coarse, fine) = (_levels[j - 1], _levels[j]);
                if (!double.IsFinite(fine.Gap[o]) || fine.Gap[o] <= 8 * fine.Noise[o]) continue;
                var slope = Math.Max(Math.Abs(fine.Left[o]), Math.Abs(fine.Right[o]));
                var seenCloser = _levels.Skip(j + 1).Any(closer => closer.Noise[o] * 8 < fine.Gap[o]);
                if (!seenCloser && fine.Gap[o] > 0.7 * coarse.Gap[o] && fine.Gap[o] > 1e-6 * slope) Mark(o, At(o, coarse, fine));
                break;
            }
        }
    }

    private void MeasureVariation()
    {
        for (var o = 0; o < _centre.Length; o++)
            foreach (var level in _levels)
            {
                if (!double.IsFinite(level.Gap[o])) continue;
                _slopes.Variation[o] = Math.Max(Math.Abs(level.Left[o]), Math.Abs(level.Right[o]));
                break;
            }
    }

    private void Mark(int output, Kink kink)
    {
        _slopes.Kinks[output] = kink;
        _slopes.Value[output] = (kink.Left + kink.Right) / 2;
        _slopes.Bar[output] = Math.Abs(kink.Right - kink.Left) / 2 + kink.Bar;
    }

    /// <summary>Both slopes at a kink, and how far it lies off, from steps that reach past it.</summary>
    private static Kink At(int output, Level coarse, Level fine)
    {
        var (left, right) = (fine.Left[output], fine.Right[output]);
        // The slope past the kink, from the stretch between the ends of both steps.
        var beyondRight = (coarse.Right[output] * coarse.R - right * fine.R) / (coarse.R - fine.R);
        var beyondLeft = (coarse.Left[output] * coarse.R - left * fine.R) / (coarse.R - fine.R);
        // Where it lies off to one side, the slope on the other side holds from here up to it.
        var (offRight, offLeft) = ((beyondRight - right) / (beyondRight - left) * fine.R, (beyondLeft - left) / (beyondLeft - right) * fine.R);
        var distance = Math.Abs(beyondRight - right) > Math.Abs(beyondLeft - left) ? offRight : offLeft;
        var resolved = double.IsFinite(distance) && distance < fine.R && distance > Math.Max(1e-4, 4 * fine.Noise[output] / Math.Max(Math.Abs(right - left), double.Epsilon)) * fine.R;
        var (bendRight, bendLeft) = (Math.Abs(beyondRight - right), Math.Abs(beyondLeft - left));
        // What the slopes themselves change by over the step, on the sides that the kink isn't on.
        var bend = resolved ? Math.Min(bendRight, bendLeft) : Math.Max(bendRight, bendLeft);
        return new Kink(left, right, Math.Max(2 * fine.Noise[output], bend), resolved ? distance : 0);
    }
}
