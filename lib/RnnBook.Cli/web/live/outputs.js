// What a cell says, below it. Text grows, figures change in place, nothing flickers: a run's first output replaces the last run's.
import { exercises } from "./store.js";

export class Outputs {
  #place; #transcript; #slots = []; #run = 0; #isOld = false; #hidden = null;

  constructor(place, transcript) {
    this.#place = place;
    this.#transcript = transcript;
    place.setAttribute("aria-live", "off");
  }

  /** The outputs that come from now on belong to this run. */
  startRun(run, state) {
    if (run !== this.#run) {
      this.#run = run;
      this.#isOld = true;
      this.#place.classList.add("old");
    }
    if (state === "ok" || state === "failed") this.#clearOld();
    if (state === "idle" && run > 0) this.#place.classList.add("old");
  }

  async show(change, isEdited) {
    if (change.run !== this.#run) return;
    this.#clearOld();
    const slot = this.#slot(change.output);
    if ("lines" in change) showText(slot, change);
    else await showValue(slot, change, isEdited);
  }

  showHidden(characters, outputs) {
    if (!characters && !outputs) {
      this.#hidden?.remove();
      this.#hidden = null;
      return;
    }
    if (!this.#hidden) {
      this.#hidden = document.createElement("p");
      this.#hidden.className = "hidden-rest";
      this.#hidden.innerHTML = '<span></span> <button type="button">Show all as text</button>';
      this.#hidden.querySelector("button").addEventListener("click", () => this.#showWhole());
      this.#place.append(this.#hidden);
    }
    const parts = [];
    if (characters) parts.push(`${characters.toLocaleString("en")} more characters`);
    if (outputs) parts.push(`${outputs.toLocaleString("en")} more outputs`);
    this.#hidden.firstChild.textContent = `… ${parts.join(" and ")}.`;
  }

  lastError() { return [...this.#place.querySelectorAll(".out.error")].at(-1); }

  /** In a tab of its own. */
  async #showWhole() {
    const tab = window.open("", "_blank");
    const address = URL.createObjectURL(new Blob([await this.#transcript()], { type: "text/plain; charset=utf-8" }));
    if (tab) tab.location = address;
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  }

  #clearOld() {
    if (!this.#isOld) return;
    this.#isOld = false;
    this.#place.classList.remove("old");
    this.#place.replaceChildren(...(this.#hidden ? [this.#hidden] : []));
    this.#slots = [];
  }

  #slot(index) {
    while (this.#slots.length <= index) {
      const slot = document.createElement("div");
      slot.className = "slot";
      this.#slots.push(slot);
      if (this.#hidden) this.#hidden.before(slot);
      else this.#place.append(slot);
    }
    return this.#slots[index];
  }
}

/** Finished lines are added; the last line is written anew each time. */
function showText(slot, { stream, from, lines, open }) {
  let pre = slot.querySelector("pre");
  if (!pre || from === 0) {
    slot.innerHTML = `<pre class="out stream${stream === "stderr" ? " stderr" : ""}" tabindex="0"><span></span><span></span></pre>`;
    pre = slot.firstChild;
  }
  const wasAtEnd = pre.scrollTop + pre.clientHeight >= pre.scrollHeight - 5;
  pre.firstChild.insertAdjacentHTML("beforeend", lines);
  pre.lastChild.innerHTML = open;
  if (wasAtEnd) pre.scrollTop = pre.scrollHeight;
}

async function showValue(slot, { html, exercise }, isEdited) {
  // The judge of a stub that nobody has changed has judged no attempt.
  if (exercise && (exercise.solved || isEdited)) exercises.write(exercise.id, exercise.solved);
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  const plot = slot.querySelector("figure.plot");
  const newPlot = fresh.content.querySelector("figure.plot");
  if (plot && newPlot) {
    // The same place, another state of the figure: it is redrawn on its own canvas.
    plot.querySelector("script").textContent = newPlot.querySelector("script").textContent;
    plot.querySelector(".words").textContent = newPlot.querySelector(".words").textContent;
    plot.dataset.needs = newPlot.dataset.needs;
    await rnnbookFigures.draw(plot);
    return;
  }
  slot.replaceChildren(fresh.content);
  rnnbook.renderMath(slot);
  rnnbook.watchOverflow(slot);
  for (const added of slot.querySelectorAll("figure.plot")) await rnnbookFigures.draw(added);
}
