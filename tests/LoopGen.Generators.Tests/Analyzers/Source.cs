namespace LoopGen.Generators.Tests.Analyzers;

/// <summary>Models around the lines that a test is about.</summary>
internal static class Source
{
    public const string Usings = """
        using LoopGen;
        using TorchSharp;
        using TorchSharp.Modules;
        using static TorchSharp.torch;
        using static TorchSharp.torch.nn;


        """;

    /// <summary>A sound model under these attributes.</summary>
    public static string Model(string attributes) => Class(
        $"{attributes}\npublic sealed partial class Net : Module<Tensor, Tensor>",
        """
        private readonly Module<Tensor, Tensor> layers = Linear(4, 3);

        public Net() : base("net") => RegisterComponents();
        """);

    /// <summary>A sound model with these arguments of <c>[Compile]</c>.</summary>
    public static string Compile(string arguments) => Model($"[Compile({arguments})]");

    /// <summary>A class of that declaration with these members, and a <c>forward</c>.</summary>
    public static string Class(string declaration, string members) => $$"""
        {{Usings}}{{declaration}}
        {
        {{members}}

            public override Tensor forward(Tensor image) => image;
        }
        """;

    /// <summary>A trained class <c>Net</c> with these members, and a <c>forward</c>.</summary>
    public static string Trained(string members, string bases = "Module<Tensor, Tensor>", string others = "") => Class(
        $"{others}[Compile(Loss = Loss.MSE)]\npublic partial class Net : {bases}",
        members);
}
