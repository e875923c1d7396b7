using Xunit;

namespace LoopGen.EndToEnd.Tests.Infrastructure;

/// <summary>How a command ended, and what it wrote to its output and its error output together.</summary>
internal sealed record CommandResult(string Command, int ExitCode, string Output)
{
    /// <summary>This, if the command succeeded; else the test fails and shows what it wrote.</summary>
    public CommandResult Succeeded() => this.EndedWith(0);

    /// <summary>This, if the command ended with this code; else the test fails and shows what it wrote.</summary>
    public CommandResult EndedWith(int exitCode)
    {
        Assert.True(this.ExitCode == exitCode, $"{this.Command} ended with {this.ExitCode}:\n{this.Output}");
        return this;
    }

    /// <summary>What stands behind <paramref name="label"/> and a colon on a line of its own.</summary>
    public string Value(string label)
    {
        var prefix = label + ": ";
        var line = this.Output.Split('\n').SingleOrDefault(line => line.StartsWith(prefix, StringComparison.Ordinal));
        Assert.True(line is not null, $"{this.Command} wrote no '{prefix}':\n{this.Output}");
        return line[prefix.Length..].Trim();
    }
}
