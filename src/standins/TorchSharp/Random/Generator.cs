using TorchSharp.Engine;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A source of random numbers on a device.</summary>
    public class Generator : IDisposable
    {
        private IntPtr _handle;

        /// <summary>A generator of its own.</summary>
        /// <param name="seed">Its seed; 0 takes the default seed of libtorch.</param>
        /// <param name="device">The device; null is the CPU.</param>
        public Generator(ulong seed = 0, Device? device = null)
            : this(device ?? CPU, shared: false)
        {
            manual_seed((long)seed);
        }

        private Generator(Device device, bool shared)
        {
            this.device = device;
            _handle = Shim.Check(Shim.torchref_generator((int)device.type, device.index, shared ? 1 : 0));
        }

        ~Generator() => Dispose(false);

        /// <summary>The CPU's generator, which operators use unless they are given another.</summary>
        public static Generator Default => new(CPU, shared: true);

        public Device device { get; }

        public IntPtr Handle => _handle != IntPtr.Zero ? _handle : throw new ObjectDisposedException(nameof(Generator));

        /// <summary>The whole state, as a byte tensor.</summary>
        public Tensor get_state() => new(Shim.Check(Shim.torchref_generator_state(Handle, IntPtr.Zero)));

        public void set_state(Tensor value)
        {
            Shim.Check(Shim.torchref_generator_state(Handle, value.Handle));
            GC.KeepAlive(value);
        }

        public Generator manual_seed(long seed)
        {
            Shim.torchref_generator_seed(Handle, 1, seed);
            return this;
        }

        /// <summary>Takes a new seed from the system and returns it.</summary>
        public long seed() => Shim.torchref_generator_seed(Handle, 2, 0);

        public long initial_seed() => Shim.torchref_generator_seed(Handle, 0, 0);

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            var handle = Interlocked.Exchange(ref _handle, IntPtr.Zero);
            if (handle != IntPtr.Zero) Shim.torchref_generator_release(handle);
        }
    }
}
