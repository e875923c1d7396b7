using System.Collections;
using Microsoft.Build.Framework;

namespace LoopGen.Build.Tests;

/// <summary>Keeps what a task says.</summary>
internal sealed class RecordingBuildEngine : IBuildEngine
{
    public List<BuildMessageEventArgs> Messages { get; } = [];

    /// <summary>The texts of warnings and errors.</summary>
    public List<string?> Errors { get; } = [];

    public List<BuildErrorEventArgs> ErrorEvents { get; } = [];

    public List<BuildWarningEventArgs> WarningEvents { get; } = [];

    public bool ContinueOnError => false;

    public int LineNumberOfTaskNode => 0;

    public int ColumnNumberOfTaskNode => 0;

    public string ProjectFileOfTaskNode => "";

    public bool BuildProjectFile(string projectFileName, string[] targetNames, IDictionary globalProperties, IDictionary targetOutputs) => false;

    public void LogMessageEvent(BuildMessageEventArgs e) => this.Messages.Add(e);

    public void LogErrorEvent(BuildErrorEventArgs e)
    {
        this.Errors.Add(e.Message);
        this.ErrorEvents.Add(e);
    }

    public void LogWarningEvent(BuildWarningEventArgs e)
    {
        this.Errors.Add(e.Message);
        this.WarningEvents.Add(e);
    }

    public void LogCustomEvent(CustomBuildEventArgs e)
    {
    }
}
