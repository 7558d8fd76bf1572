using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        // The state dict, and files of TorchSharp's own format.
        public partial class Module
        {
            /// <summary>Parameters first, then persistent buffers, all by their paths. The tensors are the module's, not copies.</summary>
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                var start = string.IsNullOrEmpty(prefix) ? "" : prefix + ".";
                foreach (var (name, parameter) in named_parameters()) destination.TryAdd(start + name, parameter);
                foreach (var (name, buffer) in named_buffers(include_nonpersistent: false)) destination.TryAdd(start + name, buffer);
                // A shared tensor has a key for each of its names; the walks above list only the first.
                foreach (var (name, child) in named_children()) child.state_dict(destination, start + name);
                return destination;
            }

            /// <summary>Copies values into the parameters and buffers.</summary>
            /// <exception cref="InvalidOperationException">Strict, and a key is missing or too much.</exception>
            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                skip ??= [];
                var destination = state_dict();
                var missing = destination.Keys.Where(key => !source.ContainsKey(key) && !skip.Contains(key)).ToList();
                var unexpected = source.Keys.Where(key => !destination.ContainsKey(key) && !skip.Contains(key)).ToList();
                if (strict && (missing.Count > 0 || unexpected.Count > 0))
                    throw new InvalidOperationException($"a state dict must have the module's keys: expected them all and no others but got missing [{string.Join(", ", missing)}] and unexpected [{string.Join(", ", unexpected)}]");
                using var guard = no_grad();
                foreach (var (key, value) in source)
                    if (!skip.Contains(key) && destination.TryGetValue(key, out var target)) target.copy_(value);
                return (missing, unexpected);
            }

            public Module save(string location, IList<string>? skip = null)
            {
                using var stream = File.Create(location);
                return save(stream, skip);
            }

            public Module save(Stream stream, IList<string>? skip = null)
            {
                using var writer = new BinaryWriter(stream);
                return save(writer, skip);
            }

            public Module save(BinaryWriter writer, IList<string>? skip = null)
            {
                save_state_dict(writer, state_dict(), skip);
                return this;
            }

            public static void save_state_dict(BinaryWriter writer, Dictionary<string, Tensor> sd, IList<string>? skip = null)
            {
                var kept = sd.Where(item => skip is null || !skip.Contains(item.Key)).ToList();
                writer.Write7BitEncodedInt64(kept.Count);
                foreach (var (key, value) in kept)
                {
                    writer.Write(key);
                    TensorRecord.Write(value, writer);
                }
            }

            public virtual Module load(string location, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                if (!File.Exists(location)) throw new FileNotFoundException(location);
                using var stream = File.OpenRead(location);
                return load(stream, strict, skip, loadedParameters);
            }

            public Module load(Stream stream, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                using var reader = new BinaryReader(stream);
                return load(reader, strict, skip, loadedParameters);
            }

            public virtual Module load(BinaryReader reader, bool strict = true, IList<string>? skip = null, Dictionary<string, bool>? loadedParameters = null)
            {
                var destination = state_dict();
                var count = reader.Read7BitEncodedInt64();
                if (strict && count != destination.Count) throw new ArgumentException($"a file must have as many entries as the module: expected {destination.Count} but got {count}");
                using var guard = no_grad();
                for (var i = 0L; i < count; i++)
                {
                    var key = reader.ReadString();
                    var found = destination.TryGetValue(key, out var target);
                    if (strict && !found) throw new ArgumentException($"a file must hold the module's keys: expected one of them but got '{key}'");
                    TensorRecord.Read(reader, found && skip?.Contains(key) != true ? target : null, key);
                    loadedParameters?.Add(key, found);
                }
                return this;
            }

            public static Module Create<T>(string path) where T : Module, new() => new T().load(path);
        }
    }
}
