using System.Reflection;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Neural networks: modules, their functions, and how parameters start.</summary>
    public static partial class nn
    {
        /// <summary>A part of a network, with parameters, buffers and modules of its own. This file: what belongs to it.</summary>
        public partial class Module : IDisposable
        {
            protected string? name;
            protected OrderedDict<string, Module> _internal_submodules = new();
            protected OrderedDict<string, (Tensor, bool)> _internal_buffers = new();
            protected OrderedDict<string, Parameter> _internal_params = new();
            private bool _registered, _disposed;

            protected Module(string name)
            {
                this.name = name;
            }

            public virtual string GetName() => string.IsNullOrEmpty(name) ? GetType().Name : name;

            /// <summary>Registers what the fields hold, private and inherited ones too. Does so once.</summary>
            protected virtual void RegisterComponents()
            {
                if (_registered) return;
                foreach (var field in FieldsOf(GetType()))
                {
                    var component = field.ComponentName();
                    if (_internal_submodules.ContainsKey(component) || _internal_params.ContainsKey(component) || _internal_buffers.ContainsKey(component)) continue;
                    switch (field.GetValue(this))
                    {
                        case Module module:
                            register_module(component, module);
                            break;
                        case Parameter parameter:
                            register_parameter(component, parameter);
                            break;
                        case Tensor tensor:
                            register_buffer(component, tensor);
                            break;
                    }
                }
                _registered = true;
            }

            public virtual void register_parameter(string name, Parameter param)
            {
                if (param is null || param.IsInvalid) throw new ArgumentNullException(nameof(param), $"a parameter must be there to be registered: expected a tensor for {name} but got none");
                if (!_internal_params.ContainsKey(name)) _internal_params.Add(name, param);
                else throw new InvalidOperationException($"a parameter must have a name of its own: expected a new one but got {name} again");
            }

            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                if (tensor is null || tensor.IsInvalid) throw new ArgumentNullException(nameof(tensor), $"a buffer must be there to be registered: expected a tensor for {name} but got none");
                if (!_internal_buffers.ContainsKey(name)) _internal_buffers.Add(name, (tensor, persistent));
                else throw new InvalidOperationException($"a buffer must have a name of its own: expected a new one but got {name} again");
            }

            /// <summary>Adds a module and registers its components; null takes the one of that name away.</summary>
            public virtual void register_module(string name, Module submodule)
            {
                if (submodule is null)
                {
                    _internal_submodules.Remove(name);
                    return;
                }
                if (string.IsNullOrEmpty(name) || name.Contains('.')) throw new ArgumentException($"a module's name must be a part of a path: expected one that isn't empty and has no dot but got \"{name}\"");
                if (_internal_submodules.ContainsKey(name)) throw new InvalidOperationException($"a module must have a name of its own: expected a new one but got {name} again");
                submodule.RegisterComponents();
                _internal_submodules.Add(name, submodule);
            }

            public void add_module(string name, Module module) => register_module(name, module);

            protected void ClearModules() => _internal_submodules.clear();

            protected void ConditionallyRegisterParameter(string name, Tensor? value) => ConditionallyRegisterParameter(name, value as Parameter);

            /// <summary>Sets the parameter of that name, or takes it away where the value is null.</summary>
            protected void ConditionallyRegisterParameter(string name, Parameter? value)
            {
                if (value is null) _internal_params.Remove(name);
                else _internal_params[name] = value;
            }

            protected void ConditionallyRegisterBuffer(string name, Tensor? value, bool persistent = true)
            {
                if (value is null) _internal_buffers.Remove(name);
                else _internal_buffers[name] = (value, persistent);
            }

            /// <summary>What the setters of weights do: the old one is disposed, the new one belongs to the module.</summary>
            internal void Replace(string name, ref Parameter? field, Parameter? value)
            {
                if (!ReferenceEquals(field, value)) field?.Dispose();
                field = value;
                value?.DetachFromDisposeScope();
                ConditionallyRegisterParameter(name, value);
            }

            internal void Replace(string name, ref Tensor? field, Tensor? value)
            {
                if (!ReferenceEquals(field, value)) field?.Dispose();
                field = value;
                value?.DetachFromDisposeScope();
                ConditionallyRegisterBuffer(name, value);
            }

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>Disposes the parameters, the buffers and the modules.</summary>
            protected virtual void Dispose(bool disposing)
            {
                if (!disposing || _disposed) return;
                _disposed = true;
                foreach (var (_, (buffer, _)) in _internal_buffers) buffer.Dispose();
                foreach (var (_, parameter) in _internal_params) parameter.Dispose();
                foreach (var (_, module) in named_children()) module.Dispose();
            }

            private static IEnumerable<FieldInfo> FieldsOf(Type? type)
            {
                // Reflection doesn't list a base class's private fields: each class is asked for its own.
                var seen = new HashSet<string>(StringComparer.Ordinal);
                for (; type is not null && type != typeof(Module); type = type.BaseType)
                    foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance))
                        if (seen.Add(field.Name)) yield return field;
            }
        }
    }
}
