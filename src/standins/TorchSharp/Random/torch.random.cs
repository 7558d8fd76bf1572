using TorchSharp.Engine;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Seeds the generators of all devices; returns the CPU's.</summary>
    public static Generator manual_seed(long seed)
    {
        Shim.Check(Shim.torchref_manual_seed(seed));
        return Generator.Default;
    }

    /// <summary>Seeds the CPU's generator from the system and returns the seed.</summary>
    public static long seed() => random.seed();

    public static long initial_seed() => random.initial_seed();

    public static Tensor get_rng_state() => random.get_rng_state();

    public static void set_rng_state(Tensor new_state) => random.set_rng_state(new_state);

    /// <summary>The CPU's generator of random numbers.</summary>
    public static partial class random
    {
        public static Generator manual_seed(long seed) => torch.manual_seed(seed);

        public static long seed()
        {
            using var generator = Generator.Default;
            return generator.seed();
        }

        public static long initial_seed()
        {
            using var generator = Generator.Default;
            return generator.initial_seed();
        }

        public static Tensor get_rng_state()
        {
            using var generator = Generator.Default;
            return generator.get_state();
        }

        public static void set_rng_state(Tensor new_state)
        {
            using var generator = Generator.Default;
            generator.set_state(new_state);
        }
    }
}
