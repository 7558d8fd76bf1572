using System.Collections;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The elements: a <see cref="Scalar"/>, or an <see cref="ArrayList"/> of such or of further lists, one level a dimension.</summary>
        public object tolist()
        {
            if (Dimensions == 0) return ToScalar();
            using var local = cpu();
            var list = new ArrayList();
            foreach (var part in local.unbind())
            {
                using (part) list.Add(part.tolist());
            }
            return list;
        }
    }
}
