using Xunit;
using static LoopGen.Generators.Tests.Analyzers.AnalyzerTest;

namespace LoopGen.Generators.Tests.Analyzers;

public sealed class FieldGroupAnalyzerTests
{
    [Theory]
    [InlineData("[{|LG0070:Frozen|}] private readonly int size = 4;", "size", "Frozen")]
    [InlineData("[{|LG0070:LearningRate(0.5)|}] private readonly Tensor scale = ones(1);", "scale", "LearningRate")]
    [InlineData("[{|LG0070:LoopGen.FrozenAttribute|}] private readonly string name = \"\";", "name", "Frozen")]
    [InlineData("[field: {|LG0070:Frozen|}] public double Rate { get; } = 1;", "Rate", "Frozen")]
    public Task LG0070_on_a_field_with_nothing_to_train(string field, string name, string attribute) => ReportsAsync(
        Model(field),
        $"{name} holds neither a module nor a Parameter, so [{attribute}] means nothing: put it on a field that does, or remove it");

    [Theory]
    [InlineData("[Frozen] private readonly Module<Tensor, Tensor> first = Linear(4, 4);")]
    [InlineData("[LearningRate(0.5)] private readonly TorchSharp.Modules.Linear first = Linear(4, 4), second = Linear(4, 4);")]
    [InlineData("[LearningRate(0)] private readonly TorchSharp.Modules.Parameter scale = new(ones(1));")]
    [InlineData("[field: LearningRate(2)] public TorchSharp.Modules.Embedding Words { get; } = Embedding(4, 4);")]
    [InlineData("[Frozen] private readonly TorchSharp.Modules.ModuleList<Module<Tensor, Tensor>> blocks = new();")]
    public Task Not_LG0070_on_modules_and_parameters(string field) => IsSilentAsync(Model(field));

    [Theory]
    [InlineData("-0.5", "-0.5", "at least 0")]
    [InlineData("double.NaN", "NaN", "at least 0")]
    [InlineData("double.PositiveInfinity", "Infinity", "finite and at least 0")]
    public Task LG0012_on_a_factor_that_cannot_be(string factor, string text, string range) => ReportsAsync(
        Model($"[LearningRate({{|LG0012:{factor}|}})] private readonly Module<Tensor, Tensor> first = Linear(4, 4);"),
        $"factor is {text}: it must be {range}");

    [Fact]
    public Task LG0064_on_a_frozen_field_with_a_rate() => ReportsAsync(
        Model("[LearningRate(0.5), {|LG0064:Frozen|}] private readonly Module<Tensor, Tensor> first = Linear(4, 4);"),
        "[Frozen] and [LearningRate] exclude each other: what is frozen learns at no rate, so remove one of them");

    [Fact]
    public Task LG0066_on_a_field_of_a_class_that_is_not_trained() => ReportsAsync(
        Model("[{|LG0066:Frozen|}] private readonly Module<Tensor, Tensor> first = Linear(4, 4);").Replace("[Compile(Loss = Loss.CrossEntropy)]", "", StringComparison.Ordinal),
        "Net has no [Compile], so no loop follows [Frozen]: add [Compile] to the class, or remove [Frozen]");

    [Theory]
    [InlineData("Frozn", "Frozen")]
    [InlineData("Freeze", "Frozen")]
    [InlineData("LearnigRate", "LearningRate")]
    public Task LG0016_on_an_attribute_of_a_field_that_is_none(string name, string meant) => ReportsAsync(
        [Model($"[{{|LG0016:{name}|}}] private readonly Module<Tensor, Tensor> first = Linear(4, 4);")],
        [$"LoopGen has no {name}: did you mean {meant}?"],
        compilerErrors: ["CS0246", "CS0246"]);

    private static string Model(string field) => Source.Usings + $$"""
        [Compile(Loss = Loss.CrossEntropy)]
        public partial class Net : Module<Tensor, Tensor>
        {
            {{field}}

            private readonly Module<Tensor, Tensor> layers = Linear(4, 3);

            public Net() : base("net") => RegisterComponents();

            public override Tensor forward(Tensor image) => layers.call(image);
        }
        """;
}
