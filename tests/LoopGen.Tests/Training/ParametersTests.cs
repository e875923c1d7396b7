using TorchSharp.Modules;

namespace LoopGen.Tests.Training;

public sealed class ParametersTests
{
    [Fact]
    public void Except_leaves_the_rest_in_the_models_order_each_once()
    {
        using var model = new Tied();

        Assert.Equal(
            [model.First.weight!, model.First.bias!, model.Last.bias!],
            Parameters.Except(model, model.Middle.parameters()),
            ReferenceEqualityComparer.Instance);
        Assert.Equal(
            [model.First.bias!, model.Middle.weight!, model.Middle.bias!, model.Last.bias!],
            Parameters.Except(model, [model.First.weight!]),
            ReferenceEqualityComparer.Instance);
        Assert.Empty(Parameters.Except(model, model.parameters()));
    }

    [Fact]
    public void Matrices_and_vectors_are_all_parameters()
    {
        using var model = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.Linear(2, 2));
        using var scalar = new Parameter(tensor(1f));
        Parameter[] all = [.. model.parameters(), scalar];

        Assert.Equal([4L, 2], Parameters.Matrices(all).Select(parameter => parameter.Dimensions));
        Assert.Equal([1L, 1, 1, 1, 0], Parameters.Vectors(all).Select(parameter => parameter.Dimensions));
    }

    [Fact]
    public void What_is_null_is_named()
    {
        using var model = nn.Linear(1, 1);

        Assert.Equal("model", Assert.Throws<ArgumentNullException>(() => Parameters.Except(null!, [])).ParamName);
        Assert.Equal("others", Assert.Throws<ArgumentNullException>(() => Parameters.Except(model, null!)).ParamName);
        Assert.Equal("parameters", Assert.Throws<ArgumentNullException>(() => Parameters.Matrices(null!)).ParamName);
        Assert.Equal("parameters", Assert.Throws<ArgumentNullException>(() => Parameters.Vectors(null!)).ParamName);
    }

    private sealed class Tied : nn.Module<Tensor, Tensor>
    {
        public Tied()
            : base(nameof(Tied))
        {
            First = nn.Linear(2, 2);
            Middle = nn.Linear(2, 2);
            Last = nn.Linear(2, 2);
            Last.weight = First.weight;
            RegisterComponents();
        }

        public Linear First { get; }

        public Linear Middle { get; }

        public Linear Last { get; }

        public override Tensor forward(Tensor input) => Last.call(Middle.call(First.call(input)));
    }
}
