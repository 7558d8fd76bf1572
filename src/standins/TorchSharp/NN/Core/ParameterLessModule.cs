namespace TorchSharp.Modules;

/// <summary>A module that has neither parameters nor buffers, nor modules that do: moving it does nothing.</summary>
public interface IParameterLessModule
{
}

/// <inheritdoc cref="IParameterLessModule"/>
public abstract class ParameterLessModule<T1, TResult> : torch.nn.Module<T1, TResult>, IParameterLessModule
{
    protected ParameterLessModule(string name)
        : base(name)
    {
    }

    protected internal override torch.nn.Module _to(torch.Device device, torch.ScalarType dtype, bool non_blocking) => this;

    protected internal override torch.nn.Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) => this;

    protected internal override torch.nn.Module _to(torch.ScalarType dtype, bool non_blocking) => this;

    public override void register_parameter(string name, Parameter param) => throw ParameterLess.NoTensors(name);

    public override void register_buffer(string name, torch.Tensor tensor, bool persistent = true) => throw ParameterLess.NoTensors(name);

    public override void register_module(string name, torch.nn.Module submodule) => base.register_module(name, ParameterLess.Require(name, submodule));
}

/// <inheritdoc cref="IParameterLessModule"/>
public abstract class ParameterLessModule<T1, T2, TResult> : torch.nn.Module<T1, T2, TResult>, IParameterLessModule
{
    protected ParameterLessModule(string name)
        : base(name)
    {
    }

    protected internal override torch.nn.Module _to(torch.Device device, torch.ScalarType dtype, bool non_blocking) => this;

    protected internal override torch.nn.Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) => this;

    protected internal override torch.nn.Module _to(torch.ScalarType dtype, bool non_blocking) => this;

    public override void register_parameter(string name, Parameter param) => throw ParameterLess.NoTensors(name);

    public override void register_buffer(string name, torch.Tensor tensor, bool persistent = true) => throw ParameterLess.NoTensors(name);

    public override void register_module(string name, torch.nn.Module submodule) => base.register_module(name, ParameterLess.Require(name, submodule));
}

/// <inheritdoc cref="IParameterLessModule"/>
public abstract class ParameterLessModule<T1, T2, T3, TResult> : torch.nn.Module<T1, T2, T3, TResult>, IParameterLessModule
{
    protected ParameterLessModule(string name)
        : base(name)
    {
    }

    protected internal override torch.nn.Module _to(torch.Device device, torch.ScalarType dtype, bool non_blocking) => this;

    protected internal override torch.nn.Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) => this;

    protected internal override torch.nn.Module _to(torch.ScalarType dtype, bool non_blocking) => this;

    public override void register_parameter(string name, Parameter param) => throw ParameterLess.NoTensors(name);

    public override void register_buffer(string name, torch.Tensor tensor, bool persistent = true) => throw ParameterLess.NoTensors(name);

    public override void register_module(string name, torch.nn.Module submodule) => base.register_module(name, ParameterLess.Require(name, submodule));
}

/// <inheritdoc cref="IParameterLessModule"/>
public abstract class ParameterLessModule<T1, T2, T3, T4, TResult> : torch.nn.Module<T1, T2, T3, T4, TResult>, IParameterLessModule
{
    protected ParameterLessModule(string name)
        : base(name)
    {
    }

    protected internal override torch.nn.Module _to(torch.Device device, torch.ScalarType dtype, bool non_blocking) => this;

    protected internal override torch.nn.Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) => this;

    protected internal override torch.nn.Module _to(torch.ScalarType dtype, bool non_blocking) => this;

    public override void register_parameter(string name, Parameter param) => throw ParameterLess.NoTensors(name);

    public override void register_buffer(string name, torch.Tensor tensor, bool persistent = true) => throw ParameterLess.NoTensors(name);

    public override void register_module(string name, torch.nn.Module submodule) => base.register_module(name, ParameterLess.Require(name, submodule));
}

/// <inheritdoc cref="IParameterLessModule"/>
public abstract class ParameterLessModule<T1, T2, T3, T4, T5, TResult> : torch.nn.Module<T1, T2, T3, T4, T5, TResult>, IParameterLessModule
{
    protected ParameterLessModule(string name)
        : base(name)
    {
    }

    protected internal override torch.nn.Module _to(torch.Device device, torch.ScalarType dtype, bool non_blocking) => this;

    protected internal override torch.nn.Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) => this;

    protected internal override torch.nn.Module _to(torch.ScalarType dtype, bool non_blocking) => this;

    public override void register_parameter(string name, Parameter param) => throw ParameterLess.NoTensors(name);

    public override void register_buffer(string name, torch.Tensor tensor, bool persistent = true) => throw ParameterLess.NoTensors(name);

    public override void register_module(string name, torch.nn.Module submodule) => base.register_module(name, ParameterLess.Require(name, submodule));
}

/// <inheritdoc cref="IParameterLessModule"/>
public abstract class ParameterLessModule<T1, T2, T3, T4, T5, T6, TResult> : torch.nn.Module<T1, T2, T3, T4, T5, T6, TResult>, IParameterLessModule
{
    protected ParameterLessModule(string name)
        : base(name)
    {
    }

    protected internal override torch.nn.Module _to(torch.Device device, torch.ScalarType dtype, bool non_blocking) => this;

    protected internal override torch.nn.Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking) => this;

    protected internal override torch.nn.Module _to(torch.ScalarType dtype, bool non_blocking) => this;

    public override void register_parameter(string name, Parameter param) => throw ParameterLess.NoTensors(name);

    public override void register_buffer(string name, torch.Tensor tensor, bool persistent = true) => throw ParameterLess.NoTensors(name);

    public override void register_module(string name, torch.nn.Module submodule) => base.register_module(name, ParameterLess.Require(name, submodule));
}

internal static class ParameterLess
{
    public static InvalidOperationException NoTensors(string name) =>
        new($"a parameterless module has no tensors of its own: expected none to be registered but got {name}");

    public static torch.nn.Module Require(string name, torch.nn.Module module) => module is IParameterLessModule or null ? module!
        : throw new InvalidOperationException($"a parameterless module's modules must be so too: expected such a one but got {name} ({module.GetType().Name})");
}
