// The page's line to its chapter's engine. The server sends what has changed and waits until the page shows it.

const retryAfter = [200, 500, 1000, 2000, 4000, 8000, 15_000];

/** What the server's own reasons to close mean for the reader. */
const why = {
  4403: () => "To run cells, open the whole address that `book serve` printed last, with its token. Your edits are kept.",
  4422: (reason) => `This chapter cannot be run: ${reason} Mend the file and this page goes on by itself.`,
};

export class Connection {
  /** What the toolbar says of it. */
  static titles = { stop: "Stop the running cell; its variables stay", restart: "Give the chapter a new engine without any variables" };

  #chapter; #handlers; #socket = null; #tries = 0; #asked = 0;
  #answers = new Map();

  constructor(chapter, handlers) {
    this.#chapter = chapter;
    this.#handlers = handlers;
  }

  open() {
    const socket = new WebSocket(`ws://${location.host}/session/${encodeURIComponent(this.#chapter)}`);
    this.#socket = socket;
    // Messages are worked off one after the other: drawing takes time.
    let work = Promise.resolve();
    let isLetIn = false;
    socket.onopen = () => this.#send({ type: "open", access: rnnbookAccess() });
    socket.onmessage = (event) => {
      if (!isLetIn) this.#handlers.online();
      isLetIn = true;
      this.#tries = 0;
      work = work.then(() => this.#take(JSON.parse(event.data)));
    };
    socket.onclose = (event) => this.#closed(event);
  }

  run(cells) { this.#send({ type: "run", cells }); }
  answer(cell, text) { this.#send({ type: "answer", cell, text }); }
  stop() { this.#send({ type: "stop" }); }
  restart() { this.#send({ type: "restart" }); }
  warmUp() { this.#send({ type: "warm" }); }

  /** Asks the engine about code; resolves to its answer, null when there is none. */
  ask(request) {
    const id = ++this.#asked;
    return new Promise((resolve) => {
      this.#answers.set(id, resolve);
      if (!this.#send({ ...request, id })) this.#answer({ id });
      setTimeout(() => this.#answer({ id }), 5000);
    });
  }

  /** All that a cell has said. */
  async transcript(cell) {
    const answer = await this.#fetch("output", encodeURIComponent(cell));
    return answer.ok ? await answer.blob() : new Blob(["This output is gone: run the cell again."]);
  }

  /** The notebook with the reader's sources and what their cells said. */
  async download(sources) {
    const answer = await this.#fetch("download", "", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(sources) });
    if (!answer.ok) throw new Error(await answer.text());
    return answer.blob();
  }

  /** With the token: a link could not show one. */
  #fetch(what, cell, request = {}) {
    const address = `/${what}/${encodeURIComponent(this.#chapter)}${cell && `/${cell}`}`;
    return fetch(address, { ...request, headers: { ...request.headers, Authorization: `Bearer ${rnnbookAccess()}` } });
  }

  async #take(message) {
    if (message.type !== "changes") {
      this.#answer(message);
      return;
    }
    try {
      await this.#handlers.changes(message.changes);
    } catch (error) {
      console.error("a change could not be shown", error);
    }
    this.#send({ type: "shown" });
  }

  #answer({ id, answer = null }) {
    this.#answers.get(id)?.(answer);
    this.#answers.delete(id);
  }

  #send(message) {
    const isOpen = this.#socket?.readyState === WebSocket.OPEN;
    if (isOpen) this.#socket.send(JSON.stringify(message));
    return isOpen;
  }

  #closed({ code, reason }) {
    for (const id of [...this.#answers.keys()]) this.#answer({ id });
    if (code === 1008 || code === 1009) {
      this.#handlers.offline(`${reason} Reload the page.`);
      return;
    }
    this.#handlers.offline(why[code]?.(reason) ?? "The live book does not answer: start it again with `book serve`. Your edits are kept.");
    const wait = retryAfter[Math.min(this.#tries++, retryAfter.length - 1)];
    setTimeout(() => this.open(), wait);
  }
}
