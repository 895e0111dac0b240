namespace RnnBook;

/// <summary>The studies of the book.</summary>
public static class StudyList
{
    /// <summary>All of them, in the order of the chapters that show them.</summary>
    public static IReadOnlyList<Study> All { get; } =
    [
        new GradientMapStudy(), new DepthStudy(), new SparsityStudy(), new WindowsStudy(), new MeanFieldStudy(),
        new GatesStudy(), new StacksStudy(),
        new RaceStudy(), new StepCostStudy(), new CopyStudy(), new StartScaleStudy(), new StabilityStudy(), new DynamicsStudy(),
        new DyingStudy(), new SmoothTargetStudy(), new ActivationsStudy(), PixelsStudy.Small, new LettersStudy(), new SeriesStudy(),
        new CompressionStudy(), new SearchStudy(), new SizingStudy(),
        new ChoiceStudy(),
    ];

    /// <summary>Studies that take days: anyone may run them, nothing of them is recorded with the book.</summary>
    public static IReadOnlyList<Study> ForDays { get; } = [PixelsStudy.Full];

    /// <summary>The study of this name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public static Study Named(string name) => All.Concat(ForDays).FirstOrDefault(study => study.Name == name)
        ?? throw new KeyNotFoundException($"There is no study \"{name}\". There are: {string.Join(", ", All.Concat(ForDays).Select(study => study.Name))}.");
}
