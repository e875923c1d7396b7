using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using LoopGen.Generators.Features;
using LoopGen.Generators.Loop;
using LoopGen.Generators.TakingOver;
using LoopGen.Generators.Tests.Infrastructure;
using Xunit;

namespace LoopGen.Generators.Tests.Features;

/// <summary>A feature lives in one folder, and nobody else knows it.</summary>
public sealed class FeatureRoomsTests
{
    public static TheoryData<string> Features
        => [.. FeatureList.InOrder.Select(kind => kind.Read.Method.DeclaringType!.Namespace!.Split('.')[^1]).Distinct()];

    [Theory]
    [MemberData(nameof(Features))]
    public void A_feature_is_named_in_its_folder_and_in_the_list_alone(string room)
    {
        var own = Path.Combine("Features", room);
        string[] types = [.. Sources().Where(source => source.Path.StartsWith(own + Path.DirectorySeparatorChar, StringComparison.Ordinal)).Select(source => Path.GetFileNameWithoutExtension(source.Path)).Where(name => name.EndsWith("Feature", StringComparison.Ordinal))];

        Assert.NotEmpty(types);
        Assert.All(
            Sources().Where(source => !source.Path.StartsWith(own + Path.DirectorySeparatorChar, StringComparison.Ordinal) && Path.GetFileName(source.Path) != "FeatureList.cs"),
            source => Assert.All(types, type => Assert.DoesNotMatch($@"\b{type}\b", source.Text)));
    }

    [Fact]
    public void No_emitted_name_is_looked_up_in_a_dictionary_of_strings()
        => Assert.All(Sources(), source => Assert.False(source.Text.Contains("names[\"", StringComparison.Ordinal) || source.Text.Contains("UsedTypes", StringComparison.Ordinal), source.Path));

    [Fact]
    public void Every_name_in_a_template_is_declared()
    {
        foreach (var model in Models.All.Values.SelectMany(source => EmittedModels.In(TestCompilation.Create(source), CancellationToken.None)))
        {
            var context = model.Context;
            foreach (var file in LoopFile.All)
            {
                file.Write(context);
            }

            Assert.Empty(context.UnknownNames);
        }
    }

    [Fact]
    public void Features_of_one_class_are_read_in_the_order_of_the_list()
    {
        var spec = SpecOf.Single(Models.AllBlocks);
        int[] places = [.. spec.Features.Select(feature => Array.IndexOf(FeatureList.InOrder, feature.Kind))];

        Assert.Equal(places.Order(), places);
        Assert.DoesNotContain(-1, places);
    }

    private static IEnumerable<(string Path, string Text)> Sources()
    {
        var folder = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "..", "generators", "LoopGen.Generators"));
        return Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(path => (Path: Path.GetRelativePath(folder, path), Text: File.ReadAllText(path)))
            .Where(source => !Regex.IsMatch(source.Path, @"^(obj|bin)\b"));
    }

    private static string ThisFile([CallerFilePath] string file = "") => file;
}
