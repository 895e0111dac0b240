namespace RnnBook.Tests;

public class MovingDigitsTests
{
    [Fact]
    public void Each_frame_is_the_one_before_moved_by_a_pixel()
    {
        var batch = new MovingDigits(3).TestBatch(60, 1);
        Assert.Equal(4, batch.Labels!.Distinct().Count());
        for (var b = 0; b < batch.Size; b++)
        {
            var (dx, dy) = batch.Labels![b] switch { 0 => (0, -1), 1 => (0, 1), 2 => (-1, 0), _ => (1, 0) };
            for (var (y, t) = (4, 1); y < 10; y++, t = 1 + (y % 2))
            {
                for (var x = 4; x < 10; x++)
                {
                    Assert.Equal(batch.Inputs[t - 1, b, ((y - dy) * 14) + x - dx], batch.Inputs[t, b, (y * 14) + x]);
                }
            }
        }
    }

    [Fact]
    public void A_film_has_two_to_six_frames()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new MovingDigits(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MovingDigits(7));
    }
}
