using System.Runtime.InteropServices;

namespace TorchSharp.Engine;

/// <summary>What libtorch knows of a tensor, in one call; the same layout as <c>Meta</c> in the shim.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Meta
{
    public long Dimensions, Elements, Offset;
    public long* Sizes;
    public long* Strides;
    public IntPtr Data;
    public int Dtype, ElementSize, DeviceType, DeviceIndex, Layout;
    public Flag Flags;
}

[Flags]
internal enum Flag
{
    RequiresGrad = 1, Leaf = 2, Contiguous = 4, Conjugate = 8, Negative = 16, Inference = 32,
}

/// <summary>The functions of native/shim.cpp. <see cref="Library"/> decides which file they come from.</summary>
/// <remarks>Those that only read or set a few words don't tell the garbage collector that the thread leaves managed code.</remarks>
internal static unsafe partial class Shim
{
    public const string Name = "torchref_shim";

    static Shim() => Library.Register();

    [LibraryImport(Name)] private static partial byte* torchref_error();
    [LibraryImport(Name)] private static partial byte* torchref_built_with();
    [LibraryImport(Name)] private static partial long torchref_config(int what, byte* buffer, long size);

    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)] public static partial IntPtr torchref_operator(string name, string overload);
    [LibraryImport(Name)] public static partial long torchref_call(IntPtr op, Value* arguments, long count, Value* results, long capacity);
    [LibraryImport(Name)] public static partial void torchref_free_list(IntPtr items);

    [LibraryImport(Name)] public static partial void torchref_release(IntPtr tensor);
    [LibraryImport(Name)] public static partial IntPtr torchref_retain(IntPtr tensor);
    [LibraryImport(Name), SuppressGCTransition] public static partial long torchref_meta(IntPtr tensor, Meta* meta);
    [LibraryImport(Name)] public static partial IntPtr torchref_from_memory(void* data, long* sizes, long dimensions, int dtype, delegate* unmanaged<IntPtr, void> deleter, IntPtr context);
    [LibraryImport(Name)] public static partial long torchref_requires_grad(IntPtr tensor, int value);
    [LibraryImport(Name)] public static partial long torchref_grad(IntPtr tensor, IntPtr* gradient);
    [LibraryImport(Name)] public static partial long torchref_set_grad(IntPtr tensor, IntPtr gradient);

    [LibraryImport(Name)] public static partial long torchref_backward(IntPtr* tensors, long count, IntPtr* gradients, long gradientCount, int retain, int create, IntPtr* inputs, long inputCount);
    [LibraryImport(Name)] public static partial long torchref_gradients(IntPtr* outputs, long count, IntPtr* inputs, long inputCount, IntPtr* gradients, long gradientCount, int retain, int create, int allowUnused, IntPtr* results);
    [LibraryImport(Name), SuppressGCTransition] public static partial int torchref_mode(int which);
    [LibraryImport(Name), SuppressGCTransition] public static partial void torchref_set_grad_mode(int enabled);
    [LibraryImport(Name)] public static partial IntPtr torchref_inference_begin(int enabled);
    [LibraryImport(Name)] public static partial void torchref_inference_end(IntPtr guard);

    [LibraryImport(Name)] public static partial void torchref_set_callbacks(delegate* unmanaged<IntPtr, IntPtr, IntPtr*, long, IntPtr*, long, long> forward, delegate* unmanaged<IntPtr, IntPtr, IntPtr*, long, IntPtr*, long, long> backward, delegate* unmanaged<IntPtr, void> deleter);
    [LibraryImport(Name, StringMarshalling = StringMarshalling.Utf8)] public static partial void torchref_set_error(string message);
    [LibraryImport(Name)] public static partial long torchref_apply(IntPtr state, IntPtr* inputs, long count, IntPtr* outputs, long capacity);
    [LibraryImport(Name)] public static partial void torchref_context_save(IntPtr context, IntPtr* tensors, long count);
    [LibraryImport(Name)] public static partial long torchref_context_saved(IntPtr context, IntPtr* tensors, long capacity);
    [LibraryImport(Name)] public static partial void torchref_context_mark(IntPtr context, int dirty, IntPtr* tensors, long count);
    [LibraryImport(Name)] public static partial void torchref_context_materialize(IntPtr context, int value);

    [LibraryImport(Name)] public static partial IntPtr torchref_generator(int deviceType, long deviceIndex, int shared);
    [LibraryImport(Name)] public static partial void torchref_generator_release(IntPtr generator);
    [LibraryImport(Name)] public static partial long torchref_generator_seed(IntPtr generator, int set, long seed);
    [LibraryImport(Name)] public static partial IntPtr torchref_generator_state(IntPtr generator, IntPtr state);
    [LibraryImport(Name)] public static partial long torchref_manual_seed(long seed);
    [LibraryImport(Name)] public static partial long torchref_threads(int which, long set);
    [LibraryImport(Name)] public static partial long torchref_cuda(int what, long value);
    [LibraryImport(Name)] public static partial long torchref_switch(int which, int set);

    public static string BuiltWith => Marshal.PtrToStringUTF8((IntPtr)torchref_built_with())!;

    /// <summary>The last error of this thread, as the exception that TorchSharp throws for errors of libtorch.</summary>
    public static ExternalException Error() => new(Marshal.PtrToStringUTF8((IntPtr)torchref_error()));

    public static long Check(long result) => result < 0 ? throw Error() : result;

    public static IntPtr Check(IntPtr result) => result == IntPtr.Zero ? throw Error() : result;

    public static string Config(int what)
    {
        var size = Check(torchref_config(what, null, 0));
        var bytes = new byte[size];
        fixed (byte* buffer = bytes) torchref_config(what, buffer, size);
        return System.Text.Encoding.UTF8.GetString(bytes);
    }
}
