namespace RnnBook.Tests;

/// <summary>The tests' assembly is a program too, so that a test can start one and kill it.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        if (arguments is not ["train", var file])
        {
            Console.Error.WriteLine("Run the tests with `dotnet test`.");
            return 2;
        }

        KillTests.Train(file);
        return 0;
    }
}
