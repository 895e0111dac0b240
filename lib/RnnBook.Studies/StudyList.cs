namespace RnnBook;

/// <summary>The studies of the book.</summary>
public static class StudyList
{
    /// <summary>All of them, in the order of the chapters that show them.</summary>
    public static IReadOnlyList<Study> All { get; } =
    [
        new GradientMapStudy(), new DepthStudy(), new SparsityStudy(), new WindowsStudy(), new MeanFieldStudy(),
        new GatesStudy(), new StacksStudy(),
        new RaceStudy(), new LongRaceStudy(), new StepCostStudy(), new CopyStudy(), new StartScaleStudy(), new StabilityStudy(), new DynamicsStudy(),
        new DyingStudy(), new SmoothTargetStudy(), new ActivationsStudy(), PixelsStudy.Small, PixelsStudy.Whole, new LettersStudy(), new SeriesStudy(),
        new ParallelCostStudy(), new CompressionStudy(), new SearchStudy(), new SizingStudy(),
        new ChoiceStudy(),
    ];

    /// <summary>Studies that take long: anyone may run them or go on with them; little or nothing of them is recorded with the book yet.</summary>
    public static IReadOnlyList<Study> Unfinished { get; } = [PixelsStudy.Full];

    /// <summary>The study of this name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public static Study Named(string name) => All.Concat(Unfinished).FirstOrDefault(study => study.Name == name)
        ?? throw new KeyNotFoundException($"There is no study \"{name}\". There are: {string.Join(", ", All.Concat(Unfinished).Select(study => study.Name))}.");
}
