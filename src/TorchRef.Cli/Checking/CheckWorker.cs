using System.Reflection;
using TorchRef.Checks;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchRef.Cli.Checking;

/// <summary>Carries out a check in the process that was started for it, and tells the other process what happens.</summary>
internal sealed class CheckWorker(CheckRequest request, Action<CheckMessage> tell)
{
    /// <summary>A share is told when it has grown by a percent: nobody reads more.</summary>
    private const double ShareStep = 0.01;

    /// <summary>Steps of the comparison with a reference, each on a batch of its own.</summary>
    private const int Batches = 3;

    public void Run()
    {
        Version? built = null;
        try
        {
            Stage($"loading {Path.GetFileName(request.Assembly)}");
            var device = Devices.Require(request.Device);
            var assembly = CheckedAssembly.Load(request.Assembly);
            if (CheckedAssembly.OtherTorchSharp(assembly) is { } other)
            {
                built = other.built;
                tell(new CheckMessage { Remark = $"{Path.GetFileName(request.Assembly)} was built against TorchSharp {other.built}, and is checked on {other.here}" });
            }
            using (Devices.UseByDefault(device)) Check(assembly, device);
            tell(new CheckMessage { Done = true });
        }
        catch (UsageException exception)
        {
            tell(new CheckMessage { Refusal = exception.Message });
        }
        catch (Exception exception) when (built is not null && exception is MissingMemberException or TypeLoadException)
        {
            tell(new CheckMessage { Refusal = $"{request.Assembly} must be built against the TorchSharp that this program runs on: expected {typeof(torch).Assembly.GetName().Version} but got {built} ({exception.Message.ReplaceLineEndings(" ")})" });
        }
        catch (Exception exception) when (CommandLine.EngineFault(exception) is { } fault)
        {
            tell(new CheckMessage { Missing = fault });
        }
        catch (Exception exception)
        {
            tell(new CheckMessage { Thrown = ThrownException.Of(exception) });
        }
    }

    private void Check(Assembly assembly, Device device)
    {
        var specs = request.Inputs.Select(InputSpec.Parse).ToList();
        if (request.Function is not null)
        {
            var function = CheckedFunction.Of(assembly, request.Function, specs.Count, request.Arguments);
            using var drawn = new Generator((ulong)request.Seed);
            var inputs = specs.Select(spec => spec.Draw(drawn, request.Complex)).ToArray();
            Stage($"checking the gradient of {request.Function}");
            Result(CheckResult.Gradient, GradCheck.Run(function.Call, inputs, Options(request.Function) with { InputNames = function.Names }));
            return;
        }
        if (request.Type is null) throw new TypeCatalog(assembly).NotNamed();
        Stage($"constructing {request.Type}");
        using var module = Ready(CheckedModule.Make(assembly, request.Type, request.Arguments, request.Seed), device);
        using var reference = request.Reference is null ? null : Ready(CheckedModule.MakeReference(assembly, request.Reference, request.ReferenceArguments ?? request.Arguments), device);
        using var random = new Generator((ulong)request.Seed);
        using var input = specs[0].Draw(random, request.Complex);
        Stage("checking the gradient");
        Result(CheckResult.Gradient, GradCheck.Run(module, input, Options(Subject(request.Type, request.Arguments))));
        if (reference is null) return;
        Stage($"comparing with {request.Reference}");
        var batches = Enumerable.Range(0, Batches).Select(_ => specs[0].Draw(random, request.Complex)).ToArray();
        Result(CheckResult.Parity, ModuleParity.Compare(module, reference, batches, new ModuleParityOptions
        {
            Subject = $"{Subject(request.Type, request.Arguments)} and {Subject(request.Reference!, request.ReferenceArguments ?? request.Arguments)}, input {request.Inputs[0]}",
            Seed = request.Seed,
            Order = request.Order,
            Steps = Batches,
        }));
    }

    private nn.Module<Tensor, Tensor> Ready(nn.Module<Tensor, Tensor> module, Device device)
    {
        module.to(device);
        module.to(ScalarType.Float64);
        module.train(!request.Eval);
        return module;
    }

    private GradCheckOptions Options(string subject)
    {
        var told = 0.0;
        return new GradCheckOptions
        {
            Subject = $"{subject}, {(request.Inputs.Count == 1 ? "input" : "inputs")} {string.Join(", ", request.Inputs)}{(request.Complex ? ", complex" : "")}{(request.Eval ? ", in eval mode" : "")}",
            Mode = request.Mode,
            Order = request.Order,
            Seed = request.Seed,
            PromoteToFloat64 = true,
            Progress = new Shares(share =>
            {
                if (share - told < ShareStep) return;
                told = share;
                tell(new CheckMessage { Share = share });
            }),
        };
    }

    private void Stage(string stage) => tell(new CheckMessage { Stage = stage });

    private void Result(string name, CheckReport report) => tell(new CheckMessage { Result = CheckResult.Of(name, report) });

    private static string Subject(string name, IReadOnlyList<string> arguments) => $"{name}({string.Join(", ", arguments)})";

    /// <summary>Told on the checking thread itself, in order: <see cref="Progress{T}"/> would queue.</summary>
    private sealed class Shares(Action<double> tell) : IProgress<double>
    {
        public void Report(double value) => tell(value);
    }
}
