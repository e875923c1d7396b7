using Microsoft.CodeAnalysis.CSharp;

namespace LoopGen.Generators.Rules;

/// <summary>Which names the members of the emitted records may have.</summary>
internal static class MetricNameRules
{
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        // Ours.
        "Epoch", "Loss", "ValLoss", "Figures", "EpochLog", "Scores",

        // A record's, and every object's.
        "Clone", "Deconstruct", "EqualityContract", "PrintMembers",
        "Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString",
    };

    /// <summary>Whether <paramref name="member"/> cannot be a member of an emitted record.</summary>
    public static bool IsReserved(string member) => Reserved.Contains(member);

    /// <summary>Whether <paramref name="member"/> is an identifier at all.</summary>
    public static bool IsIdentifier(string member) => SyntaxFacts.IsValidIdentifier(member);

    /// <summary>Adds the two members of a metric to those there are; false, and nothing added, if one is there already.</summary>
    public static bool TryClaim(ISet<string> members, string member)
    {
        if (members.Contains(member) || members.Contains("Val" + member))
        {
            return false;
        }

        members.Add(member);
        members.Add("Val" + member);
        return true;
    }
}
