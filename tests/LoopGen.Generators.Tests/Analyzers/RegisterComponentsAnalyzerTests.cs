using Xunit;
using static LoopGen.Generators.Tests.Analyzers.AnalyzerTest;

namespace LoopGen.Generators.Tests.Analyzers;

public sealed class RegisterComponentsAnalyzerTests
{
    private const string Layers = "    private readonly Module<Tensor, Tensor> layers = Linear(4, 3);\n";

    private const string RegisteringBase = """
        public abstract class Backbone : Module<Tensor, Tensor>
        {
            private readonly Module<Tensor, Tensor> body = Linear(4, 8);

            protected Backbone() : base("net") => RegisterComponents();

            protected Tensor Body(Tensor image) => body.call(image);
        }


        """;

    private const string PlainBase = """
        public abstract class Backbone : Module<Tensor, Tensor>
        {
            protected Module<Tensor, Tensor> body = Linear(4, 8);

            protected Backbone() : base("net") { }
        }


        """;

    [Theory]
    [InlineData("private readonly Module<Tensor, Tensor> layers = Linear(4, 3);", "layers")]
    [InlineData("private readonly Linear layers = Linear(4, 3);", "layers")]
    [InlineData("private readonly Linear first = Linear(4, 3), second = Linear(3, 3);", "first and second")]
    [InlineData("public Module<Tensor, Tensor> Layers { get; } = Linear(4, 3);", "Layers")]
    [InlineData("public readonly Parameter scale = new(torch.ones(1));", "scale")]
    [InlineData("private readonly TorchSharp.Modules.ModuleList<Module<Tensor, Tensor>> blocks = ModuleList<Module<Tensor, Tensor>>();", "blocks")]
    [InlineData("private Module<Tensor, Tensor>? head = null;", "head")]
    public Task LG0030_on_a_constructor_that_registers_nothing(string members, string names) => ReportsAsync(
        Source.Trained($"    {members}\n\n    public {{|LG0030:Net|}}() : base(\"net\") {{ }}"),
        Message(names));

    [Fact]
    public Task LG0030_on_the_one_of_two_that_does_not() => ReportsAsync(
        Source.Trained(Layers + """

                public Net() : base("net") => RegisterComponents();

                public {|LG0030:Net|}(int unused) : base("net")
                {
                    layers.register_module("other", Linear(1, 1));
                }
            """),
        Message("layers"));

    [Fact]
    public Task LG0030_on_fields_of_a_base_that_leaves_it_to_others() => ReportsAsync(
        Source.Trained("    public {|LG0030:Net|}() { }", bases: "Backbone", others: PlainBase),
        Message("body"));

    [Fact]
    public Task LG0030_on_a_class_without_a_constructor_whose_base_leaves_it_to_others() => ReportsAsync(
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
        public partial class {|LG0030:Net|} : Backbone { }
        """,
        Message("body"));

    [Theory]
    [InlineData("public Net() : base(\"net\") => this.RegisterComponents();")]
    [InlineData("public Net() : base(\"net\") { if (layers != null) { base.RegisterComponents(); } }")]
    [InlineData("public Net() : base(\"net\") => register_module(\"layers\", layers);")]
    [InlineData("public Net() : base(\"net\") { add_module(\"layers\", layers); }")]
    [InlineData("public Net() : base(\"net\") => Prepare();\n    private void Prepare() => Finish();\n    private void Finish() { RegisterComponents(); }")]
    [InlineData("public Net() : base(\"net\") { Prepare(); void Prepare() => RegisterComponents(); }")]
    [InlineData("public Net() : base(\"net\") => Width = 3;\n    private int Width { set => RegisterComponents(); }")]
    [InlineData("public Net() : base(\"net\") => Helper.Prepare(this);")]
    [InlineData("public Net() : base(\"net\") => this.Prepare();")]
    [InlineData("public Net(int width) : base(\"net\") => RegisterComponents();\n    public Net() : this(3) { }")]
    [InlineData("public Net() : base(\"net\") => RegisterComponents();\n    public Net(int width) : base(\"net\") => throw new System.NotSupportedException();")]
    [InlineData("static Net() { }\n    public Net() : base(\"net\") => RegisterComponents();")]
    public Task Not_LG0030_where_something_registers(string constructors) => IsSilentAsync(
        Source.Trained($"{Layers}\n    {constructors}") + """

            internal static class Helper
            {
                public static void Prepare(this Net net) => net.register_module("layers", Linear(1, 1));
            }
            """);

    [Fact]
    public Task Not_LG0030_where_a_method_in_another_file_registers() => IsSilentAsync(
        Source.Trained(Layers + "\n    public Net() : base(\"net\") => Prepare();"),
        "partial class Net { private void Prepare() => RegisterComponents(); }");

    [Theory]
    [InlineData("private readonly int width = 3;")]
    [InlineData("private static readonly Module<Tensor, Tensor> Shared = Linear(4, 3);")]
    [InlineData("private readonly Tensor mean = torch.zeros(1);")]
    [InlineData("private Module<Tensor, Tensor> Computed => Linear(4, 3);")]
    public Task Not_LG0030_without_modules_or_parameters(string members)
        => IsSilentAsync(Source.Trained($"    {members}\n\n    public Net() : base(\"net\") {{ }}"));

    [Fact]
    public Task Not_LG0030_on_an_untrained_class() => IsSilentAsync(
        Source.Class("public class Net : Module<Tensor, Tensor>", Layers + "\n    public Net() : base(\"net\") { }"));

    [Fact]
    public Task Not_LG0030_on_an_abstract_class() => IsSilentAsync(
        Source.Class("[Compile(Loss = Loss.MSE)]\npublic abstract partial class Net : Module<Tensor, Tensor>", Layers + "\n    protected Net() : base(\"net\") { }"));

    [Fact]
    public Task Not_LG0030_on_a_Sequential_without_fields() => IsSilentAsync(
        Source.Usings + """
        [Compile(Loss = Loss.MSE)]
        public partial class Net : TorchSharp.Modules.Sequential
        {
            public Net() : base(("first", Linear(4, 3))) { }
        }
        """);

    [Theory]
    [InlineData("    public Net() { }\n")]
    [InlineData("")]
    public Task Not_LG0030_where_the_base_registers_what_has_an_initializer(string constructor) => IsSilentAsync(
        Source.Trained(Layers + constructor, bases: "Backbone", others: RegisteringBase));

    [Fact]
    public Task LG0030_where_the_base_may_register_too_early() => ReportsAsync(
        Source.Trained(
            """
                private readonly Module<Tensor, Tensor> head;

                public {|LG0030:Net|}() { head = Linear(8, 3); }
            """,
            bases: "Backbone",
            others: RegisteringBase.Replace("=> RegisterComponents();", "{ if (GetType() == typeof(Backbone)) RegisterComponents(); }", StringComparison.Ordinal)),
        Message("head and body"));

    [Theory]
    [InlineData("head = Linear(8, 3);")]
    [InlineData("this.head = Linear(8, 3); RegisterComponents();")]
    [InlineData("(head, _) = (Linear(8, 3), 1); RegisterComponents();")]
    [InlineData("Prepare(); void Prepare() => head = Linear(8, 3);")]
    public Task LG0032_on_fields_that_are_set_after_the_base_registered(string body) => ReportsAsync(
        Source.Trained(
            $$"""
                private Module<Tensor, Tensor> head = null!;

                public {|LG0032:Net|}() { {{body}} }
            """,
            bases: "Backbone",
            others: RegisteringBase),
        "The constructor of Backbone has called RegisterComponents() before head is set, and a second call does nothing: give head an initializer, or call register_module(\"head\", head)");

    [Theory]
    [InlineData("private Module<Tensor, Tensor> head;", "head = Linear(8, 3); register_module(nameof(head), head);")]
    [InlineData("private Module<Tensor, Tensor> head = Linear(8, 3);", "RegisterComponents();")]
    [InlineData("private Module<Tensor, Tensor>? head;", "")]
    public Task Not_LG0032_where_they_are_registered_one_by_one_or_in_time(string field, string body) => IsSilentAsync(
        Source.Trained(
            $"    {field}\n\n    public Net() {{ {body} }}\n    public Tensor Use(Tensor image) => head is null ? image : head.call(image);",
            bases: "Backbone",
            others: RegisteringBase));

    [Fact]
    public Task Not_LG0032_where_the_base_leaves_it_to_others() => IsSilentAsync(
        Source.Trained(
            """
                private readonly Module<Tensor, Tensor> head;

                public Net() { head = Linear(8, 3); RegisterComponents(); }
            """,
            bases: "Backbone",
            others: PlainBase));

    [Theory]
    [InlineData("{|LG0033:RegisterComponents()|}; layers = Linear(4, 3); RegisterComponents();")]
    [InlineData("{|LG0033:this.RegisterComponents()|}; if (width > 3) { this.layers = Linear(4, width); }")]
    public Task LG0033_on_a_call_before_the_fields_are_set(string body) => ReportsAsync(
        Source.Trained($"    private Module<Tensor, Tensor> layers = null!;\n\n    public Net(int width) : base(\"net\") {{ {body} }}"),
        "Call RegisterComponents() at the end of the constructor: here it runs before layers is set, whose weights are then never trained");

    [Theory]
    [InlineData("layers = Linear(4, 3); RegisterComponents(); count = 3; layers.train();")]
    [InlineData("Prepare(); RegisterComponents(); void Prepare() => layers = Linear(4, 3);")]
    [InlineData("RegisterComponents(); layers = Linear(4, 3); register_module(nameof(layers), layers);")]
    [InlineData("layers = Linear(4, 3); if (width > 3) { RegisterComponents(); count = 3; }")]
    public Task Not_LG0033_on_a_call_behind_them(string body) => IsSilentAsync(
        Source.Trained($"    private Module<Tensor, Tensor> layers = null!;\n    public int count;\n\n    public Net(int width) : base(\"net\") {{ {body} }}"));

    [Theory]
    [InlineData("private readonly Module<Tensor, Tensor> layers = Linear(inputs, 3);", "long inputs", "layers")]
    [InlineData("public Tensor Use(Tensor image) => body.call(image);", "Module<Tensor, Tensor> body", "body")]
    public Task LG0031_on_a_primary_constructor(string members, string parameters, string names) => ReportsAsync(
        [
            $$"""
            {{Source.Usings}}[Compile(Loss = Loss.MSE)]
            public partial class Net{|LG0031:({{parameters}})|} : Module<Tensor, Tensor>("net")
            {
                {{members}}

                public override Tensor forward(Tensor image) => image;
            }
            """,
        ],
        [$"Write an ordinary constructor that ends with RegisterComponents(): a primary constructor cannot call it, so the weights of {names} are never trained"]);

    [Theory]
    [InlineData("(double factor)", "Module<Tensor, Tensor>(\"net\")", "private readonly double factor = factor;")]
    [InlineData("(long inputs)", "Backbone", "private readonly Module<Tensor, Tensor> layers = Linear(inputs, 3);")]
    public Task Not_LG0031_without_modules_or_where_the_base_registers(string parameters, string bases, string members) => IsSilentAsync(
        $$"""
        {{Source.Usings}}{{RegisteringBase}}[Compile(Loss = Loss.MSE)]
        public partial class Net{{parameters}} : {{bases}}
        {
            {{members}}

            public override Tensor forward(Tensor image) => image;
        }
        """);

    private static string Message(string names)
        => $"End this constructor with RegisterComponents(): without it the optimizer does not see the weights of {names}, and they are never trained";
}
