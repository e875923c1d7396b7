using System.Text;

namespace LoopGen.Generators.Text;

/// <summary>Turns the names of figures into each other: member <c>ValLoss</c>, figure <c>val_loss</c>, local <c>valLoss</c>.</summary>
internal static class FigureName
{
    /// <summary><c>ValLoss</c> to <c>val_loss</c>, <c>ROCAuc</c> to <c>roc_auc</c>: what logs, files and plots use.</summary>
    public static string FromMember(string member)
    {
        // One word, as most are: read at every key press.
        if (IsOneWord(member))
        {
            return member.ToLowerInvariant();
        }

        var name = new StringBuilder();
        for (var i = 0; i < member.Length; i++)
        {
            var startsWord = char.IsUpper(member[i])
                && i > 0
                && member[i - 1] != '_'
                && (!char.IsUpper(member[i - 1]) || (i + 1 < member.Length && char.IsLower(member[i + 1])));
            if (startsWord)
            {
                name.Append('_');
            }

            name.Append(char.ToLowerInvariant(member[i]));
        }

        return name.ToString();
    }

    /// <summary>The figure over the validation data of a member: <c>val_roc_auc</c> of <c>ROCAuc</c>.</summary>
    public static string ValidationFromMember(string member, string figure)
        => member.Length > 0 && char.IsUpper(member[0]) ? "val_" + figure : FromMember("Val" + member);

    /// <summary><c>val_loss</c> or <c>valLoss</c> to <c>ValLoss</c>; a member stays as it is.</summary>
    public static string ToMember(string name)
    {
        var member = new StringBuilder();
        var startsWord = true;
        foreach (var character in name)
        {
            if (character == '_')
            {
                startsWord = true;
                continue;
            }

            member.Append(startsWord ? char.ToUpperInvariant(character) : character);
            startsWord = false;
        }

        return member.ToString();
    }

    /// <summary><c>Accuracy</c> to <c>accuracy</c>, <c>ROCAuc</c> to <c>rocAuc</c>.</summary>
    public static string ToLocal(string member)
    {
        var upper = 0;
        while (upper < member.Length && char.IsUpper(member[upper]))
        {
            upper++;
        }

        // Of a run of capitals the last begins the next word.
        var lowered = upper > 1 && upper < member.Length ? upper - 1 : Math.Max(upper, 1);
        return member.Substring(0, Math.Min(lowered, member.Length)).ToLowerInvariant() + member.Substring(Math.Min(lowered, member.Length));
    }

    private static bool IsOneWord(string member)
    {
        for (var i = 1; i < member.Length; i++)
        {
            if (char.IsUpper(member[i]))
            {
                return false;
            }
        }

        return true;
    }
}
