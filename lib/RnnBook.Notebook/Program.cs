using System.Globalization;
using RnnBook.Notebook;

// The child process of CellEngine: requests come on standard input, events go out on standard output, one JSON object a line.
CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
CellServer.Run();
