namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>What becomes of the losses of the elements.</summary>
        public enum Reduction
        {
            None = 0,
            Mean = 1,
            Sum = 2,
        }

        /// <summary>What a plain recurrent network bends its states with.</summary>
        public enum NonLinearities
        {
            ReLU = 0,
            Tanh = 1,
        }
    }
}
