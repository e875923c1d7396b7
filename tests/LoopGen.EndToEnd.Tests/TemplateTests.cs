using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using LoopGen.EndToEnd.Tests.Infrastructure;
using Xunit;

namespace LoopGen.EndToEnd.Tests;

/// <summary>What <c>dotnet new</c> makes of the templates, as they are packed.</summary>
public sealed class TemplateTests(Workspace workspace)
{
    private static readonly string Templates = Path.Combine(Repository.Root, "src", "LoopGen.Templates", "templates");

    private string Hive => workspace.PathOf("hive");

    [Fact]
    public async Task A_new_program_trains_and_new_models_beside_it_build_without_a_warning()
    {
        (await DotNet.Run(workspace.PathOf(), "new", "install", await workspace.PackTemplates(), "--debug:custom-hive", this.Hive)).Succeeded();

        // A name that is no namespace.
        await this.New(workspace.PathOf(), "loopgen-console", "-o", "My-Spirals");
        var folder = workspace.PathOf("My-Spirals");
        await this.New(folder, "loopgen-model", "-n", "Topics", "--loss", "NLL", "--optimizer", "SGD");
        await this.New(folder, "loopgen-model", "-n", "Verdict", "--loss", "BCEWithLogits");
        await this.New(folder, "loopgen-model", "-n", "Price", "--loss", "SmoothL1");

        Assert.Contains(" 0 Warning(s)", (await DotNet.Run(folder, "build")).Succeeded().Output);
        Assert.Equal(
            ["Price", "SpiralClassifier", "Topics", "Verdict"],
            Directory.GetFiles(Path.Combine(folder, "obj"), "My_Spirals.*.Fit.g.cs", SearchOption.AllDirectories)
                .Select(file => Path.GetFileName(file).Split('.')[1]).Order(StringComparer.Ordinal));

        var run = (await DotNet.Run(folder, "run", "--no-build")).Succeeded();
        Assert.Contains("Epoch 10/10", run.Output);
        var accuracy = Regex.Match(run.Output, @"Accuracy on 600 points that it has never seen: ([\d.]+)").Groups[1].Value;
        Assert.InRange(double.Parse(accuracy, CultureInfo.InvariantCulture), 95, 100);
    }

    [Fact]
    public void They_name_the_versions_that_the_repository_has()
    {
        var references = XDocument.Load(Path.Combine(Templates, "loopgen-console", "LoopGenConsole.csproj")).Descendants("PackageReference")
            .ToDictionary(reference => reference.Attribute("Include")!.Value, reference => reference.Attribute("Version")!.Value);
        Assert.Equal("LOOPGEN_VERSION", references["LoopGen"]);
        Assert.All(references.Where(reference => reference.Key != "LoopGen"), reference => Assert.Equal(Repository.VersionOf(reference.Key), reference.Value));
    }

    [Fact]
    public void They_offer_every_loss_and_every_optimizer()
    {
        var settings = JsonDocument.Parse(File.ReadAllText(Path.Combine(Templates, "loopgen-model", ".template.config", "template.json")));
        foreach (var name in new[] { "Loss", "Optimizer" })
        {
            var offered = settings.RootElement.GetProperty("symbols").GetProperty(name).GetProperty("choices").EnumerateArray()
                .Select(choice => choice.GetProperty("choice").GetString());
            var source = File.ReadAllText(Path.Combine(Repository.Root, "src", "LoopGen", "Attributes", name + ".cs"));
            var members = Regex.Matches(source, @"^    (\w+)(?: = \d+)?,\r?$", RegexOptions.Multiline).Select(member => member.Groups[1].Value);

            Assert.Equal(members.Order(StringComparer.Ordinal), offered.Order(StringComparer.Ordinal));
        }
    }

    private async Task New(string folder, params string[] arguments)
        => (await DotNet.Run(folder, ["new", .. arguments, "--debug:custom-hive", this.Hive])).Succeeded();
}
