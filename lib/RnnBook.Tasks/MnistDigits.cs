using System.Numerics.Tensors;

namespace RnnBook;

/// <summary>
/// The digits of MNIST (LeCun, Cortes and Burges, 1998), where they are present: 60,000 to learn from, 10,000 others to test with. Draws are
/// independent: a digit may come twice before another has come once.
/// </summary>
public sealed class MnistDigits : DigitTask
{
    private const int Pixels = SourceSide * SourceSide;
    private static readonly Lock Guard = new();
    private static (string Folder, Part Train, Part Test)? last;

    private readonly Part train;
    private readonly Part test;

    /// <summary>Makes the task; the files are read once and kept for further tasks.</summary>
    /// <param name="side">Pixels along a side of the image: 28 or 14.</param>
    /// <param name="permuted">Whether sequences show the pixels in an order that is random, but the same for all.</param>
    /// <param name="pixelsPerStep">Pixels a time step shows, a divisor of side²: 1 is pixel by pixel, side is row by row.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting outside its range.</exception>
    /// <exception cref="FileNotFoundException">MNIST is not present.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or is another one of the same name.</exception>
    public MnistDigits(int side = 28, bool permuted = false, int pixelsPerStep = 1)
        : base("MNIST digits", side, permuted, pixelsPerStep)
    {
        (train, test) = Load();

        // The cross-entropy on the test digits of who answers every image with the shares of the training digits.
        var shares = train.Labels.CountBy(label => label).ToDictionary(pair => pair.Key, pair => (double)pair.Value / train.Labels.Length);
        Baseline = test.Labels.Average(label => -Math.Log(shares[label]));
    }

    /// <summary>Whether the files are present, in the book's data/mnist/ or in mnist/ of the folder that RNNBOOK_DATA names.</summary>
    public static bool IsPresent => Dataset.Of("mnist").IsPresent;

    /// <summary>All 60,000 digits to learn from, in the files' order.</summary>
    public Batch TrainSet() => All(train);

    /// <summary>All 10,000 digits to test with, in the files' order.</summary>
    public Batch TestSet() => All(test);

    private protected override int DrawDigit(RandomSource random, bool test, Span<float> image)
    {
        var part = test ? this.test : train;
        return part.Read(random.NextInt(part.Labels.Length), image);
    }

    private Batch All(Part part)
    {
        var batch = NewBatch(part.Labels.Length);
        Span<float> source = stackalloc float[Pixels];
        Span<float> image = stackalloc float[Side * Side];
        for (var i = 0; i < batch.Size; i++)
        {
            batch.Labels![i] = part.Read(i, source);
            Shrink(source, image);
            WriteSequences(image, batch, i);
        }

        return batch;
    }

    private static (Part Train, Part Test) Load()
    {
        lock (Guard)
        {
            var folder = DataFolder.Current ?? "";
            if (last is null || last.Value.Folder != folder)
            {
                last = (folder, Read(0), Read(2));
            }

            return (last.Value.Train, last.Value.Test);
        }
    }

    /// <summary>Reads images and labels, which are neighbors in the list of files.</summary>
    private static Part Read(int imageFile)
    {
        var set = Dataset.Of("mnist");
        var (images, labels) = (set.Files[imageFile].Path, set.Files[imageFile + 1].Path);
        return new Part(IdxFile.Parse(set.Read(imageFile), images).Elements, IdxFile.Parse(set.Read(imageFile + 1), labels).Elements.ToArray());
    }

    /// <summary>Images of 28×28 bytes and their labels. The checksum vouches for shapes and ranges.</summary>
    private sealed record Part(ReadOnlyMemory<byte> Images, byte[] Labels)
    {
        /// <summary>Writes an image, 0 black and 1 full ink, and gives its label.</summary>
        public int Read(int index, Span<float> image)
        {
            TensorPrimitives.ConvertTruncating(Images.Span.Slice(index * Pixels, Pixels), image);
            TensorPrimitives.Divide(image, 255, image);
            return Labels[index];
        }
    }
}
