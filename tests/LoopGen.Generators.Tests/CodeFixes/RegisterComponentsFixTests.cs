using LoopGen.Generators.Tests.Analyzers;
using Xunit;
using static LoopGen.Generators.Tests.CodeFixes.FixTest;

namespace LoopGen.Generators.Tests.CodeFixes;

public sealed class RegisterComponentsFixTests
{
    private const string Title = "End with RegisterComponents()";
    private const string Field = "    private Module<Tensor, Tensor> layers = Linear(4, 3);\n\n";

    [Theory]
    [InlineData(
        "    public Net() : base(\"net\") { }",
        "    public Net() : base(\"net\")\n    {\n        RegisterComponents();\n    }")]
    [InlineData(
        "    public Net() : base(\"net\")\n    {\n    }",
        "    public Net() : base(\"net\")\n    {\n        RegisterComponents();\n    }")]
    [InlineData(
        "    public Net() : base(\"net\") { layers = Linear(4, 3); layers.train(); }",
        "    public Net() : base(\"net\")\n    {\n        layers = Linear(4, 3);\n        layers.train();\n        RegisterComponents();\n    }")]
    [InlineData(
        "    public Net() : base(\"net\")\n    {\n        layers = Linear(4, 3); // wide\n\n        // enough\n    }",
        "    public Net() : base(\"net\")\n    {\n        layers = Linear(4, 3); // wide\n\n        // enough\n        RegisterComponents();\n    }")]
    [InlineData(
        "    public Net() : base(\"net\")\n    {\n        layers.train();\n        return;\n    }",
        "    public Net() : base(\"net\")\n    {\n        layers.train();\n        RegisterComponents();\n        return;\n    }")]
    [InlineData(
        "    public Net() : base(\"net\") => layers = Linear(4, 3);",
        "    public Net() : base(\"net\")\n    {\n        layers = Linear(4, 3);\n        RegisterComponents();\n    }")]
    [InlineData(
        "    public Net()\n        : base(\"net\")\n        => layers = // wide\n            Linear(4, 3);",
        "    public Net()\n        : base(\"net\")\n    {\n        layers = // wide\n            Linear(4, 3);\n        RegisterComponents();\n    }")]
    [InlineData(
        "    public Net() : base(\"net\") => // why\n        layers = Linear(4, 3);",
        "    public Net() : base(\"net\")\n    {\n        // why\n        layers = Linear(4, 3);\n        RegisterComponents();\n    }")]
    public Task LG0030_the_call_is_the_last_statement(string before, string after)
        => FixesAsync("LG0030", Title, Source.Trained(Field + before), Source.Trained(Field + after));

    [Fact]
    public Task LG0030_keeps_tabs_braces_and_line_ends()
    {
        return FixesAsync("LG0030", Title, Model("public Net() : base(\"net\") { }"), Model("public Net() : base(\"net\") {\n\t\tRegisterComponents();\n\t}"));

        static string Model(string constructor) => $$"""
            {{Source.Usings}}[Compile(Loss = Loss.MSE)]
            public partial class Net : Module<Tensor, Tensor> {
            {{"\t"}}private Module<Tensor, Tensor> layers = Linear(4, 3);
            {{"\t"}}{{constructor}}
            {{"\t"}}public override Tensor forward(Tensor image) => image;
            }
            """.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal);
    }

    [Fact]
    public Task LG0030_all_of_a_file_at_once() => FixesAllAsync(
        "LG0030",
        Title,
        Source.Trained(Field + "    public Net() : base(\"net\") { }\n\n    public Net(int width) : base(\"net\") => layers = Linear(4, width);"),
        Source.Trained(Field + """
                public Net() : base("net")
                {
                    RegisterComponents();
                }

                public Net(int width) : base("net")
                {
                    layers = Linear(4, width);
                    RegisterComponents();
                }
            """));

    [Fact]
    public Task LG0030_offers_nothing_where_there_is_no_constructor() => OffersNothingAsync(
        "LG0030",
        """
        using LoopGen;
        using static TorchSharp.torch;
        using static TorchSharp.torch.nn;

        public class Backbone : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> body = Linear(4, 8);

            public Backbone() : base("net") { }

            public override Tensor forward(Tensor image) => body.call(image);
        }

        [Compile(Loss = Loss.MSE)]
        public partial class Net : Backbone { }
        """);

    [Theory]
    [InlineData(
        "        RegisterComponents();\n        layers = Linear(4, 3);\n",
        "        layers = Linear(4, 3);\n        RegisterComponents();\n")]
    [InlineData(
        "        layers.train();\n        this.RegisterComponents();\n\n        // wide\n        layers = Linear(4, 3); // enough\n",
        "        layers.train();\n\n        // wide\n        layers = Linear(4, 3); // enough\n        this.RegisterComponents();\n")]
    public Task LG0033_the_call_moves_to_the_end(string before, string after) => FixesAsync(
        "LG0033",
        "Move to the end",
        Source.Trained($"{Field}    public Net() : base(\"net\")\n    {{\n{before}    }}"),
        Source.Trained($"{Field}    public Net() : base(\"net\")\n    {{\n{after}    }}"));

    [Fact]
    public Task LG0033_offers_nothing_where_the_call_shares_its_line() => OffersNothingAsync(
        "LG0033",
        Source.Trained(Field + "    public Net() : base(\"net\") { RegisterComponents(); layers = Linear(4, 3); }"));
}
