using LoopGen.Generators.Emission;
using LoopGen.Generators.Rules;
using LoopGen.Generators.Specs;
using Microsoft.CodeAnalysis;

namespace LoopGen.Generators.Parsing;

/// <summary>
/// What the names alone say of a class, its bases and the classes around it, found in one walk: it is made for every model
/// at every key press. No member is bound.
/// </summary>
internal sealed class NameScan
{
    private SortedSet<string>? captured;

    private NameScan()
    {
    }

    /// <summary>Names of ours that the class or a base of it uses for something else.</summary>
    public IEnumerable<string> Captured => this.captured ?? [];

    /// <summary>Whether it declares or inherits from source a member called <c>EpochLog</c>.</summary>
    public bool HasEpochLog { get; private set; }

    /// <summary>Whether it declares or inherits from source a member called <c>Scores</c>.</summary>
    public bool HasScores { get; private set; }

    /// <summary>Whether a base is compiled too.</summary>
    public bool HasCompiledBase { get; private set; }

    /// <summary>Hooks whose names are taken by a field, property, event or type; methods may share them.</summary>
    public Hooks ImpossibleHooks { get; private set; }

    public static NameScan Of(INamedTypeSymbol type)
    {
        var scan = new NameScan();
        for (var outer = type; outer is not null; outer = outer.ContainingType)
        {
            var isModel = SymbolEqualityComparer.Default.Equals(outer, type);
            foreach (var part in DeclaredNames.Lineage(outer))
            {
                scan.Look(part.Name);
                foreach (var name in DeclaredNames.Of(part))
                {
                    scan.Look(name);
                    if (isModel)
                    {
                        scan.LookAtMember(part, name);
                    }
                }

                if (isModel && !ReferenceEquals(part, type))
                {
                    scan.HasCompiledBase |= LoopAttributes.FindCompile(part) is not null;
                }
            }
        }

        return scan;
    }

    /// <summary>Takes note of a name that stands where the emitted code will stand.</summary>
    public void Look(string name)
    {
        if (EmittedNames.Contains(name))
        {
            (this.captured ??= new SortedSet<string>(StringComparer.Ordinal)).Add(name);
        }
    }

    private void LookAtMember(INamedTypeSymbol part, string name)
    {
        if (name == "EpochLog")
        {
            this.HasEpochLog = true;
        }
        else if (name == "Scores")
        {
            this.HasScores = true;
        }
        else if (name.StartsWith("On", StringComparison.Ordinal)
            && Enum.TryParse<Hooks>(name, out var hook)
            && part.GetMembers(name).Any(member => member is not IMethodSymbol))
        {
            this.ImpossibleHooks |= hook;
        }
    }
}
