namespace RnnBook;

/// <summary>
/// The fixed parts of a batch: two halves, one if there is a single sequence. Sums over sequences are formed in each part and then
/// added in order, so the number of threads does not change a bit.
/// </summary>
internal readonly record struct Shards(int Batch, int Count)
{
    public static Shards Of(int batch) => new(batch, Math.Min(batch, 2));

    /// <summary>First sequence of a part; that of the part behind the last is the batch size.</summary>
    public int Start(int shard) => shard == 0 ? 0 : shard == Count ? Batch : (Batch + 1) / 2;
}
