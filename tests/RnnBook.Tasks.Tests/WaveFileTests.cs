using System.Text;

namespace RnnBook.Tests;

public class WaveFileTests
{
    [Fact]
    public void A_sound_has_a_header_and_its_loudest_sample_at_nine_tenths()
    {
        var bytes = WaveFile.Bytes([0, 2, -4], 8000);
        Assert.Equal(44 + 6, bytes.Length);
        Assert.Equal("RIFF", Encoding.ASCII.GetString(bytes, 0, 4));
        Assert.Equal("WAVEfmt ", Encoding.ASCII.GetString(bytes, 8, 8));
        Assert.Equal((42, 8000, 6), (BitConverter.ToInt32(bytes, 4), BitConverter.ToInt32(bytes, 24), BitConverter.ToInt32(bytes, 40)));
        Assert.Equal([0, 14745, -29490], new[] { 44, 46, 48 }.Select(at => (int)BitConverter.ToInt16(bytes, at)));
    }

    [Fact]
    public void Silence_is_a_sound_and_NaN_is_none()
    {
        Assert.All(WaveFile.Bytes(new float[5], 8000).Skip(44), b => Assert.Equal(0, b));
        Assert.Throws<ArgumentException>(() => WaveFile.Bytes([float.NaN], 8000));
    }
}
