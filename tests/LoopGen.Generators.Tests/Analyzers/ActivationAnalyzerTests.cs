using Xunit;
using static LoopGen.Generators.Tests.Analyzers.AnalyzerTest;

namespace LoopGen.Generators.Tests.Analyzers;

public sealed class ActivationAnalyzerTests
{
    private const string Layers = "Linear(4, 3)";

    [Theory]
    [InlineData("=> nn.functional.{|LG0040:softmax|}(layers.call(image), 1);", "softmax")]
    [InlineData("=> torch.{|LG0040:softmax|}(layers.call(image), 1);", "softmax")]
    [InlineData("=> special.{|LG0040:log_softmax|}(layers.call(image), dim: 1);", "log_softmax")]
    [InlineData("=> functional.{|LG0040:log_softmax|}(layers.call(image), 1);", "log_softmax")]
    [InlineData("=> {|LG0040:softmax|}(layers.call(image), 1);", "softmax")]
    [InlineData("=> layers.call(image).{|LG0040:softmax|}(1);", "softmax")]
    [InlineData("=> (layers.call(image).{|LG0040:log_softmax|}(-1))!;", "log_softmax")]
    [InlineData("{ return layers.call(image).{|LG0040:softmax|}(1); }", "softmax")]
    [InlineData("{ var y = layers.call(image); y = softmax(y, 1); y = y.{|LG0040:softmax|}(1); return y; }", "softmax")]
    [InlineData("{ var logits = layers.call(image); var y = {|LG0040:softmax|}(logits, 1); return y; }", "softmax")]
    [InlineData("{ using (NewDisposeScope()) { return layers.call(image).{|LG0040:softmax|}(1).MoveToOuterDisposeScope(); } }", null)]
    public Task LG0040_on_a_softmax_at_the_end_of_forward(string body, string? name) => name is null
        ? IsSilentAsync(Model("CrossEntropy", Layers, body.Replace("{|LG0040:softmax|}", "softmax", StringComparison.Ordinal)))
        : ReportsAsync(Model("CrossEntropy", Layers, body), Softmax(name));

    [Fact]
    public Task LG0040_on_every_return() => ReportsAsync(
        Model("CrossEntropy", Layers, "{ if (image.dim() > 1) { return image.{|LG0040:softmax|}(1); } return layers.call(image).{|LG0040:log_softmax|}(0); }"),
        Softmax("softmax"),
        Softmax("log_softmax"));

    [Theory]
    [InlineData("Sequential(Linear(4, 3), {|LG0040:Softmax(1)|})", "Softmax")]
    [InlineData("Sequential(Linear(4, 3), {|LG0040:nn.LogSoftmax(1)|})", "LogSoftmax")]
    [InlineData("nn.Sequential((\"linear\", Linear(4, 3)), (\"softmax\", {|LG0040:Softmax(dim: 1)|}))", "Softmax")]
    [InlineData("Sequential(new Module<Tensor, Tensor>[] { Linear(4, 3), {|LG0040:Softmax(1)|} })", "Softmax")]
    [InlineData("Sequential(ReLU(), Sequential(Linear(4, 3), {|LG0040:Softmax2d()|}))", "Softmax2d")]
    public Task LG0040_on_a_softmax_at_the_end_of_a_Sequential(string layers, string name)
        => ReportsAsync(Model("CrossEntropy", layers, "=> layers.call(image);"), Softmax(name));

    [Theory]
    [InlineData("=> this.layers.forward(image);")]
    [InlineData("{ image = image.flatten(1); return layers.call(image); }")]
    [InlineData("{ var output = layers.call(image); return output; }")]
    public Task LG0040_on_a_Sequential_that_forward_returns_the_call_of(string body)
        => ReportsAsync(Model("CrossEntropy", "Sequential(Linear(4, 3), {|LG0040:Softmax(1)|})", body), Softmax("Softmax"));

    [Fact]
    public Task LG0040_on_a_Sequential_of_the_constructor_in_another_part() => ReportsAsync(
        [
            Source.Usings + "partial class Net { public override Tensor forward(Tensor image) => layers.call(image); }",
            Source.Usings + """
            [Compile(Loss = Loss.CrossEntropy)]
            public partial class Net : Module<Tensor, Tensor>
            {
                private readonly Sequential layers;

                public Net() : base("net")
                {
                    this.layers = Sequential(Linear(4, 3), {|LG0040:Softmax(1)|});
                    RegisterComponents();
                }
            }
            """,
        ],
        [Softmax("Softmax")]);

    [Fact]
    public Task LG0040_on_a_field_that_is_a_softmax() => ReportsAsync(
        Model("CrossEntropy", "Softmax(1)", "=> {|LG0040:layers|}.call(image.flatten(1));"),
        Softmax("Softmax"));

    [Theory]
    [InlineData("CrossEntropy", "Sequential(Linear(4, 3), Softmax(1), ReLU())", "=> layers.call(image);")]
    [InlineData("CrossEntropy", "Sequential(Softmax(1), Linear(4, 3))", "=> layers.call(image.softmax(1));")]
    [InlineData("CrossEntropy", "Sequential(Linear(4, 3), Softmax(1))", "=> layers.call(image) * image;")]
    [InlineData("CrossEntropy", "Sequential(Linear(4, 3), Softmax(1))", "=> image;")]
    [InlineData("CrossEntropy", Layers, "=> training ? layers.call(image) : layers.call(image).softmax(1);")]
    [InlineData("CrossEntropy", Layers, "{ if (!training) { return layers.call(image).softmax(1); } return layers.call(image); }")]
    [InlineData("CrossEntropy", Layers, "{ Tensor Weights(Tensor x) { return x.softmax(1); } return layers.call(Weights(image)); }")]
    [InlineData("CrossEntropy", Layers, "=> Mine.softmax(layers.call(image));")]
    [InlineData("CrossEntropy", "Mine.Softmax(1)", "=> layers.call(image);")]
    [InlineData("CrossEntropy", Layers, "=> layers.call(image).sigmoid();")]
    [InlineData("NLL", "Sequential(Linear(4, 3), LogSoftmax(1))", "=> layers.call(image);")]
    [InlineData("NLL", Layers, "=> layers.call(image).log_softmax(1);")]
    [InlineData("MSE", "Sequential(Linear(4, 3), Softmax(1))", "=> layers.call(image).softmax(1);")]
    [InlineData("BCEWithLogits", Layers, "=> layers.call(image).softmax(1);")]
    public Task Not_LG0040_elsewhere(string loss, string layers, string body) => IsSilentAsync(Model(loss, layers, body));

    [Fact]
    public Task Not_LG0040_on_a_field_that_is_set_twice() => IsSilentAsync(Source.Usings + """
        [Compile(Loss = Loss.CrossEntropy)]
        public partial class Net : Module<Tensor, Tensor>
        {
            private readonly Sequential layers;

            public Net(bool isForUse) : base("net")
            {
                if (isForUse)
                {
                    layers = Sequential(Linear(4, 3), Softmax(1));
                }
                else
                {
                    layers = Sequential(Linear(4, 3));
                }

                RegisterComponents();
            }

            public override Tensor forward(Tensor image) => layers.call(image);
        }
        """);

    [Fact]
    public Task Not_LG0040_on_a_class_that_is_not_trained()
        => IsSilentAsync(Model("CrossEntropy", Layers, "=> layers.call(image).softmax(1);").Replace("[Compile(Loss = Loss.CrossEntropy)]", string.Empty, StringComparison.Ordinal));

    [Fact]
    public Task Not_LG0040_on_a_class_inside_the_model() => IsSilentAsync(
        Model("CrossEntropy", Layers, """
            => layers.call(image);

                private sealed class Attention : Module<Tensor, Tensor>
                {
                    public Attention() : base("attention") { }
                    public override Tensor forward(Tensor scores) => scores.softmax(1);
                }
            """));

    [Theory]
    [InlineData(Layers, "=> torch.{|LG0041:sigmoid|}(layers.call(image));", "sigmoid")]
    [InlineData(Layers, "=> nn.functional.{|LG0041:sigmoid|}(layers.call(image));", "sigmoid")]
    [InlineData(Layers, "=> layers.call(image).{|LG0041:sigmoid_|}();", "sigmoid_")]
    [InlineData(Layers, "=> special.{|LG0041:expit|}(layers.call(image));", "expit")]
    [InlineData("Sequential(Linear(4, 1), {|LG0041:Sigmoid()|})", "=> layers.call(image);", "Sigmoid")]
    public Task LG0041_on_a_sigmoid_at_the_end(string layers, string body, string name)
        => ReportsAsync(Model("BCEWithLogits", layers, body), $"BCEWithLogits takes logits and applies the sigmoid itself: remove {name} from the end of forward");

    [Theory]
    [InlineData("BCEWithLogits", "Sequential(Linear(4, 1), Sigmoid(), Linear(1, 1))", "=> layers.call(image);")]
    [InlineData("BCEWithLogits", Layers, "=> layers.call(image).sigmoid() * image;")]
    [InlineData("BCE", "Sequential(Linear(4, 1), Sigmoid())", "=> layers.call(image);")]
    [InlineData("BCE", Layers, "=> layers.call(image).sigmoid();")]
    [InlineData("MSE", Layers, "=> layers.call(image).sigmoid();")]
    public Task Not_LG0041_elsewhere(string loss, string layers, string body) => IsSilentAsync(Model(loss, layers, body));

    private static string Softmax(string name) => $"CrossEntropy takes logits and applies log-softmax itself: remove {name} from the end of forward";

    private static string Model(string loss, string layers, string body) => $$"""
        {{Source.Usings}}[Compile(Loss = Loss.{{loss}})]
        public partial class Net : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> layers = {{layers}};

            public Net() : base("net") => RegisterComponents();

            public override Tensor forward(Tensor image) {{body}}
        }

        public static class Mine
        {
            public static Tensor softmax(Tensor x) => x;

            public static Module<Tensor, Tensor> Softmax(int dim) => Linear(dim, dim);
        }
        """;
}
