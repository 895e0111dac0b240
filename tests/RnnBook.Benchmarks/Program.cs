using System.CommandLine;
using RnnBook.Benchmarks;

var parsed = BenchmarkCommand.Create().Parse(args);
if (parsed.Errors.Count > 0)
{
    Console.Error.WriteLine($"{parsed.Errors[0].Message} (`--help` says what there is.)");
    return 2;
}

try
{
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (PeerException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 2;
}
