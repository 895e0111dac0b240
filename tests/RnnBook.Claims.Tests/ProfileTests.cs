namespace RnnBook.Tests;

public class ProfileTests
{
    [Theory]
    [InlineData(null, "quick", 3)]
    [InlineData("", "quick", 3)]
    [InlineData("quick", "quick", 3)]
    [InlineData("full", "full", 5)]
    [InlineData("paper", "paper", 10)]
    public void The_environment_chooses(string? name, string expected, int picked)
    {
        var profile = Profile.Read(name, null);
        Assert.Equal((expected, picked, 1UL), (profile.Name, profile.Pick(3, 5, 10), profile.Seed));
        Assert.Equal(picked, profile.Seeds(3, 5, 10).Distinct().Count());
    }

    [Fact]
    public void Another_seed_of_the_run_gives_other_seeds()
    {
        var seeds = new[] { "1", "2", "3" }.SelectMany(seed => Profile.Read("quick", seed).Seeds(1000, 1, 1)).ToList();
        Assert.Equal(3000, seeds.Distinct().Count());
    }

    [Fact]
    public void What_is_no_profile_or_no_seed_is_named()
    {
        Assert.Contains("\"fast\": quick, full or paper", Assert.Throws<ArgumentException>(() => Profile.Read("fast", null)).Message);
        Assert.Contains("\"-1\"", Assert.Throws<ArgumentException>(() => Profile.Read(null, "-1")).Message);
    }
}
