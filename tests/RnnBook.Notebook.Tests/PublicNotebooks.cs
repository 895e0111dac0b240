namespace RnnBook.Notebook.Tests;

/// <summary>A cell of a notebook, and what must come of it; null is not looked at.</summary>
internal sealed record Step(string Code)
{
    /// <summary>What the console shows, all of it.</summary>
    public string? Text { get; init; }

    /// <summary>The trailing expression's value as plain text, all of it.</summary>
    public string? Value { get; init; }

    /// <summary>A part of what is shown as html.</summary>
    public string? Html { get; init; }

    /// <summary>The error's name, which fails the cell and not the notebook.</summary>
    public string? Error { get; init; }
}

/// <summary>Ten notebooks with what C# notebooks in public repositories do, written for this test.</summary>
internal static class PublicNotebooks
{
    public static IReadOnlyDictionary<string, Step[]> All { get; } = new Dictionary<string, Step[]>
    {
        ["first steps in C#"] =
        [
            new("// Hello\nConsole.WriteLine(\"Hello, World!\");") { Text = "Hello, World!\n" },
            new("string friend = \"Ada\"; string second = \"Grace\";\nConsole.WriteLine($\"My friends are {friend} and {second.ToUpper()}\");") { Text = "My friends are Ada and GRACE\n" },
            new("friend.Length") { Value = "3" },
            new("int a = 18, b = 6;\n(a / b, a % 4, a * 1.0 / 4, int.MaxValue + (long)1)") { Value = "{ Item1 = 3, Item2 = 2, Item3 = 4.5, Item4 = 2147483648 }" },
            new("decimal third = 1m / 3; $\"{third:F4} {Math.PI,10:F2}|\"") { Value = "0.3333       3.14|" },
            new("for (int row = 1; row < 4; row++)\n{\n    for (char column = 'a'; column < 'c'; column++) Console.Write($\"({row}{column})\");\n}") { Text = "(1a)(1b)(2a)(2b)(3a)(3b)" },
            new("var names = new List<string> { \"x\", \"y\" };\nnames.Add(\"z\"); names.Sort(); names[^1]") { Value = "z" },
            new("var text = \"\"\"\n    {\n      \"raw\": true\n    }\n    \"\"\";\ntext.Split('\\n').Length") { Value = "3" },
        ],
        ["classes and interfaces"] =
        [
            new("""
                public interface IShape { double Area { get; } }
                public abstract class Shape : IShape
                {
                    public abstract double Area { get; }
                    public virtual string Describe() => $"{GetType().Name} {Area:F1}";
                }
                public class Circle(double radius) : Shape { public override double Area => Math.PI * radius * radius; }
                public class Square : Shape
                {
                    public double Side { get; init; }
                    public override double Area => Side * Side;
                    public static Square operator +(Square a, Square b) => new() { Side = a.Side + b.Side };
                }
                """),
            new("var shapes = new IShape[] { new Circle(1), new Square { Side = 2 } };\nforeach (Shape s in shapes) Console.WriteLine(s.Describe());") { Text = "Circle 3.1\nSquare 4.0\n" },
            new("(new Square { Side = 1 } + new Square { Side = 2 }).Side") { Value = "3" },
            new("class Stack2<T> where T : struct { readonly Stack<T> items = new(); public void Push(T x) => items.Push(x); public T Pop() => items.Pop(); }\nvar st = new Stack2<int>(); st.Push(4); st.Push(5); st.Pop()") { Value = "5" },
            new("class Counter { public event Action<int> Changed; int n; public void Up() => Changed?.Invoke(++n); }\nvar c = new Counter(); c.Changed += n => Console.Write($\"now {n};\"); c.Up(); c.Up();") { Text = "now 1;now 2;" },
            new("enum Light { Red, Amber = 5, Green }\n(int)Light.Green") { Value = "6" },
            new("Circle nothing = null;\nnothing.Area") { Error = "System.NullReferenceException" },
            new("shapes.Length") { Value = "2" },
        ],
        ["LINQ over records"] =
        [
            new("record Person(string Name, int Age, string City);\nvar people = new List<Person> { new(\"Ada\", 36, \"London\"), new(\"Alan\", 41, \"London\"), new(\"Emmy\", 53, \"Erlangen\") };"),
            new("people") { Html = "<tr><td>Ada</td><td>36</td><td>London</td></tr>" },
            new("people.Where(p => p.Age > 40).Select(p => p.Name)") { Value = "[ Alan, Emmy ]" },
            new("from p in people group p by p.City into g orderby g.Key select new { City = g.Key, Count = g.Count(), Mean = g.Average(p => p.Age) }") { Html = "<tr><td>London</td><td>2</td><td>38.5</td></tr>" },
            new("people[0] with { Age = 37 }") { Value = "Person { Name = Ada, Age = 37, City = London }" },
            new("people.ToDictionary(p => p.Name, p => p.Age)") { Html = "<tr><td>Emmy</td><td>53</td></tr>" },
            new("var (name, age, _) = people[1]; $\"{name} {age}\"") { Value = "Alan 41" },
            new("string Kind(Person p) => p switch { { Age: < 40 } => \"young\", { City: \"London\", Age: var n } => $\"Londoner of {n}\", _ => \"other\" };\nstring.Join(\", \", people.Select(Kind))") { Value = "young, Londoner of 41, other" },
            new("people.Zip(Enumerable.Range(1, 9)).Last().Second") { Value = "3" },
            new("people.First(p => p.Age > 99)") { Error = "System.InvalidOperationException" },
        ],
        ["async and parallel"] =
        [
            new("using System.Threading;\nusing System.Diagnostics;"),
            new("async Task<int> SquareAsync(int n) { await Task.Delay(2); return n * n; }"),
            new("var squares = await Task.WhenAll(Enumerable.Range(1, 5).Select(SquareAsync));\nsquares") { Value = "[ 1, 4, 9, 16, 25 ]" },
            new("async IAsyncEnumerable<int> CountAsync() { for (var i = 0; i < 3; i++) { await Task.Yield(); yield return i; } }\nawait foreach (var i in CountAsync()) Console.Write(i);") { Text = "012" },
            new("using var source = new CancellationTokenSource();") { Error = "CompileError" },
            new("var source = new CancellationTokenSource(20);\ntry { await Task.Delay(-1, source.Token); } catch (OperationCanceledException) { Console.Write(\"cancelled\"); }") { Text = "cancelled" },
            new("long sum = 0;\nParallel.For(0, 1000, i => Interlocked.Add(ref sum, i));\nsum") { Value = "499500" },
            new("var watch = Stopwatch.StartNew();\ndouble s = 0;\nfor (var i = 0; i < 20_000_000; i++) s += i * 0.5;\n(s, watch.Elapsed.TotalSeconds < 60)") { Value = "{ Item1 = 99999995000000, Item2 = True }" },
            new("var t = Task.Run(() => throw new FormatException(\"inside\"));\nawait t;") { Error = "System.FormatException" },
            new("Task.Run(() => throw new FormatException(\"inside\")).Wait();") { Error = "System.AggregateException" },
        ],
        ["trying things out, again and again"] =
        [
            new("var x = 1;"),
            new("var x = \"one\"; x.Length") { Value = "3" },
            new("int F(int n) => n + 1;"),
            new("int F(int n) => n + 2;\nF(1)") { Value = "3" },
            new("class Model { public int Size = 1; }\nvar m = new Model();"),
            new("class Model { public string Size = \"big\"; }\n(m.Size, new Model().Size)") { Value = "{ Item1 = 1, Item2 = big }" },
            new("var broken = ") { Error = "CompileError" },
            new("var halfway = 5; throw new Exception();") { Error = "System.Exception" },
            new("halfway + x.Length") { Value = "8" },
            new("x = \"changed\";\nx") { Value = "changed" },
            new("Undefined()") { Error = "CompileError" },
        ],
        ["the console"] =
        [
            new("Console.ForegroundColor = ConsoleColor.Green; Console.WriteLine(\"ok\"); Console.ResetColor();\nConsole.Write(\"\");") { Text = "\u001b[92;49mok\n\u001b[39;49m" },
            new("for (var i = 0; i <= 100; i += 50) Console.Write($\"\\rprogress {i} %\");\nConsole.WriteLine();") { Text = "\rprogress 0 %\rprogress 50 %\rprogress 100 %\n" },
            new("Console.Write(\"{0} and {1:F2}\", 1, 2.0);\nConsole.Write('c'); Console.Write(true); Console.Write(1.5); Console.Write(new[] { 'a', 'b' });") { Text = "1 and 2.00cTrue1.5ab" },
            new("Console.OutputEncoding = Encoding.UTF8;\nConsole.WriteLine(\"αβγ 😀\");") { Text = "αβγ 😀\n" },
            new("Console.Error.WriteLine(\"to stderr\");\nConsole.Out.Flush();") { Text = "" },
            new("using System.IO;\nvar old = Console.Out; var into = new StringWriter();\nConsole.SetOut(into); Console.Write(\"caught\"); Console.SetOut(old);\ninto.ToString()") { Value = "caught", Text = "" },
            new("Console.WriteLine(3.ToString(\"D5\") + \" \" + 1234567.891.ToString(\"N1\"));") { Text = "00003 1,234,567.9\n" },
        ],
        ["packages"] =
        [
            new("#r \"nuget: MathNet.Numerics, 5.0.0\"\nusing MathNet.Numerics.LinearAlgebra;\nusing MathNet.Numerics.Statistics;"),
            new("var m = Matrix<double>.Build.DenseOfArray(new double[,] { { 2, 0 }, { 0, 4 } });\nm") { Html = "<tr><td>2</td><td>0</td></tr>" },
            new("m.Inverse()[1, 1]") { Value = "0.25" },
            new("m.Solve(Vector<double>.Build.Dense(new[] { 2.0, 8.0 }))") { Html = "<tr><td>1</td><td>2</td></tr>" },
            new("new[] { 1.0, 2, 3, 4 }.StandardDeviation().ToString(\"F3\")") { Value = "1.291" },
            new("#r \"nuget: RnnBook.Is.Not.There, 9.9.9\"") { Error = "CompileError" },
            new("m.Determinant()") { Value = "8" },
        ],
        ["tables"] =
        [
            new("var rows = Enumerable.Range(0, 5000).Select(i => new { Id = i, Square = i * i, Name = $\"row {i}\" }).ToList();"),
            new("rows") { Html = "<tr><td>519</td><td>269361</td><td>row 519</td></tr>" },
            new("rows.Take(3)") { Html = "<tr><td>2</td><td>4</td><td>row 2</td></tr></tbody></table>" },
            new("display(rows.GroupBy(r => r.Id % 3).Select(g => (Left: g.Key, g.Count())));") { Html = "<tr><td>0</td><td>1667</td></tr>" },
            new("new { Title = \"nested\", Inner = new { A = 1 }, List = new[] { 1, 2 } }") { Html = "<tr><td>List</td><td>[ 1, 2 ]</td></tr>" },
            new("using System.Data;\nvar t = new DataTable(\"T\"); t.Columns.Add(\"A\", typeof(int)); t.Rows.Add(7);\nt") { Html = "<caption>T</caption><thead><tr><th>A</th></tr></thead><tbody><tr><td>7</td></tr>" },
            new("new int[,] { { 1, 2 }, { 3, 4 } }") { Html = "<tr><td>3</td><td>4</td></tr>" },
            new("Enumerable.Range(0, 100_000)") { Html = "<details><summary>[ 0, 1, 2" },
        ],
        ["rich output"] =
        [
            new("HTML(\"<b style='color:red'>bold</b>\")") { Html = "<b style='color:red'>bold</b>" },
            new("display(HTML(\"<i>one</i>\")); display(HTML(\"<i>two</i>\"));") { Html = "<i>two</i>" },
            new("\"<svg width='10' height='10'><rect width='10' height='10'/></svg>\".DisplayAs(\"text/html\");") { Html = "<svg" },
            new("\"# Title\".DisplayAs(\"text/markdown\");") { Html = null },
            new("new byte[] { 137, 80, 78, 71 }.DisplayAs(\"image/png\");"),
            new("var d = display(\"working\"); d.Update(\"done\");"),
            new("\"<script>alert(1)</script>\"") { Value = "<script>alert(1)</script>" },
            new("new[] { new { Html = \"<u>\" } }") { Html = "&lt;u&gt;" },
            new("1.5.Display(); DateTime.UnixEpoch") { Value = "01/01/1970 00:00:00" },
            new("typeof(List<int>).Name") { Value = "List`1" },
        ],
        ["files, JSON, text and what goes wrong"] =
        [
            new("using System.IO;\nusing System.Text.Json;\nusing System.Text.RegularExpressions;\nusing System.Globalization;"),
            new("var file = Path.GetTempFileName();\nFile.WriteAllLines(file, new[] { \"a;1\", \"b;2\" });\nvar parsed = File.ReadLines(file).Select(l => l.Split(';')).ToDictionary(p => p[0], p => int.Parse(p[1]));\nFile.Delete(file); parsed[\"b\"]") { Value = "2" },
            new("record Point(int X, int Y);\nvar json = JsonSerializer.Serialize(new Point(1, 2)); json") { Value = "{\"X\":1,\"Y\":2}" },
            new("JsonSerializer.Deserialize<Point>(json)!.Y + JsonDocument.Parse(json).RootElement.GetProperty(\"X\").GetInt32()") { Value = "3" },
            new("Regex.Replace(\"2024-05-17\", @\"(\\d+)-(\\d+)-(\\d+)\", \"$3.$2.$1\")") { Value = "17.05.2024" },
            new("int Depth(Exception e) => e.InnerException is null ? 1 : 1 + Depth(e.InnerException);\ntry { try { int.Parse(\"x\"); } catch (Exception e) { throw new InvalidDataException(\"outer\", e); } }\ncatch (Exception e) when (e.InnerException is FormatException) { Console.Write(Depth(e)); }\nfinally { Console.Write(\" finally\"); }") { Text = "2 finally" },
            new("JsonSerializer.Deserialize<Point>(\"{\")") { Error = "System.Text.Json.JsonException" },
            new("new Random(42).Next(100) == new Random(42).Next(100)") { Value = "True" },
            new("int Sum(ReadOnlySpan<int> xs) { var s = 0; foreach (var v in xs) s += v; return s; }\nSum([1, 2, 3])") { Value = "6" },
            new("checked { int big = int.MaxValue; big++; }") { Error = "System.OverflowException" },
            new("unsafe { int v = 5; int* p = &v; *p = 6; Console.Write(v); }") { Text = "6" },
        ],
    };
}
