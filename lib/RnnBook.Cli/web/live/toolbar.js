// The bar above a chapter: run all, stop, restart, reset, download; how the engine stands; what the reader should know.

const words = {
  none: "not started", starting: "starting …", idle: "ready", busy: "running", gone: "ended", offline: "no connection",
};

export class Toolbar {
  #buttons = {}; #status; #progress; #notice; #state = "none"; #saysFailure = false;

  constructor(article, actions, titles) {
    const bar = document.createElement("div");
    bar.className = "live-bar";
    bar.setAttribute("role", "toolbar");
    bar.setAttribute("aria-label", "Run the chapter");
    const add = (name, text, title) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = text;
      button.title = title;
      button.className = name;
      button.addEventListener("click", async () => {
        try { await actions[name](); } catch (error) { this.#say(error.message); }
      });
      this.#buttons[name] = button;
      bar.append(button);
    };
    add("runAll", "▶ Run all", "Run every cell of the chapter in order");
    add("stop", "■ Stop", titles.stop);
    add("restart", "↻ Restart", titles.restart);
    add("reset", "⟲ Reset", "Put all cells back to the book's version");
    add("download", "↓ Notebook", "Download the chapter as .ipynb, with your edits and results");
    const right = document.createElement("span");
    right.className = "engine";
    right.innerHTML = '<progress hidden max="1" value="0" aria-label="Cells run"></progress><span class="dot" aria-hidden="true"></span><span role="status"></span>';
    [this.#progress, , this.#status] = right.children;
    bar.append(right);
    this.#notice = document.createElement("p");
    this.#notice.className = "live-notice";
    this.#notice.setAttribute("role", "alert");
    this.#notice.hidden = true;
    bar.append(this.#notice);
    article.querySelector("header.title").after(bar);
    this.bar = bar;
    this.#showState("none");
  }

  /** How the engine stands; what the reader should know, and a way on; what it does at the moment. */
  showEngine(state, notice, stage, way) {
    this.#state = state;
    this.#showState(state);
    if (stage) this.#status.textContent = stage;
    // What is said of a cell that failed stays until the next one runs: the engine comes to rest a moment later.
    if (this.#saysFailure && !notice && state === "idle") return;
    this.#saysFailure = false;
    this.#say(notice, way || undefined);
  }

  showOffline(why) {
    this.#showState("offline");
    this.#say(why);
  }

  /** After a run of several cells: which one failed, and the way to it. */
  showFailure(cell) {
    this.#saysFailure = true;
    this.#say(`Cell ${cell.number} failed; the cells after it did not run.`, { text: `Go to cell ${cell.number}`, run: () => cell.reveal() });
  }

  showOnline() {
    this.#showState(this.#state);
    this.#say(null);
  }

  /** Shows how many of the cells that were asked for have run, and whether there is anything to reset. */
  show(cells) {
    const open = cells.filter((cell) => cell.state === "waiting" || cell.state === "running").length;
    if (open === 0) this.asked = 0;
    this.asked = Math.max(this.asked ?? 0, open);
    this.#progress.hidden = this.asked < 2;
    this.#progress.max = this.asked || 1;
    this.#progress.value = this.asked - open;
    this.#buttons.stop.disabled = open === 0 || this.bar.dataset.engine === "offline";
    this.#buttons.reset.disabled = !cells.some((cell) => cell.isEdited);
    const running = cells.find((cell) => cell.state === "running");
    if (this.#state === "busy" && running?.asks) this.#status.textContent = `cell ${running.number} waits for your answer`;
    else if (this.#state === "busy" && running) this.#status.textContent = `running cell ${running.number}${open > 1 ? `, ${open - 1} to come` : ""}`;
  }

  #showState(state) {
    const isOffline = state === "offline";
    this.bar.dataset.engine = state;
    this.#status.textContent = words[state];
    for (const name of ["runAll", "download"]) this.#buttons[name].disabled = isOffline;
    if (isOffline) this.#buttons.stop.disabled = true;
    this.#buttons.restart.disabled = state === "none" || state === "starting" || isOffline;
  }

  #say(text, way) {
    if (this.#notice.firstChild?.textContent === (text ?? "") && !way) return;
    this.#notice.hidden = !text;
    this.#notice.replaceChildren(text ?? "");
    if (!way) return;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = way.text;
    button.addEventListener("click", way.run);
    this.#notice.append(" ", button);
  }
}
