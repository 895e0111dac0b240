using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace RnnBook.Notebook;

/// <summary>
/// The child process's frame: reads requests on a thread of its own, so that an interrupt is heard while a cell runs, and never outlives
/// the process at the other end of its standard input.
/// </summary>
internal sealed class CellServer
{
    private readonly BlockingCollection<ExecuteRequest> executions = [];
    private readonly OutputQueue output;
    private readonly CellSession session;
    private readonly LanguageServer language;

    private CellServer(OutputQueue output, Stream writing)
    {
        this.output = output;
        session = new CellSession(output, new CellInput(), writing);
        language = new LanguageServer(output.Add, () => session.Context);
    }

    /// <summary>Runs until the client leaves.</summary>
    public static void Run()
    {
        var (input, lines, written, writing) = StandardStreams.TakeOver();

        // What an interrupt from outside means is for the client to decide.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        var server = new CellServer(new OutputQueue(lines), writing);
        new Thread(() => server.ReadRequests(input)) { IsBackground = true, Name = "requests" }.Start();
        new Thread(() => server.session.ShowWritten(written)) { IsBackground = true, Name = "standard output" }.Start();
        server.output.Add(new ReadyEvent(Protocol.Version, RuntimeInformation.FrameworkDescription));
        server.WarmUp();
        foreach (var execution in server.executions.GetConsumingEnumerable())
        {
            server.session.Execute(execution);
        }
    }

    /// <summary>Runs cells of its own, so that the first real one finds the compiler compiled; a cell that waits comes first.</summary>
    private void WarmUp()
    {
        string[] cells =
        [
            "var x = new[] { 1.5 }.Select(v => v + 1).ToList();\nx.Count",
            "record Row(int A, double B);\nint F(int n) => n < 2 ? n : F(n - 1);\nfor (var i = 0; i < 2; i++) { F(i); }\nawait Task.Yield();\n"
                + "new[] { new Row(1, 2.5) }",
        ];
        foreach (var cell in cells)
        {
            var value = new CellCompiler().Compile(cell, 0).Start!(new object?[2]).GetAwaiter().GetResult();
            ValueFormatter.Format(value, []);
            if (executions.Count > 0)
            {
                return;
            }
        }
    }

    private void ReadRequests(Stream input)
    {
        using var reader = new StreamReader(input, Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            switch (Protocol.ReadRequest(line))
            {
                case ExecuteRequest execute:
                    executions.Add(execute);
                    break;
                case InterruptRequest interrupt:
                    session.Interrupt(interrupt.Cell);
                    break;
                case AnswerRequest answer:
                    session.Answer(answer.Text);
                    break;
                case LanguageRequest question:
                    language.Ask(question);
                    break;
                case PingRequest:
                    output.Add(new PongEvent());
                    break;
                case ShutdownRequest:
                    Leave();
                    break;
                default:
                    output.Add(new UnknownRequestEvent(line.Length > 200 ? line[..200] + "…" : line));
                    break;
            }
        }

        Leave();
    }

    /// <summary>Ends the process and what cells have started, whatever a cell does at the moment.</summary>
    private static void Leave()
    {
        ProcessFamily.Kill(Environment.GetEnvironmentVariable(ProcessFamily.Variable) ?? "");
        Process.GetCurrentProcess().Kill();
    }
}
