// A code cell: its editor, its buttons, what it says.
import { edits } from "./store.js";
import { Outputs } from "./outputs.js";
import { Question } from "./question.js";

export class CodeCell {
  state = "idle";
  #chapter; #actions; #loadEditor; #mounting = null; #code; #bookCode; #editor = null; #outputs; #status; #runButton; #resetButton; #saving; #ticking; #startedAt; #failure; #question = null;

  constructor(section, chapter, actions, loadEditor) {
    this.section = section;
    this.id = section.dataset.cell;
    this.number = section.dataset.number;
    this.#chapter = chapter;
    this.#actions = actions;
    this.#loadEditor = loadEditor;
    this.#bookCode = section.querySelector("pre.code code").textContent;
    this.#code = this.#bookCode;
    this.#outputs = new Outputs(section.querySelector(".outputs"), () => actions.transcript(this));
    section.tabIndex = -1;
    section.querySelector(".copy")?.remove();
    this.#addControls();
    this.#readStored();
    this.#editOnFocus();
    for (const event of ["pagehide", "visibilitychange"]) addEventListener(event, () => this.#save());
  }

  get code() { return this.#code; }
  get isEdited() { return this.#code !== this.#bookCode; }
  get hasRun() { return this.state === "ok"; }

  /** Puts the editor where the page has the code. */
  mount() {
    return this.#mounting ??= this.#createEditor();
  }

  async #createEditor() {
    const { createEditor } = await this.#loadEditor();
    const pre = this.section.querySelector("pre.code");
    const holder = document.createElement("div");
    holder.className = "editor";
    pre.replaceWith(holder);
    this.#editor = createEditor({
      parent: holder,
      text: this.#code,
      marks: this.#code === this.#bookCode ? marksOf(pre.querySelector("code")) : [],
      label: `C# code of cell ${this.number}. Shift Enter runs it and goes on, Control Enter runs it, Escape leads to the Run button.`,
      changed: (text) => this.#changed(text),
      run: () => this.run(),
      runAndGoOn: () => { this.run(); this.#actions.next(this); },
      leave: () => this.#runButton.focus(),
      focused: () => this.#actions.warmUp(),
      ask: this.#actions.ask,
    });
  }

  /** A page of many cells has editors only where the reader has been. A mouse that marks text to copy it is left alone. */
  #editOnFocus() {
    const pre = this.section.querySelector("pre.code");
    let isMouse = false;
    pre.addEventListener("pointerdown", () => { isMouse = true; });
    pre.addEventListener("focus", () => { if (!isMouse) this.focus(); });
    pre.addEventListener("click", (event) => {
      isMouse = false;
      if (getSelection().isCollapsed) this.focus(event);
    });
  }

  /** Puts the cursor into the editor, at the mouse where that has clicked. */
  async focus(mouse) {
    this.#unfold();
    await this.mount();
    this.#editor.focus(mouse && { x: mouse.clientX, y: mouse.clientY });
  }

  /** Code that the book keeps folded is shown when it is needed. */
  #unfold() { this.section.querySelector("details.fold")?.setAttribute("open", ""); }

  run() { this.#actions.run(this); }

  /** Brings the cell into view and puts the keyboard there. */
  reveal() {
    this.section.scrollIntoView({ block: "center" });
    this.section.focus({ preventScroll: true });
  }

  /** Without the server nothing runs, and no button says otherwise. */
  setOffline(isOffline) {
    this.#runButton.disabled = isOffline;
    if (!isOffline || (this.state !== "running" && this.state !== "waiting")) return;
    clearInterval(this.#ticking);
    this.#showQuestion(false);
    this.section.dataset.state = this.state = "idle";
    this.#status.textContent = "no connection";
  }

  /** Back to the book's version. */
  reset() {
    if (!this.isEdited) return;
    this.#code = this.#bookCode;
    this.#editor?.setText(this.#code);
    edits.remove(this.#chapter, this.id);
    clearTimeout(this.#saving);
    this.#saving = undefined;
    this.#showEdited();
  }

  /** Another tab has edited this cell. */
  takeStored() {
    if (this.#editor?.hasFocus()) return;
    this.#code = this.#bookCode;
    this.#readStored();
    this.#editor?.setText(this.#code);
    if (this.isEdited) this.mount();
    this.#showEdited();
  }

  /** Shows a change that the server tells of: the cell's state, or one of its outputs. */
  async show(change) {
    if ("output" in change) await this.#outputs.show(change, this.isEdited);
    else this.#showState(change);
    if (this.state === "failed") this.#showWayOut();
  }

  get asks() { return this.#question !== null; }

  #showState({ state, run, asks, count, seconds, errorLine, errorName, hiddenCharacters, hiddenOutputs }) {
    this.state = state;
    this.section.dataset.state = state;
    this.#outputs.startRun(run, state);
    this.#outputs.showHidden(hiddenCharacters, hiddenOutputs);
    clearInterval(this.#ticking);
    this.section.querySelector(".took")?.remove();
    if (state === "running") {
      this.#startedAt = performance.now() - 1000 * seconds;
      this.#editor?.markError(null);
      this.#ticking = setInterval(() => this.#tick(), 100);
      this.#tick();
    } else {
      this.#status.textContent = {
        idle: "", waiting: "waiting", ok: `[${count}] ${duration(seconds)}`, failed: `[${count}] stopped after ${duration(seconds)}`,
      }[state];
    }
    this.#showQuestion(asks);
    this.#failure = { line: errorLine, name: errorName };
    if (state === "failed") this.#unfold();
    this.#editor?.markError(state === "failed" ? errorLine : null);
    if (state === "failed" && errorLine && !this.#editor) {
      this.mount().then(() => { if (this.state === "failed") this.#editor.markError(this.#failure.line); });
    }
  }

  #showQuestion(asks) {
    if (asks === this.asks) return;
    if (asks) {
      this.#question = new Question(this.section.querySelector(".outputs"), this.number, {
        answer: (text) => this.#actions.answer(this, text),
        stop: () => this.#actions.stop(),
      });
      this.#question.focusFor(this.section);
    } else {
      this.#question.remove(this.section);
      this.#question = null;
    }
  }

  /** A failed cell leads to its line; one that misses names, to the cells before it that have not run. */
  #showWayOut() {
    const { line, name } = this.#failure;
    const error = this.#outputs.lastError();
    if (!error || error.querySelector(".ways")) return;
    const ways = document.createElement("div");
    ways.className = "ways";
    error.append(ways);
    const add = (text, action) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = text;
      button.addEventListener("click", action);
      ways.append(button);
    };
    if (line && this.#code.includes("\n")) add(`Go to line ${line}`, async () => { await this.mount(); this.#editor.goToLine(line); });
    const missing = this.#actions.notRunBefore(this);
    if (name === "CompileError" && missing > 0) {
      add(missing === 1 ? "Run the cell before it, then this one" : `Run the ${missing} cells before it, then this one`, () => this.#actions.runFromStart(this));
    }
  }

  #tick() {
    this.#status.textContent = duration((performance.now() - this.#startedAt) / 1000);
  }

  #addControls() {
    const controls = document.createElement("div");
    controls.className = "controls";
    const add = (className, text, label, action) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = className;
      button.textContent = text;
      button.setAttribute("aria-label", label);
      button.title = label;
      button.addEventListener("click", action);
      controls.append(button);
      return button;
    };
    this.#runButton = add("run", "▶ Run", `Run cell ${this.number}`, () => this.run());
    if (navigator.clipboard) {
      const copy = add("copy-code", "Copy", `Copy the code of cell ${this.number}`, async () => {
        await navigator.clipboard.writeText(this.#code);
        copy.textContent = "Copied";
        setTimeout(() => { copy.textContent = "Copy"; }, 1500);
      });
    }
    this.#resetButton = add("reset", "⟲ Book's version", `Put cell ${this.number} back to the book's version`, () => this.reset());
    this.#status = document.createElement("span");
    this.#status.className = "status";
    controls.append(this.#status);
    this.section.querySelector(".input").append(controls);
    this.#showEdited();
  }

  #changed(text) {
    this.#code = text;
    this.#showEdited();
    clearTimeout(this.#saving);
    this.#saving = setTimeout(() => this.#save(), 300);
  }

  #save() {
    if (this.#saving === undefined) return;
    clearTimeout(this.#saving);
    this.#saving = undefined;
    if (this.isEdited) edits.write(this.#chapter, this.id, this.#code, this.section.dataset.version);
    else edits.remove(this.#chapter, this.id);
  }

  #readStored() {
    const kept = edits.read(this.#chapter, this.id);
    if (typeof kept?.code !== "string") return;
    this.#code = kept.code;
    if (kept.version !== this.section.dataset.version && this.isEdited) {
      const note = document.createElement("p");
      note.className = "notice outdated";
      note.textContent = "The book's version of this cell has changed since you edited it.";
      this.section.querySelector(".notice.outdated")?.remove();
      this.section.querySelector(".input").after(note);
    }
    this.#showEdited();
  }

  #showEdited() {
    this.section.classList.toggle("edited", this.isEdited);
    this.#resetButton.hidden = !this.isEdited;
    if (!this.isEdited) this.section.querySelector(".notice.outdated")?.remove();
    this.#actions.changed();
  }
}

/** What the page's own colouring knows of each word: [from, to, class]. */
function marksOf(code) {
  const marks = [];
  let at = 0;
  for (const node of code.childNodes) {
    const length = node.textContent.length;
    if (node.className) marks.push([at, at + length, node.className]);
    at += length;
  }
  return marks;
}

function duration(seconds) {
  return seconds < 0.1 ? `${Math.round(1000 * seconds)} ms` : seconds < 60 ? `${seconds.toFixed(1)} s` : `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
}
