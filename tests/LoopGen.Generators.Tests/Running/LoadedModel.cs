using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;
using LoopGen.Generators.Tests.Infrastructure;
using Microsoft.CodeAnalysis;
using TorchSharp;

namespace LoopGen.Generators.Tests.Running;

/// <summary>A model whose loop was emitted, compiled and loaded a moment ago; its members are called by name.</summary>
internal sealed class LoadedModel : IDisposable
{
    // What was emitted for a source and compiled: many tests are about the same source with other data. Each loads it for itself.
    private static readonly ConcurrentDictionary<string, byte[]> Images = new();

    private readonly AssemblyLoadContext context = new(nameof(LoadedModel), isCollectible: true);

    private LoadedModel(byte[] image, string typeName, Type[] typeArguments)
    {
        TorchTests.AssertRunsAlone();
        var type = this.context.LoadFromStream(new MemoryStream(image)).GetType(typeName, throwOnError: true)!;
        this.Module = (torch.nn.Module<torch.Tensor, torch.Tensor>)Activator.CreateInstance(
            typeArguments.Length == 0 ? type : type.MakeGenericType(typeArguments))!;
    }

    public torch.nn.Module<torch.Tensor, torch.Tensor> Module { get; }

    public static LoadedModel Of(string source, string typeName, params Type[] typeArguments)
        => new(Images.GetOrAdd(source, source => Emit(GeneratorRun.Of(TestCompilation.CreateWithoutComments(source)))), typeName, typeArguments);

    public static LoadedModel Of(GeneratorRun run, string typeName, params Type[] typeArguments) => new(Emit(run), typeName, typeArguments);

    /// <summary>Calls an emitted method: the overload whose first parameter takes the first argument, the rest by position or default.</summary>
    public object? Call(string method, params object?[] arguments)
    {
        var target = this.Module.GetType().GetMethods()
            .Where(candidate => candidate.Name == method && candidate.GetParameters().Length >= arguments.Length)
            .OrderBy(candidate => candidate.DeclaringType == this.Module.GetType() ? 0 : 1)
            .First(candidate => candidate.GetParameters()[0].ParameterType.IsInstanceOfType(arguments[0]));
        var all = target.GetParameters().Select((parameter, index) => index < arguments.Length ? arguments[index] : Default(parameter)).ToArray();
        return target.Invoke(this.Module, BindingFlags.DoNotWrapExceptions, null, all, null);
    }

    /// <summary>The figures of all epochs by name.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, double?>> Figures(object history)
        => [.. ((IEnumerable<IEpochLog>)history).Select(log => log.Figures.ToDictionary(figure => figure.Name, figure => figure.Value))];

    /// <summary>All weights, one after the other.</summary>
    public float[] Weights() => [.. this.Module.parameters().SelectMany(parameter => parameter.data<float>().ToArray())];

    /// <summary>Parameters and buffers of a module, one after the other.</summary>
    public static double[] State(torch.nn.Module module)
        => [.. module.state_dict().Values.SelectMany(tensor => tensor.to_type(torch.ScalarType.Float64).flatten().data<double>().ToArray())];

    public void Dispose()
    {
        this.Module.Dispose();
        this.context.Unload();
    }

    private static byte[] Emit(GeneratorRun run)
    {
        using var image = new MemoryStream();
        var result = run.Output.Emit(image);
        return result.Success
            ? image.ToArray()
            : throw new InvalidOperationException(string.Join('\n', result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));
    }

    // Progress would drown the tests' own output.
    private static object? Default(ParameterInfo parameter)
        => parameter.ParameterType == typeof(Verbosity)
            ? Verbosity.Silent
            : parameter.DefaultValue is { } value and not DBNull
            ? parameter.ParameterType.IsEnum ? Enum.ToObject(parameter.ParameterType, value) : value
            : parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) is null
                ? Activator.CreateInstance(parameter.ParameterType)
                : null;
}
