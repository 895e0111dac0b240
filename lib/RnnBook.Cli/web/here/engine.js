// The C# engine as a page's worker, or Node, has it: starts it, and runs cells one after the other. What cells say comes back as the
// same changes that the live book's server sends.

/** How a cell's code names a file of the book. */
const bookFile = /\.\.\/((?:data|tests)\/[\w./-]+\.\w+)/g;

/**
 * Starts the runtime.
 * @param base the folder with the engine's files: a URL that ends in a slash
 * @param read gets the bytes of a file below that folder; null where there is none
 * @param show takes changes, a JSON text
 * @param ended hears that the runtime is gone, whatever has ended it
 * @param load how files are fetched; the runtime's own way where it is left out
 */
export async function startEngine({ base, read, show, ended, load }) {
  const { dotnet } = await import(new URL("dotnet.js", base));
  let builder = dotnet.withConfig({ disableNoCacheFetch: true }).withModuleConfig({ onExit: ended, onAbort: ended });
  if (load) builder = builder.withResourceLoader(load);
  const runtime = await builder.create();
  runtime.setModuleImports("page", { post: show });
  await compileKernels(runtime, read);
  const { Page } = await runtime.getAssemblyExports("RnnBook.Notebook");
  await runtime.runMain();
  const waiting = [];
  const have = new Set();
  let isRunning = false;

  async function fetchOnce(path) {
    if (have.has(path)) return;
    const content = await read(path);
    if (!content) return;
    Page.AddFile(path, content);
    have.add(path);
  }

  /** Cells read files of the book by name: what a cell names is fetched before it runs. */
  async function fetchNamed(code) {
    for (const [, path] of code.matchAll(bookFile)) await fetchOnce(path);
  }

  async function work() {
    if (isRunning) return;
    isRunning = true;
    try {
      for (let next; (next = waiting.shift());) {
        await fetchNamed(next.code);
        if (await Page.Run(next.cell, next.code)) continue;
        for (const { cell } of waiting.splice(0)) Page.Unqueue(cell);
      }
    } finally {
      isRunning = false;
    }
  }

  /** What the editor asks about code that is being typed. What the libraries say of themselves is fetched with the first question. */
  async function ask({ type, code, position }) {
    if (type === "complete") return JSON.parse(Page.Complete(code, position));
    await fetchOnce("documentation.json");
    const found = Page.Inspect(code, position);
    return found ? JSON.parse(found) : null;
  }

  return {
    ask,
    open: (cellIds) => Page.Open(cellIds),
    /** Puts cells, { cell, code }, into the queue. One that fails takes those behind it out again. */
    run(cells) {
      for (const cell of cells) {
        if (waiting.some((other) => other.cell === cell.cell)) continue;
        waiting.push(cell);
        Page.Queue(cell.cell);
      }
      return work();
    },
    transcript: (cell) => Page.Transcript(cell),
    withOutputs: (notebook) => Page.WithOutputs(notebook),
  };
}

/** What a training step spends its time on, as compiled code on the runtime's memory. Without it, the runtime interprets the library's own. */
async function compileKernels({ Module }, read) {
  const bytes = await read("../here/kernels.wasm");
  if (!bytes) return;
  const { instance } = await WebAssembly.instantiate(bytes, { runtime: { memory: Module.wasmExports.memory } });
  globalThis.rnnbook = instance.exports;
}
