// Runs a notebook's cells with the page's engine under Node: node run-notebook.mjs ENGINE.JS BUNDLE NOTEBOOK [QUESTIONS]. Writes the notebook with its
// outputs, or the answers to an editor's questions after it.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [engineFile, bundle, notebookFile, questionsFile] = process.argv.slice(2);
const { startEngine } = await import(pathToFileURL(engineFile));
const log = (text) => process.stderr.write(`${(performance.now() / 1000).toFixed(2)} s ${text}\n`);
let failure = null;
const states = new Map();
const engine = await startEngine({
  base: pathToFileURL(path.resolve(bundle) + path.sep),
  read: (name) => readFile(path.join(bundle, name)).catch(() => null),
  ended: () => { failure ??= "the runtime ended"; },
  show: (json) => {
    for (const change of JSON.parse(json)) {
      if (!("state" in change) || states.get(change.cell) === change.state) continue;
      states.set(change.cell, change.state);
      if (change.state === "ok" || change.state === "failed") log(`${change.cell}: ${change.state} after ${change.seconds} s`);
    }
  },
});
log("ready");
const notebook = JSON.parse(await readFile(notebookFile, "utf8"));
const cells = notebook.cells.filter((cell) => cell.cell_type === "code").map((cell) => ({ cell: cell.id, code: [].concat(cell.source).join("") }));
engine.open(cells.map(({ cell }) => cell));
await engine.run(cells);
log("done");
if (questionsFile) {
  const answers = [];
  for (const question of JSON.parse(await readFile(questionsFile, "utf8"))) answers.push(await engine.ask(question));
  log("answered");
  process.stdout.write(JSON.stringify(answers));
} else {
  process.stdout.write(engine.withOutputs(JSON.stringify(notebook)));
}
process.exitCode = failure ? 1 : 0;
if (failure) log(failure);
