namespace RnnBook.Tests;

/// <summary>The tests' assembly is a program too, so that a test can start one to kill it, or with other settings.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["train", var file]:
                KillTests.Train(file);
                return 0;
            case ["registers"]:
                RegisterTests.Report(Console.Out);
                return 0;
            case ["german"]:
                CultureTests.Report(Console.Out);
                return 0;
            default:
                Console.Error.WriteLine("Run the tests with `dotnet test`.");
                return 2;
        }
    }
}
