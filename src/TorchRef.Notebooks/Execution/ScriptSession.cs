using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Scripting.Hosting;
using TorchRef.Notebooks.Kernel;

namespace TorchRef.Notebooks.Execution;

/// <summary>The state that the cells of a notebook share: variables, usings, functions and types of one see the earlier ones'.</summary>
internal sealed class ScriptSession : IDisposable
{
    /// <summary>What .NET Interactive imports, no more: what compiles here compiles there.</summary>
    private static readonly string[] s_imports = ["System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq"];

    private readonly InteractiveAssemblyLoader _loader = new();
    private readonly HashSet<string> _referenced = [];
    private ScriptOptions _options;
    private Script<object>? _script;
    private ScriptState<object>? _state;

    /// <param name="folder">Where relative paths in <c>#r</c> and <c>#load</c> start.</param>
    public ScriptSession(string folder)
    {
        _options = ScriptOptions.Default
            .WithLanguageVersion(LanguageVersion.Latest)
            .WithImports([.. s_imports, typeof(KernelFunctions).Namespace!, typeof(KernelFunctions).FullName!])
            .WithEmitDebugInformation(true)
            .WithFileEncoding(Encoding.UTF8)
            .WithMetadataResolver(ScriptMetadataResolver.Default.WithBaseDirectory(folder))
            .WithSourceResolver(new SourceFileResolver(ImmutableArray<string>.Empty, folder));
        Reference(typeof(KernelFunctions).Assembly);
    }

    /// <summary>Lets the cells use an assembly: the one that is loaded, not another copy.</summary>
    public void Reference(Assembly assembly)
    {
        if (!_referenced.Add(assembly.FullName!)) return;
        _loader.RegisterDependency(assembly);
        _options = _options.AddReferences(assembly);
    }

    /// <summary>Compiles and runs a program after the earlier ones.</summary>
    /// <param name="code">The program.</param>
    /// <param name="name">What error messages call its file.</param>
    /// <returns>Whether the program ends in an expression, and its value.</returns>
    /// <exception cref="CompilationErrorException">It isn't C#; nothing was run.</exception>
    public async Task<(bool hasValue, object? value)> RunAsync(string code, string name)
    {
        var options = _options.WithFilePath(name);
        var script = _script is null ? CSharpScript.Create<object>(code, options, assemblyLoader: _loader) : _script.ContinueWith<object>(code, options);
        var errors = script.Compile().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToImmutableArray();
        if (errors.Length > 0) throw new CompilationErrorException(errors[0].GetMessage(System.Globalization.CultureInfo.InvariantCulture), errors);
        // The exception is kept in the state: what was declared before it stays.
        var state = _state is null ? await script.RunAsync(null, _ => true) : await script.RunFromAsync(_state, _ => true);
        (_script, _state) = (script, state);
        if (state.Exception is { } exception) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(exception);
        return (EndsInExpression(script.GetCompilation()), state.ReturnValue);
    }

    public void Dispose() => _loader.Dispose();

    /// <summary>An expression without a semicolon at the end is the cell's value, unless it has none.</summary>
    private static bool EndsInExpression(Compilation compilation)
    {
        var tree = compilation.SyntaxTrees.Last();
        return tree.GetCompilationUnitRoot().Members.LastOrDefault() is GlobalStatementSyntax { Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } last }
            && compilation.GetSemanticModel(tree).GetTypeInfo(last.Expression).Type?.SpecialType is not SpecialType.System_Void;
    }
}
