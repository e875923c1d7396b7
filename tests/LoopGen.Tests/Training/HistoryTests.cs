using System.Globalization;

namespace LoopGen.Tests;

public sealed class HistoryTests
{
    [Fact]
    public void HoldsEveryEpoch()
    {
        var history = new History<TestLog>();
        Assert.Empty(history);
        var first = new TestLog(1);
        var second = new TestLog(2);
        history.Add(first);
        history.Add(second);
        Assert.Equal([first, second], history);
        Assert.Equal(2, history.Count);
        Assert.Same(first, history[0]);
        Assert.Same(second, history.Last);
        Assert.Throws<ArgumentNullException>("log", () => history.Add(null!));
    }

    [Fact]
    public void ExplainsThatThereIsNoLastEpoch()
    {
        var history = new History<TestLog>();
        Assert.Equal(
            "No epoch was completed, so there is no last one. Check Count first.",
            Assert.Throws<InvalidOperationException>(() => history.Last).Message);
        history.StopReason = "cancelled";
        Assert.Equal(
            "No epoch was completed, so there is no last one (training was stopped: cancelled). Check Count first.",
            Assert.Throws<InvalidOperationException>(() => history.Last).Message);
    }

    [Fact]
    public void PrintsATableInEveryCulture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            // A comma for decimals, and U+2212 for minus.
            CultureInfo.CurrentCulture = new CultureInfo("sv-SE");
            var history = new History<TestLog>();
            history.Add(new TestLog(9, ("loss", 0.51234), ("accuracy", 0.75), ("val_loss", null)));
            history.Add(new TestLog(10, ("loss", -1.5), ("accuracy", 0.00002), ("val_loss", null)));
            Assert.Equal(
                """
                epoch     loss    accuracy
                    9   0.5123      0.7500
                   10  -1.5000  2.0000e-05
                """,
                history.ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void PrintsFiguresThatOnlySomeEpochsHave()
    {
        var history = new History<TestLog> { StopReason = "enough" };
        history.Add(new TestLog(1, ("loss", 2), ("val_loss", null)));
        history.Add(new TestLog(2, ("loss", double.NaN), ("val_loss", 3)));
        Assert.Equal(
            """
            epoch    loss  val_loss
                1  2.0000         -
                2     NaN    3.0000
            stopped: enough
            """,
            history.ToString());
    }

    [Fact]
    public void PrintsThatThereIsNothing()
    {
        Assert.Equal("no epochs", new History<TestLog>().ToString());
        Assert.Equal(
            "no epochs, stopped: cancelled", new History<TestLog> { StopReason = "cancelled" }.ToString());
    }
}
