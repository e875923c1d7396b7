using Xunit;

namespace LoopGen.Build.Tests;

public sealed class LineDiffTests
{
    [Fact]
    public void A_changed_line_stands_between_two_on_each_side()
    {
        var diff = LineDiff.Between("a\nb\nc\nd\ne\nf\n", "a\nb\nc\nD\ne\nf\n");

        Assert.Equal(4, diff.FirstLine);
        Assert.Equal(["  b", "  c", "- d", "+ D", "  e", "  f"], diff.Lines(40));
    }

    [Fact]
    public void What_is_equal_between_two_differences_is_shown_as_equal()
    {
        var diff = LineDiff.Between("one\n1\n2\n3\n4\n5\n6\ntwo", "1\n2\n3\n4\n5\n6\ntwo\nthree");

        Assert.Equal(1, diff.FirstLine);
        Assert.Equal(["- one", "  1", "  2", "  …", "  6", "  two", "+ three"], diff.Lines(40));
    }

    [Theory]
    [InlineData("a\nb\n", "a\nx\nb\n", 2, "+ x")]
    [InlineData("a\nx\nb\n", "a\nb\n", 2, "- x")]
    [InlineData("a\n", "a\nx\n", 2, "+ x")]
    [InlineData("", "x", 1, "+ x")]
    public void Lines_that_came_or_went_are_alone(string before, string after, int line, string row)
    {
        var diff = LineDiff.Between(before, after);

        Assert.Equal(line, diff.FirstLine);
        Assert.Contains(row, diff.Lines(40));
    }

    [Fact]
    public void A_long_difference_is_cut()
    {
        var diff = LineDiff.Between(string.Join('\n', Enumerable.Range(0, 100)), string.Join('\n', Enumerable.Range(1000, 100)));

        var lines = diff.Lines(40);
        Assert.Equal(41, lines.Count);
        Assert.Equal("  …", lines[^1]);
    }

    [Fact]
    public void A_difference_beyond_the_largest_table_is_shown_as_replaced()
    {
        var diff = LineDiff.Between(string.Join('\n', Enumerable.Range(0, 3000)), string.Join('\n', Enumerable.Range(10_000, 3000)));

        Assert.Equal(1, diff.FirstLine);
        Assert.Equal(["- 0", "- 1", "- 2", "  …"], diff.Lines(3));
    }
}
