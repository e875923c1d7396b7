using LoopGen.Generators.Tests.Analyzers;
using Xunit;
using static LoopGen.Generators.Tests.CodeFixes.FixTest;

namespace LoopGen.Generators.Tests.CodeFixes;

public sealed class RemoveActivationFixTests
{
    private const string Title = "Remove the activation";
    private const string Call = "=> layers.call(image);";

    [Theory]
    [InlineData("=> nn.functional.softmax(layers.call(image), 1);", Call)]
    [InlineData("=> special.log_softmax(dim: 1, input: layers.call(image));", Call)]
    [InlineData("=> layers.call(image).softmax(1);", Call)]
    [InlineData("{\n        // sure\n        return layers.call(image)\n            .softmax(1); // of three\n    }", "{\n        // sure\n        return layers.call(image); // of three\n    }")]
    [InlineData("{ image = layers.call(image); image = image.softmax(1); return image; }", "{ image = layers.call(image); image = image; return image; }")]
    public Task LG0040_the_call_goes(string before, string after)
        => FixesAsync("LG0040", Title, Model("CrossEntropy", "Linear(4, 3)", before), Model("CrossEntropy", "Linear(4, 3)", after));

    [Theory]
    [InlineData("Sequential(Linear(4, 3), Softmax(1))", "Sequential(Linear(4, 3))")]
    [InlineData("Sequential(\n        Linear(4, 3),\n        Softmax(1))", "Sequential(\n        Linear(4, 3))")]
    [InlineData("Sequential((\"a\", Linear(4, 3)), (\"b\", Softmax(1)))", "Sequential((\"a\", Linear(4, 3)))")]
    [InlineData("Sequential(new Module<Tensor, Tensor>[] { Linear(4, 3), Softmax(1) })", "Sequential(new Module<Tensor, Tensor>[] { Linear(4, 3) })")]
    public Task LG0040_the_module_goes(string before, string after)
        => FixesAsync("LG0040", Title, Model("CrossEntropy", before, Call), Model("CrossEntropy", after, Call));

    [Fact]
    public Task LG0040_the_call_of_a_module_goes() => FixesAsync(
        "LG0040",
        Title,
        Model("CrossEntropy", "Softmax(1)", "=> layers.call(image.flatten(1));"),
        Model("CrossEntropy", "Softmax(1)", "=> image.flatten(1);"));

    [Fact]
    public Task LG0040_offers_nothing_where_nothing_would_be_left()
        => OffersNothingAsync("LG0040", Model("CrossEntropy", "Sequential(Softmax(1))", Call));

    [Theory]
    [InlineData("Linear(4, 3)", "=> torch.sigmoid(layers.call(image));", "Linear(4, 3)", Call)]
    [InlineData("Sequential(Linear(4, 3), Sigmoid())", Call, "Sequential(Linear(4, 3))", Call)]
    public Task LG0041_the_sigmoid_goes(string layers, string body, string layersAfter, string bodyAfter)
        => FixesAsync("LG0041", Title, Model("BCEWithLogits", layers, body), Model("BCEWithLogits", layersAfter, bodyAfter));

    private static string Model(string loss, string layers, string body) => $$"""
        {{Source.Usings}}[Compile(Loss = Loss.{{loss}})]
        public partial class Net : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> layers = {{layers}};

            public Net() : base("net") => RegisterComponents();

            public override Tensor forward(Tensor image) {{body}}
        }
        """;
}
