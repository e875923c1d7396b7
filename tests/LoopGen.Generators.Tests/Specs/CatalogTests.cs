using System.Reflection;
using LoopGen.Generators.Features.Clipping;
using LoopGen.Generators.Features.Schedules;
using LoopGen.Generators.Model;
using LoopGen.Generators.Text;
using TorchSharp;
using TorchSharp.Modules;
using Xunit;

namespace LoopGen.Generators.Tests.Specs;

/// <summary>The tables agree with what they describe: the library's enums and attributes, TorchSharp's methods.</summary>
public sealed class CatalogTests
{
    [Fact]
    public void Every_optimizer_has_a_row() => AssertSame<LoopGen.Optimizer>(OptimizerCatalog.Rows.Select(row => (row.Value, row.Name)));

    [Fact]
    public void Every_loss_has_a_row() => AssertSame<LoopGen.Loss>(LossCatalog.Rows.Select(row => (row.Value, row.Name)));

    [Fact]
    public void Every_metric_has_a_row() => AssertSame<LoopGen.Metric>(MetricCatalog.Rows.Select(row => (row.Value, row.Name)));

    [Fact]
    public void Every_schedule_has_a_row() => AssertSame<LoopGen.Schedule>(ScheduleCatalog.Rows.Select(row => (row.Value, row.Name)));

    [Fact]
    public void Schedules_are_types_of_the_library_with_its_parameters_and_defaults()
    {
        foreach (var row in ScheduleCatalog.Rows)
        {
            var parameters = typeof(LearningRateSchedule).Assembly.GetType($"LoopGen.{row.TypeName}")!.GetConstructors().Single().GetParameters();
            var ours = row.HasWarmup ? [.. row.Parameters, ScheduleCatalog.WarmupSteps, ScheduleCatalog.WarmupFactor] : row.Parameters;

            Assert.Equal(
                ours.Select(parameter => parameter.Name),
                parameters.Skip(1).Select(parameter => parameter.Name).Where(name => name != "isHigherBetter"));
            Assert.Equal(row.IsWatching, parameters.Any(parameter => parameter.Name == "isHigherBetter"));
            foreach (var parameter in ours)
            {
                Assert.NotNull(typeof(ScheduleAttribute).GetProperty(parameter.Property));
                if (parameter.Default is { } value)
                {
                    Assert.True(parameter.Range.Contains(value));
                    Assert.Equal(value, Convert.ToDouble(parameters.Single(candidate => candidate.Name == parameter.Name).DefaultValue), 1e-15);
                }
            }
        }
    }

    [Fact]
    public void Clips_are_methods_of_the_library_with_its_parameters()
        => Assert.All(ClipCatalog.Rows, row =>
        {
            var method = typeof(Gradients).GetMethod(row.Method)!;
            Assert.Equal(row.Argument, method.GetParameters()[1].Name);
            Assert.Equal(row.ReturnsNorm, method.ReturnType == typeof(torch.Tensor));
            Assert.Equal(typeof(double), typeof(ClipGradientsAttribute).GetProperty(row.Property)!.PropertyType);
        });

    [Fact]
    public void Optimizers_take_their_arguments_by_TorchSharps_names()
    {
        foreach (var row in OptimizerCatalog.Rows)
        {
            var parameters = Factory(typeof(torch.optim), row.Factory, "IEnumerable`1").GetParameters().Select(parameter => parameter.Name).ToArray();
            string[] ours = [row.LearningRate.TorchName, .. row.Parameters.Select(parameter => parameter.TorchName), .. row.Flags.Select(flag => flag.TorchName)];

            // All of them, in TorchSharp's order: the first parameter is the tensors.
            Assert.Equal(parameters.Skip(1).Order(), ours.Order());
        }
    }

    [Fact]
    public void Losses_take_their_arguments_by_TorchSharps_names()
    {
        // What is left to torch: weights are tensors, and the reduction is always the mean.
        string[] others = ["weight", "pos_weights", "reduction"];
        foreach (var row in LossCatalog.Rows)
        {
            var parameters = Factory(typeof(torch.nn), row.Factory, null).GetParameters().Select(parameter => parameter.Name).Except(others);
            var ours = row.Parameters.Select(parameter => parameter.TorchName).ToList();
            if (row.TakesIgnoreIndex)
            {
                ours.Add("ignore_index");
            }

            Assert.Equal(parameters.Order(), ours.Order());

            // What the factory lacks; the constructor has all.
            var constructed = typeof(CrossEntropyLoss).Assembly.GetType($"TorchSharp.Modules.{row.Factory}")!.GetConstructors().Single().GetParameters();
            var theirs = constructed.Select(parameter => parameter.Name).ToArray();
            Assert.Equal(
                theirs.Except(others).Order(),
                ours.Concat((row.ConstructorParameters ?? []).Select(parameter => parameter.TorchName)).Order());
            Assert.True(!row.TakesClassWeights || theirs.Contains("weight"));
            Assert.NotNull(typeof(FirstBatch).GetMethod(row.Check));
        }
    }

    [Fact]
    public void Hyperparameters_are_properties_of_the_attribute()
    {
        foreach (var row in OptimizerCatalog.Rows)
        {
            Assert.All(row.Parameters.Append(row.LearningRate), parameter => Assert.Equal(typeof(double), Property(parameter.Property)));
            Assert.All(row.Parameters.Append(row.LearningRate), parameter => Assert.True(parameter.Range.Contains(parameter.Default)));
            Assert.All(row.Flags, flag => Assert.Equal(typeof(bool), Property(flag.Property)));
        }

        var ofLosses = LossCatalog.Rows.SelectMany(row => row.Parameters.Concat(row.ConstructorParameters ?? []));
        Assert.All(ofLosses, parameter => Assert.Equal(typeof(double), Property(parameter.Property)));
        Assert.All(ofLosses, parameter => Assert.True(parameter.Range.Contains(parameter.Default)));
        Assert.Equal(typeof(double[]), Property("ClassWeights"));
        Assert.Equal(typeof(LossDivisor), Property("Divisor"));
        Assert.Equal(ClassWeightRules.Divisors, Enum.GetNames<LossDivisor>());
        Assert.Equal(MetricCatalog.DefaultK, new MetricAttribute(LoopGen.Metric.TopKAccuracy).K);

        static Type? Property(string name) => typeof(CompileAttribute).GetProperty(name)?.PropertyType;
    }

    [Fact]
    public void Metrics_are_types_of_the_library_with_the_names_they_report()
    {
        foreach (var form in MetricCatalog.Rows.SelectMany(row => row.Forms))
        {
            var constructor = typeof(Accuracy).Assembly.GetType($"LoopGen.{form.TypeName}")!.GetConstructors().Single();
            var parameters = constructor.GetParameters().ToDictionary(parameter => parameter.Name!);

            Assert.Equal(form.Name, parameters["name"].DefaultValue);
            Assert.Equal(form.Threshold is not null, parameters.ContainsKey("threshold"));
            Assert.Equal(form.TakesIgnoreIndex, parameters.ContainsKey("ignoreIndex"));
            Assert.Equal(form.TakesK, parameters.ContainsKey("k"));
            Assert.Equal(form.TakesK ? MetricCatalog.DefaultK : null, parameters.GetValueOrDefault("k")?.DefaultValue);
        }
    }

    [Fact]
    public void Every_loss_has_a_metric_and_every_metric_one_form_for_a_loss()
    {
        Assert.All(LossCatalog.Rows, loss => Assert.Contains(MetricCatalog.Rows, metric => metric.FormFor(loss.Name) is not null));
        Assert.All(MetricCatalog.Rows, metric => Assert.Equal(metric.Forms.Length, metric.Forms.Select(form => form.Loss).Distinct().Count()));
        Assert.All(MetricCatalog.Rows.SelectMany(metric => metric.Forms), form => Assert.NotNull(LossCatalog.Get(form.Loss)));
        Assert.All(MetricCatalog.Rows, metric => Assert.Single(metric.Forms.Select(form => form.TakesK).Distinct()));
        Assert.Equal(["CrossEntropy", "BCEWithLogits", "MSE"], LossCatalog.Suggested.Select(loss => loss.Name));
    }

    [Fact]
    public void Every_type_that_emitted_code_names_exists_where_it_is_said_to_be()
    {
        var assemblies = new[] { typeof(object).Assembly, typeof(List<>).Assembly, typeof(System.CodeDom.Compiler.GeneratedCodeAttribute).Assembly, typeof(torch).Assembly, typeof(Mean).Assembly };
        string[] endings = ["", "`1", "`2", "Attribute"];
        foreach (var name in EmittedNames.All)
        {
            var full = $"{EmittedNames.NamespaceOf(name)}.{name}";
            Assert.True(
                assemblies.Any(assembly => endings.Any(ending => assembly.GetType(full + ending) is not null)),
                full);
        }
    }

    [Fact]
    public void TorchSharps_modules_have_no_member_with_a_name_that_emitted_code_uses()
    {
        // The parser does not look there.
        var members = typeof(torch.nn.Module<torch.Tensor, torch.Tensor>)
            .GetMembers(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.FlattenHierarchy)
            .Select(member => member.Name);
        Assert.Empty(members.Intersect(EmittedNames.All));
    }

    private static void AssertSame<TEnum>(IEnumerable<(int Value, string Name)> rows)
        where TEnum : struct, Enum
        => Assert.Equal(Enum.GetValues<TEnum>().Select(value => (Convert.ToInt32(value), value.ToString())).Order(), rows.Order());

    private static MethodInfo Factory(Type type, string name, string? firstParameter)
        => type.GetMethods(BindingFlags.Public | BindingFlags.Static).First(method => method.Name == name
            && (firstParameter is null || method.GetParameters()[0].ParameterType is { Name: var parameter } parameterType && parameter == firstParameter && parameterType.GenericTypeArguments[0].Name == "Parameter"));
}
