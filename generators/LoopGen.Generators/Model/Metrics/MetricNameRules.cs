using LoopGen.Generators.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace LoopGen.Generators.Model;

/// <summary>Which names the members of the emitted records may have.</summary>
internal static class MetricNameRules
{
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        // Ours.
        "Epoch", "Loss", "ValLoss", "Figures", "EpochLog", "Scores", "LearningRate", "GradientNorm",

        // A record's, and every object's.
        "Clone", "Deconstruct", "EqualityContract", "PrintMembers",
        "Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString",
    };

    /// <summary>Whether <paramref name="member"/> cannot be a member of an emitted record.</summary>
    public static bool IsReserved(string member) => Reserved.Contains(member);

    /// <summary>Whether <paramref name="member"/> is an identifier at all.</summary>
    public static bool IsIdentifier(string member) => SyntaxFacts.IsValidIdentifier(member);

    /// <summary>
    /// Adds the two figures of a metric to those there are, and says what is wrong with its name; nothing is added then.
    /// </summary>
    public static MetricNameProblem Claim(ICollection<string> figures, string member)
    {
        if (!IsIdentifier(member))
        {
            return MetricNameProblem.NotAnIdentifier;
        }

        // Members may differ by case alone and still share the name of a figure: Auc and AUC.
        var figure = FigureName.FromMember(member);
        var validation = FigureName.ValidationFromMember(member, figure);
        if (IsReserved(member) || figure is "epoch" or "loss" or "val_loss" or "learning_rate" or "gradient_norm")
        {
            return MetricNameProblem.Reserved;
        }

        if (figures.Contains(figure) || figures.Contains(validation))
        {
            return MetricNameProblem.Taken;
        }

        figures.Add(figure);
        figures.Add(validation);
        return MetricNameProblem.None;
    }
}
