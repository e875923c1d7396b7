using Microsoft.CodeAnalysis.CSharp;
using Xunit;
using static LoopGen.Generators.Tests.Analyzers.AnalyzerTest;

namespace LoopGen.Generators.Tests.Analyzers;

public sealed class ShapeAnalyzerTests
{
    private const string Members = """
            private readonly Module<Tensor, Tensor> layers = Linear(4, 3);

            public Net() : base("net") => RegisterComponents();
        """;

    // The compiler reports it; the generator must not throw, which would hide every other loop.
    [Fact]
    public Task A_class_with_two_Compile_on_two_parts_has_one_loop() => ReportsAsync(
        [Source.Compile("Loss = Loss.MSE"), Source.Usings + "[Compile(Loss = Loss.MSE)] partial class Net { }"],
        [],
        compilerErrors: ["CS0579"]);

    [Fact]
    public Task LG0001_on_a_class_that_is_not_partial() => ReportsAsync(
        Source.Class("[Compile(Loss = Loss.MSE)]\npublic class {|LG0001:Net|} : Module<Tensor, Tensor>", Members),
        "Make Net partial: LoopGen writes Fit, Evaluate and Predict into another part of Net");

    [Fact]
    public Task LG0001_on_every_class_around_it_that_is_not_partial_and_on_each_once() => ReportsAsync(
        Source.Usings + """
        public class {|LG0001:Outer|}
        {
            public partial class Middle
            {
                [Compile(Loss = Loss.MSE)]
                public class {|LG0001:First|} : Module<Tensor, Tensor>
                {
                    public First() : base("first") { }
                    public override Tensor forward(Tensor image) => image;
                }
            }

            [Compile(Loss = Loss.MSE)]
            public partial class Second : Module<Tensor, Tensor>
            {
                public Second() : base("second") { }
                public override Tensor forward(Tensor image) => image;
            }
        }
        """,
        "Make Outer partial: LoopGen writes Fit, Evaluate and Predict into another part of First",
        "Make First partial: LoopGen writes Fit, Evaluate and Predict into another part of First");

    [Fact]
    public Task LG0001_on_one_part_of_two() => ReportsAsync(
        [
            Source.Class("[Compile(Loss = Loss.MSE)]\npublic partial class Net : Module<Tensor, Tensor>", Members),
            "public class {|LG0001:Net|} { }",
        ],
        ["Make Net partial: LoopGen writes Fit, Evaluate and Predict into another part of Net"],
        compilerErrors: ["CS0260"]);

    [Fact]
    public Task Not_LG0001_on_nested_partial_classes_and_on_untrained_ones() => IsSilentAsync(
        Source.Usings + """
        public partial class Outer
        {
            public class Other { }

            public partial struct Middle
            {
                [Compile(Loss = Loss.MSE)]
                public partial class Net : Module<Tensor, Tensor>
                {
                    public Net() : base("net") { }
                    public override Tensor forward(Tensor image) => image;
                }
            }
        }

        public class Untrained : Module<Tensor, Tensor>
        {
            public Untrained() : base("untrained") { }
            public override Tensor forward(Tensor image) => image;
        }
        """);

    [Theory]
    [InlineData("public partial class {|LG0002:Net|}")]
    [InlineData("public partial class {|LG0002:Net|} : System.Collections.Generic.List<Tensor>")]
    [InlineData("public static partial class {|LG0002:Net|}")]
    public Task LG0002_on_a_class_that_is_no_module(string declaration) => ReportsAsync(
        $"{Source.Usings}[Compile(Loss = Loss.MSE)]\n{declaration} {{ }}",
        "Net is not a TorchSharp module: derive it from Module<Tensor, Tensor>");

    [Fact]
    public Task LG0002_on_a_class_that_derives_from_another_Module() => ReportsAsync(
        """
        namespace Mine
        {
            public class Module<TInput, TOutput> { }

            [LoopGen.Compile(Loss = LoopGen.Loss.MSE)]
            public partial class {|LG0002:Net|} : Module<int, int> { }
        }
        """,
        "Net is not a TorchSharp module: derive it from Module<Tensor, Tensor>");

    // The compiler's own error says all there is to say.
    [Fact]
    public Task Not_LG0002_where_the_base_is_unknown() => ReportsAsync(
        ["[LoopGen.Compile(Loss = LoopGen.Loss.MSE)]\npublic partial class Net : Module<Tensor, Tensor> { }"],
        [],
        compilerErrors: ["CS0246", "CS0246", "CS0246"]);

    [Fact]
    public Task Not_LG0002_where_a_base_of_the_base_is_a_module() => IsSilentAsync(
        Source.Trained(
            "public Net() : base() { }",
            bases: "Middle",
            others: """
                public abstract class Middle : Module<Tensor, Tensor>
                {
                    protected Middle() : base("middle") { }
                }


                """));

    [Theory]
    [InlineData("Module<Tensor, Tensor, Tensor>", "Module<Tensor, Tensor, Tensor>, whose forward takes (Tensor, Tensor) and returns Tensor", "Tensor forward(Tensor a, Tensor b) => a")]
    [InlineData("Module<Tensor, (Tensor, Tensor)>", "Module<Tensor, (Tensor, Tensor)>, whose forward takes Tensor and returns (Tensor, Tensor)", "(Tensor, Tensor) forward(Tensor a) => (a, a)")]
    [InlineData("Module<long, Tensor>", "Module<long, Tensor>, whose forward takes long and returns Tensor", "Tensor forward(long a) => zeros(a)")]
    [InlineData("TorchSharp.torch.nn.Module<Tensor, int>", "Module<Tensor, int>, whose forward takes Tensor and returns int", "int forward(Tensor a) => 0")]
    public Task LG0003_on_a_forward_of_another_shape(string module, string words, string forward) => ReportsAsync(
        $$"""
        {{Source.Usings}}[Compile(Loss = Loss.MSE)]
        public partial class Net : {|LG0003:{{module}}|}
        {
            public Net() : base("net") { }
            public override {{forward}};
        }
        """,
        $"Net is a {words}: LoopGen trains a Module<Tensor, Tensor>, whose forward takes one Tensor and returns one");

    [Fact]
    public Task LG0003_on_a_module_without_forward() => ReportsAsync(
        $$"""
        {{Source.Usings}}[Compile(Loss = Loss.MSE)]
        public partial class Net : System.IDisposable
        {
            public Net() : base("net") { }
        }

        partial class Net : {|LG0003:Module|} { }
        """,
        "Net is a Module, which has no forward: LoopGen trains a Module<Tensor, Tensor>, whose forward takes one Tensor and returns one");

    [Fact]
    public Task Not_LG0003_where_a_generic_base_comes_to_the_right_shape() => IsSilentAsync(
        Source.Trained(
            "public Net() : base() { }",
            bases: "Middle<Tensor>",
            others: """
                public abstract class Middle<T> : Module<T, Tensor>
                {
                    protected Middle() : base("middle") { }
                }


                """));

    [Fact]
    public Task LG0004_on_a_record() => ReportsAsync(
        [$"{Source.Usings}[Compile(Loss = Loss.MSE)]\npublic partial record {{|LG0004:Net|}} {{ }}"],
        ["Net is a record, which cannot derive from a module: declare it as a class"]);

    [Fact]
    public Task LG0004_on_a_file_class() => ReportsAsync(
        Source.Class("[Compile(Loss = Loss.MSE)]\nfile partial class {|LG0004:Net|} : Module<Tensor, Tensor>", Members),
        "Net is a file type, which cannot have a part in an emitted file: remove the modifier file");

    [Fact]
    public Task LG0004_on_a_file_class_around_a_model() => ReportsAsync(
        Source.Usings + """
        file partial class {|LG0004:Outer|}
        {
            [Compile(Loss = Loss.MSE)]
            public partial class Net : Module<Tensor, Tensor>
            {
                public Net() : base("net") { }
                public override Tensor forward(Tensor image) => image;
            }
        }
        """,
        "Outer is a file type, which cannot have a part in an emitted file: remove the modifier file");

    [Fact]
    public Task Not_LG0004_on_a_record_or_file_class_that_is_not_trained() => IsSilentAsync(
        Source.Compile("Loss = Loss.MSE") + "\nfile class Helper { }\npublic record Settings(int Epochs);");

    [Fact]
    public Task LG0005_below_CSharp_12() => ReportsAsync(
        [Source.Class("[Compile(Loss = Loss.MSE)]\npublic partial class {|LG0005:Net|} : Module<Tensor, Tensor>", Members)],
        ["LoopGen writes C# 12, and this project is compiled as C# 11.0: set <LangVersion>12</LangVersion> in the project file, or build with the .NET 8 SDK or a newer one"],
        language: LanguageVersion.CSharp11);

    [Fact]
    public Task Not_LG0005_above_CSharp_12() => ReportsAsync(
        [Source.Compile("Loss = Loss.MSE")],
        [],
        language: LanguageVersion.CSharp13);
}
