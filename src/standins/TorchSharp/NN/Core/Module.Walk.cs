using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        // Walks over what a module and its modules have: own ones first, then the modules' in order of registration. What
        // is shared is listed once, under its first name.
        public partial class Module
        {
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                var seen = new HashSet<IntPtr>();
                foreach (var item in _internal_params)
                    if (!item.Item2.IsInvalid && seen.Add(item.Item2.Handle)) yield return item;
                if (!recurse) yield break;
                foreach (var (module, child) in _internal_submodules)
                    foreach (var (parameter, value) in child.named_parameters(true))
                        if (seen.Add(value.Handle)) yield return ($"{module}.{parameter}", value);
            }

            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
            {
                var seen = new HashSet<IntPtr>();
                foreach (var (buffer, (value, persistent)) in _internal_buffers)
                    if ((persistent || include_nonpersistent) && !value.IsInvalid && seen.Add(value.Handle)) yield return (buffer, value);
                if (!recurse) yield break;
                foreach (var (module, child) in _internal_submodules)
                    foreach (var (buffer, value) in child.named_buffers(true, include_nonpersistent))
                        if (seen.Add(value.Handle)) yield return ($"{module}.{buffer}", value);
            }

            public virtual IEnumerable<(string name, Module module)> named_children() => _internal_submodules;

            /// <summary>The children, then each child's own modules; the module itself isn't among them.</summary>
            public virtual IEnumerable<(string name, Module module)> named_modules() => Nested(named_children());

            public virtual IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(item => item.parameter);

            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(item => item.buffer);

            public virtual IEnumerable<Module> modules() => named_modules().Select(item => item.module);

            public virtual IEnumerable<Module> children() => named_children().Select(item => item.module);

            public virtual bool has_parameter(string target) =>
                _internal_params.ContainsKey(target) || (Split(target) is var (child, rest) && child.has_parameter(rest));

            public virtual bool has_buffer(string target) =>
                _internal_buffers.ContainsKey(target) || (Split(target) is var (child, rest) && child.has_buffer(rest));

            public virtual Parameter? get_parameter(string target) =>
                _internal_params.TryGetValue(target, out var own) ? own
                    : Split(target) is var (child, rest) ? child.get_parameter(rest) : null;

            public virtual Tensor? get_buffer(string target) =>
                _internal_buffers.TryGetValue(target, out var own) ? own.Item1
                    : Split(target) is var (child, rest) ? child.get_buffer(rest) : null;

            internal static IEnumerable<(string name, Module module)> Nested(IEnumerable<(string name, Module module)> children)
            {
                foreach (var child in children) yield return child;
                foreach (var (outer, child) in children)
                    foreach (var (inner, module) in child.named_modules()) yield return ($"{outer}.{inner}", module);
            }

            /// <summary>The child that a path begins with, and the rest of the path.</summary>
            private (Module Child, string Path)? Split(string target)
            {
                var dot = target.IndexOf('.');
                if (dot < 0) return null;
                var child = named_children().FirstOrDefault(item => item.name == target[..dot]).module;
                return child is null ? null : (child, target[(dot + 1)..]);
            }
        }
    }
}
