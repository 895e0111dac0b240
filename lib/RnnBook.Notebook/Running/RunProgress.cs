namespace RnnBook.Notebook;

/// <summary>What happens while a notebook runs.</summary>
/// <param name="CellIndex">The cell's place among all the notebook's cells, from 0.</param>
/// <param name="CodeCellNumber">The cell's place among the code cells, from 1.</param>
/// <param name="CodeCellCount">How many code cells there are.</param>
/// <param name="Event">What the engine said, or null when the cell starts.</param>
/// <param name="Result">The cell's outcome, when it is over.</param>
public sealed record RunProgress(int CellIndex, int CodeCellNumber, int CodeCellCount, EngineEvent? Event, CellResult? Result);
