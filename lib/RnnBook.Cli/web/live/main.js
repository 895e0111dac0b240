// Makes the book's pages live where `book serve` serves them: code cells become editors that run on this machine.
import { Connection } from "./connection.js";
import { CodeCell } from "./cell.js";
import { Toolbar } from "./toolbar.js";
import { markExercises } from "./exercises.js";
import { edits } from "./store.js";

let editor;
const article = document.querySelector("article.chapter");
markExercises();
if (article) makeLive(article);

function makeLive(article) {
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
  };
  const toolbar = new Toolbar(article, {
    runAll: () => run(cells),
    stop: () => connection.stop(),
    restart: () => connection.restart(),
    reset: () => cells.forEach((cell) => cell.reset()),
    download: () => download(chapter, cells),
  });
  const connection = new Connection(chapter, {
    async changes(changes) {
      for (const change of changes) {
        if ("engine" in change) toolbar.showEngine(change.engine, change.notice);
        else await byId.get(change.cell)?.show(change);
      }
      toolbar.show(cells);
      markExercises();
      if (notRunYet && cells.every((cell) => cell.hasRun)) notRunYet.hidden = true;
      // Whoever ran many cells may be far from the one that failed.
      const failed = asked.length > 1 && asked.find((cell) => cell.state === "failed");
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
  });
  for (const section of article.querySelectorAll(".code-cell")) cells.push(new CodeCell(section, chapter, actions, loadEditor));
  const byId = new Map(cells.map((cell) => [cell.id, cell]));
  connection.open();
  edits.follow(chapter, (id) => byId.get(id)?.takeStored());
  toolbar.show(cells);

  Promise.all(cells.filter((cell) => cell.isEdited).map((cell) => cell.mount())).finally(() => { document.documentElement.dataset.live = "true"; });
}

/** CodeMirror where npm could fetch it, else a plain text field. */
function loadEditor() {
  return editor ??= import("./editor.js").catch(() => import("./plain-editor.js"));
}

async function download(chapter, cells) {
  const sources = Object.fromEntries(cells.map((cell) => [cell.id, cell.code]));
  const answer = await fetch(`/download/${encodeURIComponent(chapter)}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${rnnbookAccess()}` },
    body: JSON.stringify(sources),
  });
  if (!answer.ok) throw new Error(await answer.text());
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = `${chapter}.ipynb`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
