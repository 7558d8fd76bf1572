using System.Reflection;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        // Other element types, other devices: parameters and buffers are replaced by new tensors, in the fields too.
        public partial class Module
        {
            protected DeviceType _deviceType = DeviceType.CPU;
            protected int _deviceIndex = -1;

            protected internal virtual Module _to(Device device, ScalarType dtype, bool non_blocking)
            {
                RequireReal(dtype);
                InitializeDeviceType(device.type);
                _toEpilog(device, dtype, non_blocking);
                return this;
            }

            protected internal virtual Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking)
            {
                InitializeDeviceType(deviceType);
                _toEpilog(deviceType, deviceIndex, non_blocking);
                return this;
            }

            protected internal virtual Module _to(ScalarType dtype, bool non_blocking)
            {
                RequireReal(dtype);
                _toEpilog(dtype, non_blocking);
                return this;
            }

            public Module _to(Tensor other, bool non_blocking) => _to(other.device, other.dtype, non_blocking);

            protected void _toEpilog(ScalarType dtype, bool non_blocking) => _toEpilog(dtype, null, non_blocking);

            protected void _toEpilog(Device device, ScalarType dtype, bool non_blocking) => _toEpilog(dtype, device, non_blocking);

            protected void _toEpilog(DeviceType deviceType, int deviceIndex, bool non_blocking) =>
                _toEpilog(null, new Device(deviceType, deviceType == DeviceType.CUDA ? deviceIndex : -1), non_blocking);

            protected virtual void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
            {
                foreach (var child in children())
                {
                    if (device is null) child._to(dtype!.Value, non_blocking);
                    else if (dtype is null) child._to(device.type, device.index, non_blocking);
                    else child._to(device, dtype.Value, non_blocking);
                }
                foreach (var (name, parameter) in named_parameters(false).ToList())
                {
                    if (!ReplaceParameter(dtype, device, parameter, out var moved)) continue;
                    SetMember(name, moved!);
                    ConditionallyRegisterParameter(name, moved);
                    parameter.Dispose();
                }
                foreach (var (name, buffer) in named_buffers(false).ToList())
                {
                    var persistent = _internal_buffers[name].Item2;
                    if (!ReplaceBuffer(dtype, device, buffer, out var moved)) continue;
                    SetMember(name, moved!);
                    ConditionallyRegisterBuffer(name, moved, persistent);
                }
                if (device is not null) (_deviceType, _deviceIndex) = (device.type, device.index);
            }

            /// <summary>A parameter's counterpart of another type or on another device, with its gradient; false where it needs none.</summary>
            protected static bool ReplaceParameter(ScalarType? dtype, Device? device, Parameter param, out Parameter? p)
            {
                p = null;
                var (type, place) = Target(dtype, device, param);
                if (IsAt(param, type, place)) return false;
                using var guard = no_grad();
                p = new Parameter(param.to(type, place), param.requires_grad);
                p.DetachFromDisposeScope();
                using var gradient = param.grad;
                if (gradient is null) return true;
                using var moved = gradient.to(type, place);
                p.grad = moved;
                return true;
            }

            /// <summary>Like <see cref="ReplaceParameter"/>; the buffer itself is disposed where it is replaced.</summary>
            protected static bool ReplaceBuffer(ScalarType? dtype, Device? device, Tensor buffer, out Tensor? result)
            {
                result = null;
                var (type, place) = Target(dtype, device, buffer);
                if (IsAt(buffer, type, place)) return false;
                using var guard = no_grad();
                result = buffer.to(type, place, disposeAfter: true).DetachFromDisposeScope();
                return true;
            }

            private static (ScalarType, Device) Target(ScalarType? dtype, Device? device, Tensor tensor) =>
                (dtype is { } type && (tensor.is_floating_point() || tensor.is_complex()) ? type : tensor.dtype, device ?? tensor.device);

            private static bool IsAt(Tensor tensor, ScalarType type, Device place) =>
                tensor.dtype == type && tensor.device_type == place.type && (place.index < 0 || tensor.device_index == place.index);

            private static void RequireReal(ScalarType dtype)
            {
                if (dtype is ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64 or ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64) return;
                throw new ArgumentException($"nn.Module.to only accepts floating point or complex types, but got desired dtype={dtype}");
            }

            /// <summary>Sets the property of that name or, without one, the field that is registered under it.</summary>
            private void SetMember(string name, Tensor value)
            {
                var property = Array.Find(GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance),
                    p => p.Name == name && p.SetMethod is { IsPublic: true } && p.PropertyType.IsInstanceOfType(value));
                if (property is not null) property.SetValue(this, value);
                else FieldsOf(GetType()).FirstOrDefault(field => field.ComponentName() == name && field.FieldType.IsInstanceOfType(value))?.SetValue(this, value);
            }
        }
    }
}
