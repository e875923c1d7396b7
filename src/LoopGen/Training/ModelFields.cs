using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace LoopGen;

/// <summary>
/// Finds what a model's own classes hold in their fields, private and inherited ones too, and in collections, tuples and
/// objects there: modules and tensors, each with the way to it.
/// </summary>
internal sealed class ModelFields
{
    private const int MaxDepth = 8;
    private const int MaxObjects = 20_000;

    private readonly HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<nn.Module> known = new(ReferenceEqualityComparer.Instance);
    private readonly List<(string Path, object Value)> found = [];

    private ModelFields(nn.Module model)
    {
        known.Add(model);
        var modules = model.named_modules().ToList();
        foreach (var (_, module) in modules)
        {
            known.Add(module);
        }

        WalkFields(model, "", 0);
        foreach (var (name, module) in modules)
        {
            if (IsOfUser(module.GetType()) && seen.Add(module))
            {
                WalkFields(module, name + ".", 0);
            }
        }
    }

    /// <summary>The tensors, and the modules that the model does not know: their own fields are not among them.</summary>
    public static IReadOnlyList<(string Path, object Value)> Of(nn.Module model) => new ModelFields(model).found;

    private void WalkFields(object owner, string prefix, int depth)
    {
        seen.Add(owner);
        for (var type = owner.GetType(); type is not null && IsOfUser(type); type = type.BaseType)
        {
            const BindingFlags declared = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic
                | BindingFlags.DeclaredOnly;
            foreach (var field in type.GetFields(declared))
            {
                // Static fields of the model's class, not of everything that it holds.
                if (!field.IsLiteral && !IsPlain(field.FieldType) && (!field.IsStatic || depth == 0))
                {
                    Walk(field.GetValue(owner), prefix + NameOf(field), depth + 1);
                }
            }
        }
    }

    private void Walk(object? value, string path, int depth)
    {
        if (value is null || depth > MaxDepth || seen.Count > MaxObjects || IsPlain(value.GetType()))
        {
            return;
        }

        switch (value)
        {
            case nn.Module module when known.Contains(module):
                return;

            case nn.Module or Tensor:
                if (seen.Add(value))
                {
                    found.Add((path, value));
                }

                return;
        }

        if (!value.GetType().IsValueType && !seen.Add(value))
        {
            return;
        }

        switch (value)
        {
            case ITuple tuple:
                for (var index = 0; index < tuple.Length; index++)
                {
                    Walk(tuple[index], $"{path}.Item{(index + 1).ToString(CultureInfo.InvariantCulture)}", depth + 1);
                }

                break;

            case IDictionary dictionary when IsCollection(value):
                foreach (DictionaryEntry entry in dictionary)
                {
                    Walk(entry.Key, $"{path}.Keys", depth + 1);
                    Walk(entry.Value, $"{path}[{(entry.Key is string name ? $"\"{name}\"" : entry.Key)}]", depth + 1);
                }

                break;

            case IEnumerable elements when IsCollection(value):
                var place = 0;
                foreach (var element in elements)
                {
                    Walk(element, $"{path}[{(place++).ToString(CultureInfo.InvariantCulture)}]", depth + 1);
                }

                break;

            default:
                WalkFields(value, path + ".", depth);
                break;
        }
    }

    // Those of .NET, whose elements are there: what the user wrote may do any work when it is walked.
    private static bool IsCollection(object value) =>
        value is Array
            ? !IsPlain(value.GetType().GetElementType()!)
            : value is ICollection or IReadOnlyCollection<object>
            && value.GetType().Namespace?.StartsWith("System.Collections", StringComparison.Ordinal) == true
            && !value.GetType().GetGenericArguments().All(IsPlain);

    private static bool IsPlain(Type type) =>
        type.IsPrimitive || type.IsEnum || type.IsPointer || type == typeof(string) || type == typeof(decimal)
        || typeof(Delegate).IsAssignableFrom(type) || typeof(Type).IsAssignableFrom(type);

    private static bool IsOfUser(Type type)
    {
        var assembly = type.Assembly;
        var name = assembly.GetName().Name ?? "";
        return assembly != typeof(object).Assembly
            && assembly != typeof(nn.Module).Assembly
            && assembly != typeof(ModelFields).Assembly
            && name is not "netstandard"
            && !name.StartsWith("System.", StringComparison.Ordinal)
            && !name.StartsWith("Microsoft.", StringComparison.Ordinal);
    }

    /// <summary>The property of a backing field, the parameter of a captured one.</summary>
    private static string NameOf(FieldInfo field) =>
        field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)] : field.Name;
}
