using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace RnnBook.Cli;

/// <summary>Options that take a number say in plain words which ones they take.</summary>
internal static class NumberOption
{
    /// <summary>Accepts the numbers from <paramref name="low"/> to <paramref name="high"/>.</summary>
    /// <param name="option">The option.</param>
    /// <param name="what">What it needs, as in "--port needs a number from 0 to 65535".</param>
    /// <param name="low">The smallest number.</param>
    /// <param name="high">The largest.</param>
    public static void Needs<T>(this Option<T> option, string what, T low, T high) where T : struct, INumber<T> =>
        option.CustomParser = result => Parse(option.Name, result, what, low, high) ?? default;

    /// <inheritdoc cref="Needs{T}(Option{T}, string, T, T)"/>
    public static void Needs<T>(this Option<T?> option, string what, T low, T high) where T : struct, INumber<T> =>
        option.CustomParser = result => Parse(option.Name, result, what, low, high);

    private static T? Parse<T>(string name, ArgumentResult result, string what, T low, T high) where T : struct, INumber<T>
    {
        if (result.Tokens is [var token] && T.TryParse(token.Value, CultureInfo.InvariantCulture, out var value) && value >= low && value <= high)
        {
            return value;
        }

        result.AddError($"{name} needs {what}.");
        return null;
    }
}
