using LoopGen.Generators.Model;
using Microsoft.CodeAnalysis;

namespace LoopGen.Generators.Features.ParameterGroups;

/// <summary>Which fields can have a learning rate of their own or be frozen.</summary>
internal static class FieldGroupRules
{
    /// <summary>What the factor of <c>[LearningRate]</c> may be.</summary>
    public static readonly NumberRange RangeOfFactor = NumberRange.NotNegative;

    /// <summary>What a field holds.</summary>
    public static FieldKind KindOf(IFieldSymbol field)
    {
        for (var type = field.Type as INamedTypeSymbol; type is not null; type = type.BaseType)
        {
            if (type.ContainingAssembly?.Name == KnownNames.TorchSharp)
            {
                switch (type.Name)
                {
                    case KnownNames.Module:
                        return FieldKind.Module;

                    case "Parameter":
                        return FieldKind.Parameter;
                }
            }
        }

        return FieldKind.Other;
    }

    /// <summary>An attribute of ours on a field, or null.</summary>
    public static AttributeData? Find(IFieldSymbol field, string attributeName)
        => field.GetAttributes().FirstOrDefault(attribute => LoopAttributes.IsOurs(attribute.AttributeClass, attributeName));
}
