using static TorchSharp.Engine.Op;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>
        /// What a list of indices comes to: first a view, by numbers, slices and new dimensions, then positions in that
        /// view's dimensions, where tensors or truth values were among the indices.
        /// </summary>
        private sealed class Indices : IDisposable
        {
            private readonly List<Tensor> _temporaries = [];
            private readonly List<Tensor?> _positions = [];
            private readonly Tensor _tensor;
            private int _dimension;

            public Indices(Tensor tensor, ReadOnlySpan<TensorIndex> indices)
            {
                View = _tensor = tensor;
                foreach (var index in indices)
                {
                    switch (index.What)
                    {
                        case TensorIndex.Kind.Single:
                            Take(Run("select.int", View, _dimension, index.Start ?? throw new ArgumentException("an index must be a number: expected one but got null")));
                            break;
                        case TensorIndex.Kind.Slice:
                            if (index is not { Start: null or 0, Stop: null, Step: null or 1 })
                                Take(Run("slice.Tensor", View, _dimension, index.Start, index.Stop, index.Step ?? 1));
                            _dimension++;
                            break;
                        case TensorIndex.Kind.Ellipsis:
                            _dimension += (int)tensor.Dimensions - Named(indices);
                            break;
                        case TensorIndex.Kind.None:
                            Take(Run("unsqueeze", View, _dimension++));
                            break;
                        case TensorIndex.Kind.Bool:
                            Mark(index.Start == 1);
                            break;
                        default:
                            Take(index.Positions!, IsMask(index.Positions!));
                            break;
                    }
                }
            }

            public Tensor View { get; private set; }

            /// <summary>Null where the view is already what the indices mean.</summary>
            public IReadOnlyList<Tensor?>? Positions => _positions.Count > 0 ? _positions : null;

            /// <summary>The view as a result: it outlives the indices, and is an object of its own.</summary>
            public Tensor Detached() => _temporaries.Remove(View) ? View : _tensor.alias();

            public void Dispose()
            {
                foreach (var temporary in _temporaries) temporary.Dispose();
            }

            private static int Named(ReadOnlySpan<TensorIndex> indices)
            {
                var named = 0;
                foreach (var index in indices)
                    named += index.What switch
                    {
                        TensorIndex.Kind.Single or TensorIndex.Kind.Slice => 1,
                        TensorIndex.Kind.Tensor when IsMask(index.Positions!) => (int)index.Positions!.Dimensions,
                        TensorIndex.Kind.Tensor => 1,
                        _ => 0,
                    };
                return named;
            }

            private static bool IsMask(Tensor positions) => positions.dtype is ScalarType.Bool or ScalarType.Byte;

            private void Take(Tensor positions, bool mask)
            {
                if (positions.Dimensions == 0 && mask) Mark(positions.ToScalar().ToBoolean());
                else if (positions.Dimensions == 0) Take(Run("select.int", View, _dimension, positions.ToScalar().AsLong));
                else At(positions);
            }

            private void Mark(bool value)
            {
                Take(Run("unsqueeze", View, _dimension));
                At(Keep(Run("full", (long[])[1], value, ScalarType.Bool, Engine.Arg.None, _tensor.device)));
            }

            private void Take(Tensor view) => View = Keep(view);

            private Tensor Keep(Tensor tensor)
            {
                _temporaries.Add(tensor);
                return tensor;
            }

            private void At(Tensor positions)
            {
                while (_positions.Count < _dimension) _positions.Add(null);
                _positions.Add(positions);
                _dimension++;
            }
        }
    }
}
