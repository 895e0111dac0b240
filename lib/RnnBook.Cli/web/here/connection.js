// The static site's line to its chapter's engine, a worker of the page: the same calls and the same changes as with the live book's server.

const assets = new URL("../", import.meta.url);

/** Runs of a new worker count on from those of the one before it, which the page still shows. */
const runsOfAWorker = 1_000_000;

export class Connection {
  /** What the toolbar says of it. */
  static titles = {
    stop: "Stop the running cell: the engine ends, and its variables with it",
    restart: "Give the chapter a new engine without any variables",
  };

  #chapter; #handlers; #cellIds; #worker = null; #ready = null; #firstRun = 0; #asked = 0; #shown = Promise.resolve();
  #answers = new Map();
  #states = new Map();

  constructor(chapter, handlers, cellIds) {
    this.#chapter = chapter;
    this.#handlers = handlers;
    this.#cellIds = cellIds;
  }

  open() { this.#start(); }

  run(cells) {
    this.#start();
    for (const { cell } of cells) this.#change({ ...this.#stateOf(cell), state: "waiting" });
    const worker = this.#worker;
    this.#ready.then(() => { if (worker === this.#worker) worker.postMessage({ type: "run", cells }); }, () => { /* told already */ });
  }

  /** Nothing else can interrupt a cell: the worker goes, and the page offers to run again what had run. */
  stop() {
    const again = this.#cellIds.filter((id) => this.#stateOf(id).state === "ok");
    this.#end("Stopped. That ends the engine, and the chapter's variables with it.", again);
  }

  restart() {
    this.#end(null, []);
    this.#start();
  }

  warmUp() { this.#start(); }

  /** Asks the engine about code; null where it cannot answer now: it does one thing at a time. */
  async ask(question) {
    const isBusy = [...this.#states.values()].some(({ state }) => state === "running" || state === "waiting");
    return this.#worker && !isBusy ? this.#call({ type: "ask", question }) : null;
  }

  async transcript(cell) {
    const text = this.#worker ? await this.#call({ type: "transcript", cell }) : null;
    return new Blob([text || "This output is gone: run the cell again."]);
  }

  /** The notebook with the reader's sources; with what cells said, where an engine knows. */
  async download(sources) {
    const answer = await fetch(new URL(`notebooks/${encodeURIComponent(this.#chapter)}.ipynb`, assets));
    if (!answer.ok) throw new Error("The notebook is not beside the page.");
    const notebook = await answer.json();
    for (const cell of notebook.cells) {
      if (cell.cell_type === "code" && cell.id in sources) cell.source = sources[cell.id];
    }
    const text = JSON.stringify(notebook, null, 1);
    return new Blob([this.#worker ? await this.#call({ type: "withOutputs", notebook: text }) : text]);
  }

  async #call(message) {
    await this.#ready;
    const id = ++this.#asked;
    return new Promise((resolve) => {
      this.#answers.set(id, resolve);
      this.#worker.postMessage({ ...message, id });
    });
  }

  #start() {
    if (this.#worker) return;
    const worker = new Worker(new URL("here/worker.js", assets), { type: "module" });
    this.#worker = worker;
    this.#change({ engine: "starting", stage: "starting …" });
    let received = 0;
    this.#ready = new Promise((resolve, reject) => {
      const fail = (why) => {
        reject(new Error(why));
        if (worker === this.#worker) this.#end(why, []);
      };
      worker.onerror = (event) => { fail(`The engine could not be started: ${event.message ?? "its files are missing"}`); };
      worker.onmessage = ({ data }) => {
        if (worker !== this.#worker) return;
        switch (data.type) {
          case "bytes":
            received += data.bytes;
            this.#change({ engine: "starting", stage: data.isLast ? "starting …" : `downloading: ${(received / 1e6).toFixed(1)} MB` });
            break;
          case "ready":
            this.#change({ engine: "idle", notice: null });
            resolve();
            break;
          case "changes":
            for (const change of JSON.parse(data.changes)) this.#change("run" in change ? { ...change, run: change.run + this.#firstRun } : change);
            break;
          case "answer":
            this.#answers.get(data.id)?.(data.answer);
            this.#answers.delete(data.id);
            break;
          case "failed":
            fail(data.message);
            break;
          case "ended":
            fail("The cell ended the engine, and the chapter's variables with it.");
            break;
        }
      };
    });
    this.#ready.catch(() => { /* told already */ });
    worker.postMessage({ type: "open", cells: this.#cellIds });
  }

  /** Ends the worker: what ran has failed, what waited does not run, what had run counts no more. */
  #end(why, again) {
    if (!this.#worker) return;
    this.#worker.terminate();
    this.#worker = null;
    for (const answer of this.#answers.values()) answer(null);
    this.#answers.clear();
    for (const id of this.#cellIds) {
      const last = this.#stateOf(id);
      if (last.state === "running") this.#change({ ...last, state: "failed", seconds: (performance.now() - last.since) / 1000 });
      else if (last.state !== "idle" && last.state !== "failed") this.#change({ ...last, state: "idle" });
    }
    this.#firstRun += runsOfAWorker;
    this.#change({ engine: why ? "gone" : "none", notice: why, again });
  }

  #stateOf(cell) {
    return this.#states.get(cell) ?? { cell, state: "idle", run: 0, count: null, seconds: 0, errorLine: null, errorName: null, hiddenCharacters: 0, hiddenOutputs: 0, asks: false };
  }

  /** Changes are worked off one after the other: drawing takes time. */
  #change(change) {
    if ("state" in change) this.#states.set(change.cell, change.state === "running" ? { ...change, since: performance.now() - 1000 * change.seconds } : change);
    this.#shown = this.#shown.then(() => this.#handlers.changes([change])).catch((error) => console.error("a change could not be shown", error));
  }
}
