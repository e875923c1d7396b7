using System.Runtime.CompilerServices;

namespace LoopGen.Tests;

/// <summary>Schedules against the sequences of PyTorch's schedulers.</summary>
public sealed class PyTorchScheduleTests
{
    /// <summary>Relative to the learning rate: PyTorch's recursions lose digits over thousands of steps.</summary>
    private const double Tolerance = 1e-12;

    private static readonly Dictionary<string, Func<LearningRateSchedule>> Made = [];

    static PyTorchScheduleTests()
    {
        Add(() => new StepSchedule(0.1, stepSize: 30));
        Add(() => new StepSchedule(0.1, stepSize: 1, gamma: 0.97));
        Add(() => new StepSchedule(3e-4, stepSize: 7, gamma: 0.5));
        Add(() => new StepSchedule(0.1, stepSize: 250, gamma: 0.9));
        Add(() => new StepSchedule(0.1, stepSize: 10, gamma: 0.5, warmupSteps: 15));
        Add(() => new MultiStepSchedule(0.1, [30, 80]));
        Add(() => new MultiStepSchedule(0.1, [1, 2, 5, 100], gamma: 0.3));
        Add(() => new MultiStepSchedule(0.1, [20, 50, 50, 90], gamma: 0.5));
        Add(() => new MultiStepSchedule(2.0, [40, 20], gamma: 0.5));
        Add(() => new MultiStepSchedule(0.1, [10, 60], gamma: 0.2, warmupSteps: 20, warmupFactor: 0.1));
        Add(() => new ExponentialSchedule(0.1, gamma: 0.9));
        Add(() => new ExponentialSchedule(0.01, gamma: 0.9995));
        Add(() => new ExponentialSchedule(1e-7, gamma: 1.1));
        Add(() => new ExponentialSchedule(0.1, gamma: 0.95, warmupSteps: 8, warmupFactor: 0.25));
        Add(() => new LinearSchedule(0.1, decaySteps: 100));
        Add(() => new LinearSchedule(0.1, decaySteps: 100, finalFactor: 0.2));
        Add(() => new LinearSchedule(5e-5, decaySteps: 3));
        Add(() => new LinearSchedule(0.1, decaySteps: 5000, finalFactor: 0.1));
        Add(() => new LinearSchedule(0.1, decaySteps: 80, warmupSteps: 20, warmupFactor: 0.5));
        Add(() => new PolynomialSchedule(0.1, decaySteps: 100));
        Add(() => new PolynomialSchedule(0.1, decaySteps: 100, power: 2));
        Add(() => new PolynomialSchedule(0.1, decaySteps: 100, power: 0.5));
        Add(() => new PolynomialSchedule(0.01, decaySteps: 4000, power: 0.9));
        Add(() => new PolynomialSchedule(0.1, decaySteps: 60, power: 3, warmupSteps: 30));
        Add(() => new CosineSchedule(0.1, decaySteps: 119));
        Add(() => new CosineSchedule(0.1, decaySteps: 119, finalFactor: 0.1));
        Add(() => new CosineSchedule(6e-4, decaySteps: 1));
        Add(() => new CosineSchedule(6e-4, decaySteps: 4998, finalFactor: 0.1));
        Add(() => new CosineSchedule(6e-4, decaySteps: 99, finalFactor: 0.1, warmupSteps: 20));
        Add(() => new CosineSchedule(1.0, decaySteps: 118, warmupSteps: 1, warmupFactor: 0.125));
        Add(() => new CosineRestartsSchedule(0.1, firstPeriod: 25));
        Add(() => new CosineRestartsSchedule(0.1, firstPeriod: 10, periodFactor: 2, finalFactor: 0.05));
        Add(() => new CosineRestartsSchedule(0.1, firstPeriod: 1, periodFactor: 3));
        Add(() => new CosineRestartsSchedule(0.1, firstPeriod: 1));
        Add(() => new CosineRestartsSchedule(3e-4, firstPeriod: 100, periodFactor: 2));
        Add(() => new CosineRestartsSchedule(0.1, firstPeriod: 15, periodFactor: 2, warmupSteps: 10));
        Add(() => new OneCycleSchedule(0.1, totalSteps: 120));
        Add(() => new OneCycleSchedule(1.0, totalSteps: 120, warmupFraction: 0.25));
        Add(() => new OneCycleSchedule(
            0.1, totalSteps: 113, warmupFraction: 0.37, initialFactor: 0.1, finalFactor: 1e-3));
        Add(() => new OneCycleSchedule(0.1, totalSteps: 50, warmupFraction: 0));
        Add(() => new OneCycleSchedule(0.1, totalSteps: 50, warmupFraction: 1));
        Add(() => new OneCycleSchedule(0.1, totalSteps: 2));
        Add(() => new OneCycleSchedule(0.01, totalSteps: 5000));
        Add(() => new CyclicSchedule(0.1, halfCycle: 20));
        Add(() => new CyclicSchedule(0.1, halfCycle: 1, baseFactor: 0));
        Add(() => new CyclicSchedule(0.1, halfCycle: 7, baseFactor: 0.5, gamma: 0.98));
        Add(() => new CyclicSchedule(6e-3, halfCycle: 2000));
        Add(() => new CyclicSchedule(0.1, halfCycle: 12, baseFactor: 0.2, warmupSteps: 10));
    }

    public static TheoryData<string> Schedules => new(Made.Keys);

    [Theory]
    [MemberData(nameof(Schedules))]
    public void GivesPyTorchsRates(string name)
    {
        var schedule = Made[name]();
        var (distance, rates) = PyTorchSequences.All[name];
        for (var index = 0; index < rates.Count; index++)
        {
            // A schedule that grows leaves its learning rate far behind.
            var scale = Math.Max(schedule.LearningRate, rates[index]);
            Assert.Equal(rates[index], schedule.At(index * distance), Tolerance * scale);
        }
    }

    [Fact]
    public void ComparesEverySequence() => Assert.Equal(PyTorchSequences.All.Keys.Order(), Made.Keys.Order());

    /// <summary>PyTorch's plateau has other rules: <see cref="PlateauScheduleTests"/>.</summary>
    [Fact]
    public void ComparesEverySchedule()
    {
        var schedules = typeof(LearningRateSchedule).Assembly.GetExportedTypes()
            .Where(type => type.IsSubclassOf(typeof(LearningRateSchedule)) && type != typeof(PlateauSchedule));
        Assert.Equal(
            schedules.OrderBy(type => type.Name),
            Made.Values.Select(make => make().GetType()).Distinct().OrderBy(type => type.Name));
    }

    private static void Add(
        Func<LearningRateSchedule> make, [CallerArgumentExpression(nameof(make))] string expression = "")
    {
        // The construction alone, on one line.
        var words = expression.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        Made.Add(string.Join(' ', words).Replace("() => new ", "").Replace("( ", "("), make);
    }
}
