using System.Reflection;

namespace LoopGen.Tests;

/// <summary>Null for an argument that must not be null is an error that names it, wherever the library can be called.</summary>
public sealed class NullArgumentTests
{
    [Fact]
    public void NullIsAnErrorWithAName()
    {
        var failures = new List<string>();
        var tried = 0;
        foreach (var type in typeof(Mean).Assembly.GetExportedTypes().Where(type => !type.IsSubclassOf(typeof(Attribute)) && !type.ContainsGenericParameters))
        {
            const BindingFlags own = BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
            var methods = type.GetMethods(own).Where(method => !method.IsSpecialName && !method.IsGenericMethod && !method.IsAbstract);
            foreach (var method in type.GetConstructors(own).Cast<MethodBase>().Concat(methods))
            {
                for (var index = 0; index < method.GetParameters().Length; index++)
                {
                    var parameter = method.GetParameters()[index];
                    if (parameter.ParameterType.IsValueType || parameter.IsOut || parameter.ParameterType.IsByRef
                        || new NullabilityInfoContext().Create(parameter).WriteState != NullabilityState.NotNull)
                    {
                        continue;
                    }

                    // What can't be made up here has tests of its own.
                    if (Arguments(method, index) is { } arguments && Target(type, method, out var target))
                    {
                        tried++;
                        if (Try(method, target, arguments) is not ArgumentException { ParamName: not null } exception)
                        {
                            failures.Add($"{type.Name}.{method.Name}({parameter.Name}): {Try(method, target, arguments)?.GetType().Name ?? "nothing"}");
                        }

                        (target as IDisposable)?.Dispose();
                    }
                }
            }
        }

        Assert.Empty(failures);
        Assert.True(tried > 60, $"Only {tried} were tried.");
    }

    private static Exception? Try(MethodBase method, object? target, object?[] arguments)
    {
        using var scope = NewDisposeScope();
        try
        {
            _ = method is ConstructorInfo constructor ? constructor.Invoke(arguments) : method.Invoke(target, arguments);
            return null;
        }
        catch (TargetInvocationException exception)
        {
            return exception.InnerException;
        }
    }

    private static bool Target(Type type, MethodBase method, out object? target)
    {
        target = null;
        if (method.IsStatic || method is ConstructorInfo)
        {
            return true;
        }

        if (type.IsAbstract || type.GetConstructors().OrderBy(constructor => constructor.GetParameters().Length).FirstOrDefault() is not { } make
            || Arguments(make, without: -1) is not { } arguments)
        {
            return false;
        }

        target = make.Invoke(arguments);
        return true;
    }

    private static object?[]? Arguments(MethodBase method, int without)
    {
        var parameters = method.GetParameters();
        var values = new object?[parameters.Length];
        for (var index = 0; index < parameters.Length; index++)
        {
            if (index == without)
            {
                continue;
            }

            var type = Nullable.GetUnderlyingType(parameters[index].ParameterType) ?? parameters[index].ParameterType;
            values[index] = parameters[index] switch
            {
                { HasDefaultValue: true, DefaultValue: var value } when value is not null || type.IsClass || type.IsInterface => value,
                _ when type == typeof(Tensor) => ones(2, 2),
                _ when type == typeof(Device) => CPU,
                _ when type == typeof(nn.Module) => new TinyModel(),
                _ when type == typeof(string) => "text",
                _ when type == typeof(int) => 1,
                _ when type == typeof(long) => 1L,
                _ when type == typeof(double) => 0.5,
                _ when type == typeof(bool) => false,
                _ when type == typeof(CancellationToken) => default(CancellationToken),
                _ when type == typeof(optim.Optimizer) => optim.SGD(new TinyModel().parameters(), 0.1),
                _ when type.IsEnum => Enum.GetValues(type).GetValue(0),
                _ => null,
            };
            if (values[index] is null && !parameters[index].HasDefaultValue && Nullable.GetUnderlyingType(parameters[index].ParameterType) is null)
            {
                return null;
            }
        }

        return values;
    }
}
