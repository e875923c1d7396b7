namespace LoopGen.Tests;

public sealed class PublicNamesTests
{
    /// <summary>Emitted files import these namespaces side by side: a name in two of them would not compile.</summary>
    [Fact]
    public void DoNotCollideWithWhatEmittedFilesImport()
    {
        string?[] imported = ["System", "System.Collections.Generic", "System.Threading", "TorchSharp"];
        var theirs = AppDomain.CurrentDomain.GetAssemblies()
            .Where(assembly => !assembly.IsDynamic && assembly != typeof(Mean).Assembly)
            .Concat([typeof(object).Assembly, typeof(Queue<>).Assembly, typeof(Barrier).Assembly, typeof(torch).Assembly])
            .Distinct()
            .SelectMany(assembly => assembly.GetExportedTypes())
            .Where(type => !type.IsNested && imported.Contains(type.Namespace))
            .Select(NameAndArity)
            .ToHashSet();

        var ours = typeof(Mean).Assembly.GetExportedTypes().Where(type => !type.IsNested).ToArray();
        Assert.Contains(("Scalar", 0), theirs);
        Assert.All(ours, type => Assert.Equal("LoopGen", type.Namespace));
        Assert.Empty(ours.Select(NameAndArity).Intersect(theirs));
    }

    private static (string Name, int Arity) NameAndArity(Type type) =>
        (type.Name.Split('`')[0], type.GetGenericArguments().Length);
}
