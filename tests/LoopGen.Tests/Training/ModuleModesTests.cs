using static TorchSharp.torch.nn;

namespace LoopGen.Tests;

public sealed class ModuleModesTests
{
    [Fact]
    public void PutsEveryModuleBackAsItWas()
    {
        using var inner = Sequential(("a", Linear(2, 2)), ("b", Dropout()));
        using var model = Sequential(("first", inner), ("second", Dropout()));
        model.train();
        inner.eval();
        inner.children().Last().train();
        var before = Modes(model);
        Assert.Equal([true, false, true, false, true], before);

        var modes = ModuleModes.Capture(model);
        model.eval();
        modes.Restore();
        Assert.Equal(before, Modes(model));

        model.train();
        modes.Restore();
        Assert.Equal(before, Modes(model));
    }

    [Fact]
    public void PutsASharedModuleBackWhateverItsParentsDo()
    {
        using var shared = Dropout();
        using var parent = Sequential(("shared", shared));
        using var model = Sequential(("shared", shared), ("parent", parent));
        model.eval();
        shared.train();
        var modes = ModuleModes.Capture(model);

        // Restoring the parent sets the shared module, which stands before it in the list.
        parent.train();
        modes.Restore();
        Assert.False(parent.training);
        Assert.True(shared.training);
    }

    [Fact]
    public void RefusesNothing() =>
        Assert.Throws<ArgumentNullException>("model", () => ModuleModes.Capture(null!));

    private static bool[] Modes(Module model) =>
        [model.training, .. model.modules().Select(module => module.training)];
}
