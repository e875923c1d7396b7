using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;

namespace LoopGen.Generators.Text;

/// <summary>Writes values as C# literals, the same on every machine and in every culture.</summary>
internal static class Literal
{
    /// <summary>A <c>double</c> that parses back to the same bits: <c>0.001</c>, <c>1e-8</c>, <c>-0.0</c>, <c>double.NaN</c>.</summary>
    public static string Of(double value)
    {
        if (double.IsNaN(value))
        {
            return "double.NaN";
        }

        if (double.IsInfinity(value))
        {
            return value > 0 ? "double.PositiveInfinity" : "double.NegativeInfinity";
        }

        var text = Plain(value);
        return text.IndexOfAny(['.', 'e']) < 0 ? text + ".0" : text;
    }

    /// <summary>A <c>float</c> that was given as a double: <c>0.1f</c>.</summary>
    public static string OfSingle(double value)
    {
        // Beyond its range a literal does not compile.
        var single = (float)value;
        return float.IsNaN(single) ? "float.NaN"
            : float.IsInfinity(single) ? single > 0 ? "float.PositiveInfinity" : "float.NegativeInfinity"
            : Of(value) + "f";
    }

    public static string Of(long value)
        => value == long.MinValue ? "long.MinValue" : value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A literal of type <c>long</c> wherever it stands: <c>-1L</c>.</summary>
    public static string OfLong(long value) => value == long.MinValue ? Of(value) : Of(value) + "L";

    public static string Of(bool value) => value ? "true" : "false";

    public static string Of(string value) => SymbolDisplay.FormatLiteral(value, quote: true);

    /// <summary>The shortest decimal text that parses back to a finite number, for sentences.</summary>
    public static string Plain(double value)
    {
        // Compilers run on hosts whose "R" differs, and some print negative zero as 0.
        if (value == 0)
        {
            return 1 / value < 0 ? "-0" : "0";
        }

        var digits = value.ToString("G17", CultureInfo.InvariantCulture);
        for (var precision = 1; precision < 17; precision++)
        {
            var candidate = value.ToString("G" + precision, CultureInfo.InvariantCulture);
            if (double.TryParse(candidate, NumberStyles.Float, CultureInfo.InvariantCulture, out var back) && back == value)
            {
                digits = candidate;
                break;
            }
        }

        return Tidy(digits);
    }

    // "6E-05" reads better as 6e-5, and 0.0001 better than either.
    private static string Tidy(string digits)
    {
        var e = digits.IndexOf('E');
        if (e < 0)
        {
            return digits;
        }

        var mantissa = digits.Substring(0, e);
        var exponent = int.Parse(digits.Substring(e + 1), CultureInfo.InvariantCulture);

        if (exponent is > 0 and < 7 && mantissa.TrimStart('-') is { Length: > 0 } plain)
        {
            // "1E+03" for 1000: digits were cut to the shortest precision.
            var point = plain.IndexOf('.');
            var fraction = point < 0 ? string.Empty : plain.Substring(point + 1);
            if (fraction.Length <= exponent)
            {
                var whole = point < 0 ? plain : plain.Substring(0, point);
                return (mantissa[0] == '-' ? "-" : string.Empty) + whole + fraction.PadRight(exponent, '0');
            }
        }

        return $"{mantissa}e{exponent.ToString(CultureInfo.InvariantCulture)}";
    }
}
