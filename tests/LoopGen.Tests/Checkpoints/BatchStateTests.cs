namespace LoopGen.Tests;

/// <summary>Batches go on in the middle of an epoch with what would have come next.</summary>
public sealed class BatchStateTests : IDisposable
{
    private readonly Tensor input = arange(23).reshape(23, 1);
    private readonly Tensor target = arange(100, 123);
    private readonly TestRun run = new();
    private readonly OneThread oneThread = new();

    public void Dispose()
    {
        input.Dispose();
        target.Dispose();
        run.Dispose();
        oneThread.Dispose();
    }

    [Theory]
    [InlineData(false, false, 0.0)]
    [InlineData(false, true, 0.0)]
    [InlineData(true, false, 0.0)]
    [InlineData(true, true, 0.0)]
    [InlineData(true, false, 0.3)]
    [InlineData(false, true, 0.3)]
    public void TheRestOfAnEpochIsTheTailOfIt(bool isShuffled, bool dropLast, double split)
    {
        using var scope = NewDisposeScope();
        var whole = New();
        for (var epoch = 1; epoch <= 3; epoch++)
        {
            var expected = Read(whole);
            Assert.Equal(whole.Count, expected.Count);
            for (var position = 0; position <= expected.Count; position++)
            {
                var batches = New();
                Assert.Equal(expected.Skip(position), Read(batches.StartAt(epoch, position)));
                Assert.Equal(epoch, batches.Epoch);
                Assert.Equal(expected.Count, batches.Position);

                // The epochs behind it are those behind it.
                if (epoch == 1)
                {
                    var second = New();
                    Read(second);
                    Assert.Equal(Read(second), Read(batches));
                }
            }

            Assert.Empty(Read(New().StartAt(epoch, expected.Count + 5)));
        }

        TensorBatches<(Tensor, Tensor)> New() =>
            Batches.FromTensors(input, target, batchSize: 4, isShuffled, seed: 11, dropLast).Split(split).Train;
    }

    [Fact]
    public void AnOrderThatWasDrawnIsThatOfTheFile()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var (first, second) = (New(), New());
        var before = Read(second);
        var (_, resumed) = (New(), New());
        Assert.Empty(StateFile.Move(second, resumed));
        Assert.Equal(before, Read(resumed.StartAt(1, 0)));
        Assert.Equal(Read(second), Read(resumed.StartAt(2, 0)));
        Assert.NotEqual(before, Read(first));

        TensorBatches<(Tensor, Tensor)> New() => Batches.FromTensors(input, target, batchSize: 4, shuffle: true);
    }

    /// <summary>A second training with the same batches has other orders, and goes on with those.</summary>
    [Fact]
    public void ASecondTrainingWithTheBatchesGoesOnToo()
    {
        using var scope = NewDisposeScope();
        var batches = New();
        Read(batches.StartAt(1, 0));
        Read(batches.StartAt(2, 0));
        var first = Read(batches.StartAt(1, 0));
        var expected = Read(batches.StartAt(2, 0));

        var resumed = New();
        Assert.Empty(StateFile.Move(batches, resumed));
        Assert.Equal(expected.Skip(3), Read(resumed.StartAt(2, 3)));

        resumed = New();
        Assert.Empty(StateFile.Move(batches, resumed));
        Assert.Equal(first, Read(resumed.StartAt(1, 0)));

        TensorBatches<(Tensor, Tensor)> New() => Batches.FromTensors(input, target, batchSize: 4, shuffle: true, seed: 3);
    }

    [Fact]
    public void OtherBatchesAreNamed()
    {
        using var scope = NewDisposeScope();
        var saved = New(23, 4, shuffle: true, seed: 3);
        Assert.Equal(["part.samples is \"20\" here, but \"23\" in the file"], StateFile.Move(saved, New(20, 4, shuffle: true, seed: 3)));
        Assert.Equal(["part.batch_size is \"5\" here, but \"4\" in the file"], StateFile.Move(saved, New(23, 5, shuffle: true, seed: 3)));
        Assert.Equal(["part.seed is \"4\" here, but \"3\" in the file"], StateFile.Move(saved, New(23, 4, shuffle: true, seed: 4)));
        Assert.Equal(["part.seed is \"not shuffled\" here, but \"3\" in the file"], StateFile.Move(saved, New(23, 4, shuffle: false, seed: null)));
        Assert.Equal(
            ["part.drop_last is \"true\" here, but \"false\" in the file"], StateFile.Move(saved, New(23, 4, shuffle: true, seed: 3, dropLast: true)));
        Assert.Single(StateFile.Move(New(23, 4, shuffle: false, seed: null), New(23, 4, shuffle: true, seed: null)));

        TensorBatches<(Tensor, Tensor)> New(int samples, int batchSize, bool shuffle, int? seed, bool dropLast = false) =>
            Batches.FromTensors(input.narrow(0, 0, samples), target.narrow(0, 0, samples), batchSize, shuffle, seed, dropLast);
    }

    [Fact]
    public void AnotherNumberOfBatchesIsNamed()
    {
        Assert.Empty(StateFile.Move(new CountedBatches(5), new CountedBatches(null)));
        Assert.Empty(StateFile.Move(new CountedBatches(null), new CountedBatches(5)));
        Assert.Equal(["part.count is \"6\" here, but \"5\" in the file"], StateFile.Move(new CountedBatches(5), new CountedBatches(6)));
    }

    /// <summary>What a source draws for a batch comes again after a resume, whatever the training drew in between.</summary>
    [Fact]
    public void APlainSourceIsReadUpToThere()
    {
        for (var position = 0; position <= 6; position++)
        {
            LiveTensors.AssertNoneLeft(() =>
            {
                var begun = new TrainingProgress(run.Run, seed: 5);
                var expected = Walk(begun);
                Assert.Equal(6, expected.Count);
                Assert.Equal(6, expected.Distinct().Count());

                var resumed = At(epoch: 1, position);
                Assert.Equal(expected.Skip(position), Walk(resumed));
                Assert.Equal(6, resumed.Position);
            });
        }

        static List<float> Walk(TrainingProgress progress)
        {
            var values = new List<float>();
            foreach (var batch in Batches.Checked(Augmented(6), progress))
            {
                values.Add(batch.ToSingle());
                progress.EndStep();

                // The training's own draws.
                rand(values.Count * 7).Dispose();
            }

            return values;
        }
    }

    [Fact]
    public void AnEpochsDrawsAreItsOwn()
    {
        Assert.NotEqual(First(At(epoch: 1, 0)), First(At(epoch: 2, 0)));
        Assert.Equal(First(At(epoch: 2, 0)), First(At(epoch: 2, 0)));

        static float First(TrainingProgress progress) => Batches.Checked(Augmented(1), progress).Select(batch => batch.ToSingle()).Single();
    }

    [Fact]
    public void ASourceThatHasBecomeShorterIsSaid()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Batches.Checked(Augmented(3), At(epoch: 1, 5), "trainBatches").Count());
        Assert.Equal(
            "trainBatches gave fewer batches in this epoch than the 5 that the training had used when its checkpoint was made: it must "
            + "give the same batches in the same order.",
            error.Message);
    }

    [Fact]
    public void WindowsOfAPlainSourceBeginWhereTheTrainingIs() => AssertWindows(() => Augmented(6), batch => batch);

    [Fact]
    public void WindowsBeginWhereTheTrainingIs() =>
        AssertWindows(() => Batches.FromTensors(input, target, batchSize: 4, shuffle: true, seed: 3), batch => batch.Item1);

    private void AssertWindows<TBatch>(Func<IEnumerable<TBatch>> source, Func<TBatch, Tensor> select)
    {
        var expected = Walk(new TrainingProgress(run.Run, seed: 5));
        Assert.Equal([3, 3], expected.Select(window => window.Count));
        Assert.Equal(expected.Skip(1), Walk(At(epoch: 1, 3)));
        Assert.Empty(Walk(At(epoch: 1, 6)));

        List<List<float>> Walk(TrainingProgress progress)
        {
            using var scope = NewDisposeScope();
            var windows = new List<List<float>>();
            foreach (var window in Batches.Windows(source(), size: 3, startAt: progress))
            {
                windows.Add([.. window.Select(batch => select(batch).to_type(float32).sum().ToSingle())]);
                progress.EndStep();
            }

            return windows;
        }
    }

    private static IEnumerable<Tensor> Augmented(int count)
    {
        for (var batch = 0; batch < count; batch++)
        {
            yield return rand([]).add(batch);
        }
    }

    private static List<string> Read(IEnumerable<(Tensor, Tensor)> batches) => [.. batches.Select(batch =>
        $"{string.Join(' ', batch.Item1.data<long>().ToArray())} {string.Join(' ', batch.Item2.data<long>().ToArray())}")];

    private TrainingProgress At(long epoch, long position)
    {
        var progress = new TrainingProgress(run.Run, seed: 5);
        Assert.Empty(StateFile.Move(new Place(epoch, position), progress));
        return progress;
    }

    private sealed class Place(long epoch, long position) : IStateful
    {
        public void SaveState(StateWriter state)
        {
            state.Write("seed", 5);
            state.Write("epoch", epoch);
            state.Write("step", position);
            state.Write("position", position);
        }

        public void LoadState(StateReader state) => throw new NotSupportedException();
    }
}
