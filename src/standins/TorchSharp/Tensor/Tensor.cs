using System.ComponentModel;
using TorchSharp.Engine;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A tensor of libtorch. This file: the handle and how long it lives.</summary>
    [TypeFormatterSource(typeof(TensorFormatterSource))]
    public partial class Tensor : IDisposable
    {
        /// <summary>Storage from this size on is told to the garbage collector, which can't see native memory.</summary>
        private const long WorthTelling = 64 * 1024;

        private static long s_alive, s_peak;
        private IntPtr _handle;
        private long _told;

        internal Tensor(IntPtr handle)
            : this(handle, 0)
        {
        }

        /// <summary>Takes over a reference. <paramref name="bytes"/> is the storage that only this tensor holds.</summary>
        internal Tensor(IntPtr handle, long bytes)
        {
            _handle = handle;
            if (handle == IntPtr.Zero)
            {
                GC.SuppressFinalize(this);
                return;
            }
            if (bytes >= WorthTelling) MemoryPressure.Add(_told = bytes);
            var alive = Interlocked.Increment(ref s_alive);
            if (alive > Volatile.Read(ref s_peak)) Volatile.Write(ref s_peak, alive);
            DisposeScopeManager.Current.Register(this);
        }

        ~Tensor() => Dispose(false);

        /// <summary>The scope that disposes this tensor; <see cref="Belongings"/> alone sets it while the tensor is alive.</summary>
        internal DisposeScope? OwningDisposeScope { get; set; }

        internal int PlaceInScope { get; set; }

        /// <summary>The native tensor.</summary>
        /// <exception cref="InvalidOperationException">The tensor was disposed.</exception>
        public IntPtr Handle => _handle != IntPtr.Zero ? _handle
            : throw new InvalidOperationException("a tensor must be alive to be used: expected a valid handle but got a disposed or undefined tensor");

        /// <summary>True of a disposed tensor and of an undefined one.</summary>
        public bool IsInvalid => _handle == IntPtr.Zero;

        /// <summary>Tensors alive now.</summary>
        public static long TotalCount => Interlocked.Read(ref s_alive);

        /// <summary>The most tensors that were alive at a time.</summary>
        public static long PeakCount => Interlocked.Read(ref s_peak);

        public void Dispose()
        {
            if (IsInvalid) return;
            DisposeScopeManager.Current.TensorCounts.CountDisposal(OwningDisposeScope is not null);
            OwningDisposeScope?.Forget(this);
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            var handle = Interlocked.Exchange(ref _handle, IntPtr.Zero);
            if (handle == IntPtr.Zero) return;
            Shim.torchref_release(handle);
            Released();
        }

        /// <summary>Gives the handle, with its reference, to the caller; the tensor becomes invalid.</summary>
        [EditorBrowsable(EditorBrowsableState.Never)]
        public IntPtr DecoupleFromNativeHandle()
        {
            GC.SuppressFinalize(this);
            OwningDisposeScope?.Forget(this);
            var handle = Interlocked.Exchange(ref _handle, IntPtr.Zero);
            if (handle != IntPtr.Zero) Released();
            return handle;
        }

        private void Released()
        {
            OwningDisposeScope = null;
            Interlocked.Decrement(ref s_alive);
            if (_told > 0) MemoryPressure.Remove(_told);
            _told = 0;
        }

        /// <summary>A tensor over a handle that the caller was given together with its reference.</summary>
        [EditorBrowsable(EditorBrowsableState.Never)]
        public static Tensor UnsafeCreateTensor(IntPtr handle) => new(handle);

        /// <summary>Another object for the same native tensor.</summary>
        public Tensor alias() => new(Shim.torchref_retain(Handle));

        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (other is null) return DetachFromDisposeScope();
            if (OwningDisposeScope is null) other.Attach(this);
            else OwningDisposeScope.MoveToOther(other, this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.OwningDisposeScope);

        /// <summary>Takes the tensor out of every scope: from now on its owner disposes it.</summary>
        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        [Obsolete("Use DetachFromDisposeScope.")]
        public Tensor DetatchFromDisposeScope() => DetachFromDisposeScope();

        /// <summary>Whether shapes and all elements are the same.</summary>
        public bool Equals(Tensor? target) => target is not null && !target.IsInvalid && Op.RunScalar("equal", this, target).Integer != 0;

        public override bool Equals(object? obj) => obj is Tensor tensor && Equals(tensor);

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
    }
}
