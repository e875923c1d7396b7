using LoopGen.Generators.Features.Hooks;
using LoopGen.Generators.Text;
using Microsoft.CodeAnalysis;

namespace LoopGen.Generators.Model;

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
    public EquatableArray<string> Captured => this.captured is null ? EquatableArray<string>.Empty : this.captured.ToEquatableArray();

    /// <summary>Whether it declares itself something that a hook may be.</summary>
    public bool MayHaveHooks { get; private set; }

    /// <summary>Whether it declares itself something called like an emitted method.</summary>
    public bool MayOwnMembers { get; private set; }

    /// <summary>Whether it declares or inherits from source a member called <c>EpochLog</c>.</summary>
    public bool HasEpochLog { get; private set; }

    /// <summary>Whether it declares or inherits from source a member called <c>Scores</c>.</summary>
    public bool HasScores { get; private set; }

    /// <summary>Whether a base is compiled too.</summary>
    public bool HasCompiledBase { get; private set; }

    /// <summary>Hooks whose names are taken by a field, property, event or type; methods may share them.</summary>
    public Hook ImpossibleHooks { get; private set; }

    public static NameScan Of(INamedTypeSymbol type)
    {
        var scan = new NameScan();
        for (var outer = type; outer is not null; outer = outer.ContainingType)
        {
            var isModel = SymbolEqualityComparer.Default.Equals(outer, type);
            for (var part = outer; part is not null && Lineage.IsUsers(part); part = part.BaseType)
            {
                scan.Look(part.Name);
                foreach (var name in part.MemberNames)
                {
                    scan.LookAt(part, name, isModel, isModel && ReferenceEquals(part, type));
                }

                foreach (var nested in part.GetTypeMembers())
                {
                    scan.LookAt(part, nested.Name, isModel, isOwn: false);
                }

                foreach (var parameter in part.TypeParameters)
                {
                    scan.LookAt(part, parameter.Name, isModel, isOwn: false);
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

    private void LookAt(INamedTypeSymbol part, string name, bool isModel, bool isOwn)
    {
        this.Look(name);
        if (isModel)
        {
            this.LookAtMember(part, name, isOwn);
        }
    }

    private void LookAtMember(INamedTypeSymbol part, string name, bool isOwn)
    {
        this.MayHaveHooks |= isOwn && HookRules.MayBeHook(name);
        this.MayOwnMembers |= isOwn && MemberParser.MayBeOwned(name);
        if (name == "EpochLog")
        {
            this.HasEpochLog = true;
        }
        else if (name == "Scores")
        {
            this.HasScores = true;
        }
        else if (name.StartsWith("On", StringComparison.Ordinal)
            && Enum.TryParse<Hook>(name, out var hook)
            && part.GetMembers(name).Any(member => member is not IMethodSymbol))
        {
            this.ImpossibleHooks |= hook;
        }
    }
}
