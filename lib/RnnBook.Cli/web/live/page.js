// A chapter's page whose code cells are editors that run: the same for the live book, whose engines are processes behind a server, and for the
// static site, whose engine is a worker of the page.
import { CodeCell } from "./cell.js";
import { Toolbar } from "./toolbar.js";
import { markExercises } from "./exercises.js";
import { edits } from "./store.js";

let editor;

/**
 * Makes the cells of a chapter editors.
 * @param article the chapter
 * @param Connection the line to its engine: a class
 * @returns what runs a cell after those before it, by its id
 */
export function makeLive(article, Connection) {
  const chapter = article.dataset.chapter;
  const notRunYet = article.querySelector("header.title .notice:not(.failed)");
  if (notRunYet) notRunYet.textContent = "Not run yet: “Run all” fills in the results, or run cell by cell.";
  const cells = [];
  let asked = [];
  const run = (some) => {
    asked = some;
    connection.run(some.map((cell) => ({ cell: cell.id, code: cell.code })));
  };
  const before = (cell) => cells.slice(0, cells.indexOf(cell)).filter((other) => !other.hasRun);
  const actions = {
    run: (cell) => run([cell]),
    answer: (cell, text) => connection.answer(cell.id, text),
    stop: () => connection.stop(),
    runFromStart: (cell) => run([...before(cell), cell]),
    notRunBefore: (cell) => before(cell).length,
    next: (cell) => cells[cells.indexOf(cell) + 1]?.focus(),
    warmUp: () => connection.warmUp(),
    changed: () => toolbar.show(cells),
    ask: (request) => connection.ask(request),
    transcript: (cell) => connection.transcript(cell.id),
  };
  const toolbar = new Toolbar(article, {
    runAll: () => run(cells),
    stop: () => connection.stop(),
    restart: () => connection.restart(),
    reset: () => cells.forEach((cell) => cell.reset()),
    download: async () => save(
      await connection.download(Object.fromEntries(cells.map((cell) => [cell.id, cell.code]))), `${chapter}.ipynb`),
  }, Connection.titles);
  const showEngine = ({ engine, notice, stage, again }) => {
    const some = (again ?? []).map((id) => byId.get(id));
    toolbar.showEngine(engine, notice, stage, some.length > 0 && {
      text: some.length === 1 ? "Run the cell that had run again" : `Run the ${some.length} cells that had run again`, run: () => run(some),
    });
  };
  const sections = [...article.querySelectorAll(".code-cell")];
  const connection = new Connection(chapter, {
    async changes(changes) {
      for (const change of changes) {
        if ("engine" in change) showEngine(change);
        else await byId.get(change.cell)?.show(change);
      }
      toolbar.show(cells);
      markExercises();
      if (notRunYet && cells.every((cell) => cell.hasRun)) notRunYet.hidden = true;
      // Whoever ran many cells may be far from the one that failed.
      // One that has failed now: a cell that waits for its turn may still show how it ended before.
      const failed = asked.length > 1 && asked.find((cell) => changes.some((change) => change.cell === cell.id && change.state === "failed"));
      if (failed) {
        asked = [];
        failed.reveal();
        toolbar.showFailure(failed);
      }
    },
    offline(why) {
      toolbar.showOffline(why);
      for (const cell of cells) cell.setOffline(true);
    },
    online() {
      toolbar.showOnline();
      for (const cell of cells) cell.setOffline(false);
    },
  }, sections.map((section) => section.dataset.cell));
  for (const section of sections) cells.push(new CodeCell(section, chapter, actions, loadEditor));
  const byId = new Map(cells.map((cell) => [cell.id, cell]));
  connection.open();
  edits.follow(chapter, (id) => byId.get(id)?.takeStored());
  toolbar.show(cells);

  Promise.all(cells.filter((cell) => cell.isEdited).map((cell) => cell.mount())).finally(() => { document.documentElement.dataset.live = "true"; });
  return (id) => actions.runFromStart(byId.get(id));
}

/** CodeMirror where npm could fetch it, else a plain text field. */
function loadEditor() {
  return editor ??= import("./editor.js").catch(() => import("./plain-editor.js"));
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
