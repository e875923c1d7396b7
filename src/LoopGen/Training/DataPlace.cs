using System.Globalization;

namespace LoopGen;

/// <summary>Where in the data something was found, for an error.</summary>
/// <param name="IsValidation">Whether the data are those that a model is tried on.</param>
/// <param name="Batch">Which batch since the check was made for the first time, from 1; 0 where that says nothing.</param>
internal readonly record struct DataPlace(bool IsValidation, long Batch)
{
    /// <summary>The message, with the place where it is not the first batch of the training.</summary>
    public string Say(string message)
    {
        var batch = Batch > 1
            ? string.Create(CultureInfo.InvariantCulture, $" This is batch {Batch} of the run; those before were right.")
            : "";
        return IsValidation ? $"Validation data: {message}" : message + batch;
    }
}
