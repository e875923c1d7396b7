using TorchSharp.Modules;

namespace LoopGen;

/// <summary>The parameters of a group, fixed when the group is made.</summary>
internal static class FusedParameters
{
    /// <summary>
    /// Puts an array in the place of a group's parameters. What <c>model.parameters()</c> returns walks over all modules each
    /// time that it is read, and it is read at each step.
    /// </summary>
    public static void Fix(ParamGroup group, IEnumerable<ParamGroup> others)
    {
        ArgumentNullException.ThrowIfNull(group, "param_group");
        if (group.Parameters is null)
        {
            throw new ArgumentException("A parameter group has no Parameters.", "param_group");
        }

        var parameters = group.Parameters.ToArray();
        var seen = others.SelectMany(other => other.Parameters).Select(parameter => parameter.Handle).ToHashSet();
        foreach (var parameter in parameters)
        {
            if (parameter is null)
            {
                throw new ArgumentException("A parameter is null.", "param_group");
            }

            if (!seen.Add(parameter.Handle))
            {
                throw new ArgumentException(
                    $"A parameter of {Describe.Shape(parameter.shape)} was given twice, and would be updated twice in each step.", "param_group");
            }
        }

        group.Parameters = parameters;
    }
}
