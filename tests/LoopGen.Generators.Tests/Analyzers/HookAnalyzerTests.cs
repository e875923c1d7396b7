using LoopGen.Generators.Diagnostics;
using LoopGen.Generators.Features.Hooks;
using LoopGen.Generators.Tests.Infrastructure;
using Xunit;
using static LoopGen.Generators.Tests.Analyzers.AnalyzerTest;

namespace LoopGen.Generators.Tests.Analyzers;

public sealed class HookAnalyzerTests
{
    [Theory]
    [InlineData("OnGradient", "long step", "OnGradients")]
    [InlineData("OnEpochEnds", "EpochLog log", "OnEpochEnd")]
    [InlineData("onStep", "long step", "OnStep")]
    [InlineData("on_epoch_start", "int epoch", "OnEpochBegin")]
    [InlineData("OnBatchEnd", "long step", "OnStep")]
    [InlineData("OnAfterBackward", "", "OnGradients")]
    public Task LG0050_on_a_name_that_is_almost_a_hooks(string name, string parameters, string hook) => ReportsAsync(
        [Hook($"partial void {{|LG0050:{name}|}}({parameters}) {{ }}")],
        [$"{name} is no hook, so nothing calls it: did you mean {hook}?"],
        compilerErrors: ["CS0759"]);

    [Theory]
    [InlineData("private void OnGradient(long step) { }")]
    [InlineData("partial void OnGradient(long step);\n    partial void OnGradient(long step) { }")]
    [InlineData("partial void Prepare();\n    partial void Prepare() { }")]
    [InlineData("private void OnLoaded() { }")]
    public Task Not_LG0050_on_a_method_of_the_users_own(string method) => IsSilentAsync(Hook(method));

    [Fact]
    public Task Not_LG0050_on_a_class_that_is_not_trained() => ReportsAsync(
        ["public partial class Net { partial void OnGradient(long step) { } }"],
        [],
        compilerErrors: ["CS0759"]);

    [Theory]
    [InlineData("OnTrainBegin{|LG0051:(int epoch)|}", "OnTrainBegin()")]
    [InlineData("OnEpochBegin{|LG0051:(long epoch)|}", "OnEpochBegin(int epoch)")]
    [InlineData("OnEpochBegin{|LG0051:()|}", "OnEpochBegin(int epoch)")]
    [InlineData("OnBatch{|LG0051:(long step, Tensor image, Tensor target)|}", "OnBatch(long step, ref Tensor image, ref Tensor target)")]
    [InlineData("OnBatch{|LG0051:(ref Tensor image, ref Tensor target, long step)|}", "OnBatch(long step, ref Tensor image, ref Tensor target)")]
    [InlineData("OnLoss{|LG0051:(long step, Tensor loss)|}", "OnLoss(long step, ref Tensor loss)")]
    [InlineData("OnLoss{|LG0051:(ref Tensor loss)|}", "OnLoss(long step, ref Tensor loss)")]
    [InlineData("OnGradients{|LG0051:(int step)|}", "OnGradients(long step)")]
    [InlineData("OnStep{|LG0051:(params long[] step)|}", "OnStep(long step)")]
    [InlineData("OnStep<T>{|LG0051:(long step)|}", "OnStep(long step)")]
    [InlineData("OnEpochEnd{|LG0051:(Scores log)|}", "OnEpochEnd(EpochLog log)")]
    [InlineData("OnEpochEnd{|LG0051:(IEpochLog log)|}", "OnEpochEnd(EpochLog log)")]
    [InlineData("OnTrainEnd{|LG0051:(History<IEpochLog> history)|}", "OnTrainEnd(History<EpochLog> history)")]
    public Task LG0051_on_parameters_that_the_loop_does_not_pass(string method, string signature) => ReportsAsync(
        [Hook($"partial void {method} {{ }}")],
        [$"The loop does not call this {signature[..signature.IndexOf('(', StringComparison.Ordinal)]}: write partial void {signature}"],
        compilerErrors: ["CS0759"]);

    [Theory]
    [InlineData("(long step, ref Tensor image, ref Tensor target)")]
    [InlineData("(long step, ref Tensor image, ref Tensor target, Tensor weight)")]
    [InlineData("(long step, ref Tensor image, ref Tensor weight, ref Tensor target)")]
    public Task LG0051_on_an_OnBatch_without_the_weights_of_its_samples(string parameters) => ReportsAsync(
        [Weighted($"partial void OnBatch{{|LG0051:{parameters}|}} {{ }}")],
        ["The loop does not call this OnBatch: write partial void OnBatch(long step, ref Tensor image, ref Tensor target, ref Tensor weight)"],
        compilerErrors: parameters.EndsWith("ref Tensor target)", StringComparison.Ordinal) && parameters.Contains("weight", StringComparison.Ordinal) ? [] : ["CS0759"]);

    [Fact]
    public Task LG0051_on_an_OnBatch_with_weights_that_there_are_not() => ReportsAsync(
        [Hook("partial void OnBatch{|LG0051:(long step, ref Tensor image, ref Tensor target, ref Tensor weight)|} { }")],
        ["The loop does not call this OnBatch: write partial void OnBatch(long step, ref Tensor image, ref Tensor target)"],
        compilerErrors: ["CS0759"]);

    [Theory]
    [InlineData("(long step, ref Tensor image, ref Tensor target, ref Tensor weight)")]
    public Task Not_LG0051_on_an_OnBatch_with_the_weights_of_its_samples(string parameters)
        => IsSilentAsync(Weighted($"partial void OnBatch{parameters} {{ }}"));

    [Fact]
    public Task Not_LG0051_where_forward_has_the_name_of_the_weights() => IsSilentAsync(
        Weighted("partial void OnBatch(long step, ref Tensor weight, ref Tensor target, ref Tensor sampleWeight) { }").Replace("Tensor image", "Tensor weight", StringComparison.Ordinal)
            .Replace("=> image", "=> weight", StringComparison.Ordinal));

    // The compiler says of this no more than that names differ.
    [Fact]
    public Task LG0051_on_tensors_that_are_swapped() => ReportsAsync(
        Hook("partial void OnBatch{|LG0051:(long step, ref Tensor target, ref Tensor image)|} { }"),
        "The loop does not call this OnBatch: write partial void OnBatch(long step, ref Tensor image, ref Tensor target)");

    [Fact]
    public Task LG0051_on_a_hook_that_returns_something() => ReportsAsync(
        [Hook("partial {|LG0051:bool|} OnStep(long step) => true;")],
        ["The loop does not call this OnStep: write partial void OnStep(long step)"],
        compilerErrors: ["CS8796", "CS8817"]);

    [Fact]
    public Task LG0051_in_the_names_of_the_model() => ReportsAsync(
        [
            """
            using TorchSharp;

            [LoopGen.Compile(Loss = LoopGen.Loss.MSE)]
            public partial class Net : torch.nn.Module<torch.Tensor, torch.Tensor>
            {
                public Net() : base("net") { }
                public int EpochLog => 0;
                public override torch.Tensor forward(torch.Tensor target) => target;
                partial void OnBatch{|LG0051:()|} { }
                partial void OnTrainEnd{|LG0051:()|} { }
            }
            """,
        ],
        [
            "The loop does not call this OnBatch: write partial void OnBatch(long step, ref torch.Tensor target, ref torch.Tensor targetLabel)",
            "The loop does not call this OnTrainEnd: write partial void OnTrainEnd(global::LoopGen.History<FitEpochLog> history)",
        ],
        compilerErrors: ["CS0759", "CS0759"]);

    [Theory]
    [InlineData("partial void OnBatch(long count, ref Tensor picture, ref Tensor label) { }")]
    [InlineData("partial void OnTrainEnd(LoopGen.History<Net.EpochLog> history) => _ = history.Count;")]
    [InlineData("private void OnStep(int step) { }")]
    [InlineData("private void OnStep() { }\n    partial void OnStep(long step) => OnStep();")]
    [InlineData("partial void OnStep(string text);\n    partial void OnStep(string text) { }")]
    public Task Not_LG0051_on_the_right_types_and_on_overloads(string method) => IsSilentAsync(Hook(method));

    [Fact]
    public Task Not_LG0051_on_any_hook_of_a_model_that_has_all() => IsSilentAsync(Models.Hooked);

    [Fact]
    public Task Not_LG0051_where_nothing_is_emitted() => ReportsAsync(
        [Hook("partial void OnStep() { }").Replace("partial class Net", "class {|LG0001:Net|}", StringComparison.Ordinal)],
        ["Make Net partial: LoopGen writes Fit, Evaluate and Predict into another part of Net"],
        compilerErrors: ["CS0759", "CS0751"]);

    [Theory]
    [InlineData("{|LG0052:private|} partial void OnStep(long step) { }", "private", "CS8799")]
    [InlineData("{|LG0052:public|} partial void OnStep(long step) { }", "public", "CS8799")]
    [InlineData("{|LG0052:static|} partial void OnStep(long step) { }", "static", "CS0763")]
    [InlineData("{|LG0052:private|} static partial void OnStep(long step) { }", "private and static", "CS0763", "CS8799")]
    [InlineData("{|LG0052:virtual|} partial void OnStep(long step) { }", "virtual", "CS8798", "CS8800")]
    public Task LG0052_on_a_modifier(string method, string modifiers, params string[] errors) => ReportsAsync(
        [Hook(method)],
        [$"Remove {modifiers} from OnStep: LoopGen declares it without, and the two must agree"],
        errors);

    [Fact]
    public Task LG0052_on_async() => ReportsAsync(
        Hook("{|LG0052:async|} partial void OnStep(long step) => await System.Threading.Tasks.Task.Yield();"),
        "Remove async from OnStep: the loop does not wait for what follows an await");

    [Fact]
    public Task Not_LG0052_on_partial_alone() => IsSilentAsync(Hook("[System.Obsolete]\n    partial void OnStep(long step) { }"));

    [Theory]
    [InlineData("private void {|LG0053:OnStep|}(long step) { }", "OnStep(long step)", "CS0111")]
    [InlineData("void {|LG0053:OnTrainBegin|}() { }", "OnTrainBegin()", "CS0111")]
    [InlineData("public static bool {|LG0053:OnGradients|}(long number) => true;", "OnGradients(long step)", "CS0111")]
    [InlineData("private void {|LG0053:OnEpochEnd|}(EpochLog log) { }", "OnEpochEnd(EpochLog log)", "CS0111")]
    [InlineData("private void {|LG0053:OnBatch|}(long step, ref Tensor image, ref Tensor target) { }", "OnBatch(long step, ref Tensor image, ref Tensor target)", "CS0111")]
    public Task LG0053_on_a_hook_that_is_not_partial(string method, string signature, string error) => ReportsAsync(
        [Hook(method)],
        [$"The loop does not call this {signature[..signature.IndexOf('(', StringComparison.Ordinal)]}: write partial void {signature} to make it a hook, or give it another name"],
        compilerErrors: [error]);

    [Theory]
    [InlineData("private void OnStep(long step, int of) { }")]
    [InlineData("private bool OnStep { get; set; }")]
    [InlineData("private void OnStep<T>(long step) { }")]
    public Task Not_LG0053_on_what_only_shares_the_name(string member) => IsSilentAsync(Hook(member));

    [Fact]
    public Task Not_LG0053_on_a_class_that_is_not_trained() => IsSilentAsync("public class Net { private void OnStep(long step) { } }");

    [Fact]
    public Task LG0054_on_a_hook_without_a_body() => ReportsAsync(
        [Hook("partial void {|LG0054:OnStep|}(long step);")],
        ["LoopGen declares OnStep already: give it a body"],
        compilerErrors: ["CS0756", "CS0111", "CS0121"]);

    [Fact]
    public Task LG0054_on_a_declaration_beside_the_body() => ReportsAsync(
        [Hook("partial void {|LG0054:OnStep|}(long step);\n    partial void OnStep(long step) { }")],
        ["LoopGen declares OnStep already: remove this declaration"],
        compilerErrors: ["CS0756", "CS0111", "CS0121"]);

    [Fact]
    public Task Not_LG0054_on_an_overload() => IsSilentAsync(Hook("partial void OnStep(string text);"));

    [Fact]
    public void The_rules_and_the_synonyms_know_every_hook()
    {
        Assert.Equal(Enum.GetNames<Hook>().Except(["None"]), HookRules.Names);
        Assert.All(Synonyms.Hooks.Values, hook => Assert.Contains(hook, HookRules.Names));
        Assert.All(Synonyms.Hooks, pair => Assert.Equal(pair.Value, HookRules.Find(pair.Key)));
        Assert.All(HookRules.Names, hook => Assert.Equal(hook, HookRules.Find(hook)));
        Assert.Null(HookRules.Find("Once"));
    }

    private static string Weighted(string members) => Hook(members).Replace("[Compile", "[SampleWeights]\n[Compile", StringComparison.Ordinal);

    private static string Hook(string members) => Source.Trained($"    public Net() : base(\"net\") {{ }}\n\n    {members}");
}
