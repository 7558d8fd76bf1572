using static TorchSharp.Engine.Op;

namespace TorchSharp;

public static partial class torch
{
    // Several tensors into one.
    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => Run("cat", tensors.ToArray(), dim);

    public static Tensor cat(ReadOnlySpan<Tensor> tensors, long dim = 0) => Run("cat", tensors.ToArray(), dim);

    public static Tensor cat(Tensor[] tensors, long dim = 0) => Run("cat", tensors, dim);

    public static Tensor concat(IList<Tensor> tensors, long dim = 0) => Run("cat", tensors.ToArray(), dim);

    public static Tensor concat(ReadOnlySpan<Tensor> tensors, long dim = 0) => Run("cat", tensors.ToArray(), dim);

    public static Tensor concat(Tensor[] tensors, long dim = 0) => Run("cat", tensors, dim);

    public static Tensor concatenate(IList<Tensor> tensors, long axis = 0) => Run("cat", tensors.ToArray(), axis);

    public static Tensor concatenate(ReadOnlySpan<Tensor> tensors, long axis = 0) => Run("cat", tensors.ToArray(), axis);

    public static Tensor concatenate(Tensor[] tensors, long axis = 0) => Run("cat", tensors, axis);

    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) => Run("stack", tensors.ToArray(), dim);

    public static Tensor hstack(IEnumerable<Tensor> tensors) => Run("hstack", tensors.ToArray());

    public static Tensor hstack(IList<Tensor> tensors) => Run("hstack", tensors.ToArray());

    public static Tensor hstack(ReadOnlySpan<Tensor> tensors) => Run("hstack", tensors.ToArray());

    public static Tensor hstack(params Tensor[] tensors) => Run("hstack", tensors);

    public static Tensor vstack(IList<Tensor> tensors) => Run("vstack", tensors.ToArray());

    public static Tensor vstack(ReadOnlySpan<Tensor> tensors) => Run("vstack", tensors.ToArray());

    public static Tensor vstack(Tensor[] tensors) => Run("vstack", tensors);

    public static Tensor dstack(IEnumerable<Tensor> tensors) => Run("dstack", tensors.ToArray());

    public static Tensor dstack(IList<Tensor> tensors) => Run("dstack", tensors.ToArray());

    public static Tensor dstack(ReadOnlySpan<Tensor> tensors) => Run("dstack", tensors.ToArray());

    public static Tensor dstack(params Tensor[] tensors) => Run("dstack", tensors);

    public static Tensor column_stack(IList<Tensor> tensors) => Run("column_stack", tensors.ToArray());

    public static Tensor column_stack(ReadOnlySpan<Tensor> tensors) => Run("column_stack", tensors.ToArray());

    public static Tensor column_stack(params Tensor[] tensors) => Run("column_stack", tensors);

    public static Tensor row_stack(IList<Tensor> tensors) => Run("vstack", tensors.ToArray());

    public static Tensor row_stack(ReadOnlySpan<Tensor> tensors) => Run("vstack", tensors.ToArray());

    public static Tensor row_stack(params Tensor[] tensors) => Run("vstack", tensors);

    public static Tensor block_diag(params Tensor[] tensors) => Run("block_diag", tensors);

    public static Tensor cartesian_prod(IList<Tensor> tensors) => Run("cartesian_prod", tensors.ToArray());

    public static Tensor cartesian_prod(ReadOnlySpan<Tensor> tensors) => Run("cartesian_prod", tensors.ToArray());

    public static Tensor cartesian_prod(params Tensor[] tensors) => Run("cartesian_prod", tensors);

    public static Tensor combinations(Tensor input, int r = 2, bool with_replacement = false) => Run("combinations", input, r, with_replacement);

    public static Tensor[] meshgrid(IEnumerable<Tensor> tensors, string indexing = "ij") => RunList("meshgrid.indexing", tensors.ToArray(), indexing);

    public static IList<Tensor> broadcast_tensors(params Tensor[] tensors) => RunList("broadcast_tensors", tensors);

    public static Size broadcast_shapes(params long[][] shapes) => new(shapes.Aggregate(Array.Empty<long>(), Broadcast));

    public static IEnumerable<Tensor> atleast_1d(params Tensor[] input) => RunList("atleast_1d.Sequence", input);

    public static IEnumerable<Tensor> atleast_2d(params Tensor[] input) => RunList("atleast_2d.Sequence", input);

    public static IEnumerable<Tensor> atleast_3d(params Tensor[] input) => RunList("atleast_3d.Sequence", input);

    private static long[] Broadcast(long[] left, long[] right)
    {
        if (left.Length < right.Length) (left, right) = (right, left);
        var result = (long[])left.Clone();
        for (var d = 1; d <= right.Length; d++)
        {
            ref var size = ref result[^d];
            if (size == 1) size = right[^d];
            else if (right[^d] != 1 && right[^d] != size)
                throw new ArgumentException($"shapes must broadcast: expected lengths {size} or 1 in dimension -{d} but got {right[^d]}");
        }
        return result;
    }
}
