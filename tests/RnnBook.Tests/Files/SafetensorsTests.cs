using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace RnnBook.Tests;

/// <summary>Weights both ways; make_weights.py wrote the golden files, and has read them back with PyTorch.</summary>
public sealed class SafetensorsTests : IDisposable
{
    private static readonly string Golden = Path.Combine(AppContext.BaseDirectory, "Files");
    private static readonly JsonElement Expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(Golden, "weights.golden.json"))).RootElement;
    private readonly string folder = Directory.CreateTempSubdirectory("rnnbook-").FullName;

    private string Place => Path.Combine(folder, "weights.safetensors");

    public static TheoryData<string> Cells => ["relu", "lstm", "gru"];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Cells))]
    public void With_weights_from_PyTorch_the_outputs_are_those_of_PyTorch(string cell)
    {
        var (model, golden) = (Model(cell), Expected.GetProperty("nets").GetProperty(cell));
        model.Load(GoldenFile(cell));
        var y = model.Forward(Tensor.From([.. Numbers(golden, "x").Select(value => (float)value)], 7, 6, 3)).Span.ToArray();
        var expected = Numbers(golden, "y");
        var largest = expected.Max(Math.Abs);
        Assert.All(expected.Zip(y), pair => Assert.Equal(pair.First, pair.Second, 1e-5 * largest));
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void What_is_saved_are_the_very_bytes_that_PyTorch_loads(string cell)
    {
        var model = Model(cell);
        model.Load(GoldenFile(cell));
        model.Save(Place);
        Assert.Equal(File.ReadAllBytes(GoldenFile(cell)), File.ReadAllBytes(Place));
        Assert.Equal(["weights.safetensors"], Directory.EnumerateFiles(folder).Select(Path.GetFileName));
    }

    [Fact]
    public void Numbers_of_all_four_types_are_read_exactly()
    {
        var file = SafetensorsFile.Read(GoldenFile("types"));
        Assert.Equal(["F64", "F32", "BF16", "F16"], file.Tensors.Select(tensor => tensor.Type));
        foreach (var tensor in file.Tensors)
        {
            var expected = Expected.GetProperty("types").GetProperty(tensor.Name).EnumerateArray().Select(text => Number(text.GetString()!));
            Assert.Equal(expected.Select(BitConverter.DoubleToInt64Bits), tensor.ToDoubles().Select(BitConverter.DoubleToInt64Bits));
        }
    }

    [Fact]
    public void Weights_of_another_model_are_refused_with_both_shapes_and_nothing_changes()
    {
        new SequenceModel(new Rnn(3, 6), new Linear(6, 4)).Save(Place);
        var model = new SequenceModel(new Rnn(3, 5), new Linear(5, 4));
        var before = model.Parameters.SelectMany(p => p.Value.Span.ToArray()).ToArray();
        Refuses(() => model.Load(Place), "rnn.weight_ih_l0 [6×3], but [5×3] is needed");
        Refuses(() => new SequenceModel([new Rnn(3, 6), new Rnn(6, 6)], new Linear(6, 4)).Load(Place), "has no rnn.weight_ih_l1");
        Refuses(() => model.Load(GoldenFile("relu")), "has rnn.bias_hh_l1 [5], which the model has not");
        Assert.Equal(before, model.Parameters.SelectMany(p => p.Value.Span.ToArray()));
        Assert.Contains("nothing.safetensors", Assert.Throws<FileNotFoundException>(() => model.Load(Path.Combine(folder, "nothing.safetensors"))).Message);
    }

    [Fact]
    public void A_module_with_other_member_names_can_be_read()
    {
        var (written, read) = (new SequenceModel(new Gru(2, 3), new Linear(3, 1)), new SequenceModel(new Gru(2, 3, new RandomSource(9)), new Linear(3, 1)));
        new SafetensorsFile(written.Parameters.Select(p => StoredTensor.Of(p.Name.Replace("rnn.", "gru."), p.Value))).Save(Place);
        read.Load(Place, name => name.Replace("rnn.", "gru."));
        Assert.Equal(written.Layers[0].WeightHh.Value.Span.ToArray(), read.Layers[0].WeightHh.Value.Span.ToArray());
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, null)]
    [InlineData("""{"b":{"dtype":"I64","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}""", 4, null)]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "b begins at byte 4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""", 12, "b begins at byte 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 4, "a ends at byte 8, but there are 4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 12, "its tensors end at byte 8, but there are 12")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "a, F32 [3], has 8 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387905,4],"data_offsets":[0,16]}}""", 16, "has 16 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "a has -2 in its shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""", 8, "a needs dtype, shape, and data_offsets, and nothing else: The JSON value could not be converted to System.Int64. Path: $.shape[0]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "no beginning and end")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,9223372036854775808]}}""", 8, "Path: $.data_offsets[1]")]
    [InlineData("""{"a":{"dtype":"F31","shape":[2],"data_offsets":[0,8]}}""", 8, "unknown type \"F31\"")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2]}}""", 8, "a needs dtype, shape, and data_offsets")]
    [InlineData("""{"a":null}""", 0, "a needs dtype, shape, and data_offsets, but is null")]
    [InlineData("""{"a":{"dtype":null,"shape":[2],"data_offsets":[0,8]}}""", 8, "a needs dtype, shape, and data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"more":1}}""", 8, "a needs dtype, shape, and data_offsets")]
    [InlineData("""{"a":5}""", 0, "a needs dtype, shape, and data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "a")]
    [InlineData("""{"__metadata__":{"x":1}}""", 0, "__metadata__.x is no text")]
    [InlineData("""{"\ud800":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "")]
    [InlineData("""[1]""", 0, "no JSON object")]
    [InlineData("""{"a":""", 0, "")]
    [InlineData("""{"a":[[[[[[[[1]]]]]]]]}""", 0, "")]
    public void A_header_is_believed_only_after_all_of_it_is_checked(string header, int dataLength, string? problem)
    {
        var content = Content((ulong)Encoding.UTF8.GetByteCount(header), header, dataLength);
        if (problem is null)
        {
            Assert.Equal(header.Trim(), Encoding.UTF8.GetString(new SafetensorsFile(SafetensorsFile.Parse(content, "file").Tensors, new Dictionary<string, string>()).ToBytes()[8..^dataLength]).Trim());
        }
        else
        {
            Refuses(() => SafetensorsFile.Parse(content, "file"), problem);
        }
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(100_000_001)]
    [InlineData(17)]
    public void A_header_longer_than_the_file_is_refused(ulong length) =>
        Refuses(() => SafetensorsFile.Parse(Content(length, "{}", 14), "file"), $"its header has {length} bytes, but 16 follow");

    [Fact]
    public void No_beginning_of_a_file_is_taken_for_a_file()
    {
        var whole = File.ReadAllBytes(GoldenFile("relu"));
        Assert.All(Enumerable.Range(0, whole.Length), length => Refuses(() => SafetensorsFile.Parse(whole.AsMemory(0, length), "file"), "file is no whole"));
        Refuses(() => SafetensorsFile.Parse(File.ReadAllBytes(typeof(Tensor).Assembly.Location), "file"), "file is no whole");
    }

    [Fact]
    public void Saving_where_it_is_not_possible_leaves_what_was_there_and_no_part()
    {
        var model = Model("relu");
        Directory.CreateDirectory(Path.Combine(Place, "in the way"));
        Assert.ThrowsAny<Exception>(() => model.Save(Place));
        Assert.Equal([Path.Combine(Place, "in the way")], Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Except([Place]));
    }

    [Fact]
    public void What_is_no_safetensors_file_at_all_is_named()
    {
        Refuses(() => SafetensorsFile.Parse("PK\u0003\u0004 and more"u8.ToArray(), "net.pt"), "net.pt is a zip archive, such as torch.save writes");
        Refuses(() => SafetensorsFile.Parse("version https://git-lfs.github.com/spec/v1\noid sha256:0"u8.ToArray(), "net"), "git lfs pull");
        Refuses(() => SafetensorsFile.Parse("\r\n  <!DOCTYPE html><html>"u8.ToArray(), "net"), "net is a web page");
        Refuses(() => SafetensorsFile.Parse("\uFEFF<?xml version"u8.ToArray(), "net"), "net is a web page or XML");
    }

    [Fact]
    public void A_file_larger_than_an_array_is_refused_unread()
    {
        using (var large = File.Create(Place))
        {
            // Sparse: no byte of it is stored.
            large.SetLength(3L << 30);
        }

        Refuses(() => SafetensorsFile.Read(Place), "has 3221225472 bytes: files of up to 2147483591 can be read");
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Numbers_that_are_not_finite_are_refused_and_nothing_changes(float bad)
    {
        var (written, read) = (Model("gru"), Model("gru"));
        var before = read.Parameters.SelectMany(p => p.Value.Span.ToArray()).ToArray();
        written.Layers[0].WeightHh.Value[1, 2] = bad;
        written.Save(Place);
        Refuses(() => read.Load(Place), $"holds {bad} at rnn.weight_hh_l0[1, 2]");
        Assert.Equal(before, read.Parameters.SelectMany(p => p.Value.Span.ToArray()));
    }

    [Theory]
    [InlineData("module.")]
    [InlineData("_orig_mod.")]
    [InlineData("_orig_mod.module.")]
    public void A_wrappers_prefix_names_the_way_out_and_it_works(string prefix)
    {
        var (written, read) = (new SequenceModel(new Gru(2, 3), new Linear(3, 1)), new SequenceModel(new Gru(2, 3, new RandomSource(9)), new Linear(3, 1)));
        new SafetensorsFile(written.Parameters.Select(p => StoredTensor.Of(prefix + p.Name, p.Value))).Save(Place);
        Refuses(() => read.Load(Place), $"load it with name => \"{prefix}\" + name as the last argument");
        read.Load(Place, name => prefix + name);
        Assert.Equal(written.Layers[0].WeightHh.Value.Span.ToArray(), read.Layers[0].WeightHh.Value.Span.ToArray());
    }

    [Fact]
    public void Layers_that_are_not_supported_are_named()
    {
        var model = new SequenceModel(new Lstm(2, 3), new Linear(3, 1));
        Save(model.Parameters.Append(new Parameter("rnn.weight_ih_l0_reverse", 12, 2)));
        Refuses(() => model.Load(Place), "has rnn.weight_ih_l0_reverse: bidirectional layers are not supported");
        Save(model.Parameters.Append(new Parameter("rnn.weight_hr_l0", 2, 3)));
        Refuses(() => model.Load(Place), "has rnn.weight_hr_l0: LSTM layers with a projection (proj_size) are not supported");
        Save(model.Parameters.Where(p => !p.Name.StartsWith("rnn.bias", StringComparison.Ordinal)));
        Refuses(() => model.Load(Place), "has no rnn.bias_ih_l0: recurrent layers without biases (bias=False) are not supported");

        void Save(IEnumerable<Parameter> parameters) => new SafetensorsFile(parameters.Select(p => StoredTensor.Of(p.Name, p.Value))).Save(Place);
    }

    private static void Refuses(Action action, string problem)
    {
        var message = Assert.Throws<InvalidDataException>(action).Message;
        Assert.Contains(problem, message);
        Assert.DoesNotContain('\n', message);
    }

    private static byte[] Content(ulong length, string header, int dataLength)
    {
        var start = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(start, length);
        return [.. start, .. Encoding.UTF8.GetBytes(header), .. new byte[dataLength]];
    }

    private static string GoldenFile(string name) => Path.Combine(Golden, $"{name}.golden.safetensors");

    private static double[] Numbers(JsonElement net, string name) => [.. net.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];

    private static double Number(string text) => text switch
    {
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        _ => double.Parse(text),
    };

    private static SequenceModel Model(string cell)
    {
        RecurrentLayer Layer(int inputs) => cell switch
        {
            "relu" => new Rnn(inputs, 5, Activation.Relu),
            "lstm" => new Lstm(inputs, 5),
            _ => new Gru(inputs, 5),
        };
        return new SequenceModel([Layer(3), Layer(5)], new Linear(5, 4), everyStep: true);
    }
}
