using Microsoft.CodeAnalysis;

namespace LoopGen.Generators.Model;

/// <summary>The attributes of ours that a class has.</summary>
internal sealed class BlockAttributes
{
    private List<AttributeData>? attributes;

    private BlockAttributes()
    {
    }

    /// <summary>Those that each add a feature to the loop.</summary>
    public IEnumerable<AttributeData> All
        => LoopAttributes.BlockNames.Select(name => this[name]).OfType<AttributeData>();

    /// <summary>The attribute of a name, such as <c>ScheduleAttribute</c>, or null. Of two, which the compiler reports, the first.</summary>
    public AttributeData? this[string name]
    {
        get
        {
            foreach (var attribute in this.attributes ?? [])
            {
                if (attribute.AttributeClass!.Name == name)
                {
                    return attribute;
                }
            }

            return null;
        }
    }

    /// <summary>Reads the attributes of a class once.</summary>
    public static BlockAttributes Of(INamedTypeSymbol type)
    {
        var found = new BlockAttributes();
        foreach (var attribute in type.GetAttributes())
        {
            if (LoopAttributes.IsOurs(attribute.AttributeClass, attribute.AttributeClass?.Name ?? string.Empty))
            {
                (found.attributes ??= []).Add(attribute);
            }
        }

        return found;
    }
}
