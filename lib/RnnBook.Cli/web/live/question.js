// What a cell asks while it runs: a box below its outputs. Enter answers; Esc, like Stop, ends the cell.

export class Question {
  #form; #box;

  constructor(place, number, { answer, stop }) {
    this.#form = document.createElement("form");
    this.#form.className = "question";
    this.#form.innerHTML = '<label><span></span> <input type="text" autocomplete="off" spellcheck="false"></label> <button>Answer</button> <button type="button">Stop the cell</button>';
    this.#form.querySelector("span").textContent = `Cell ${number} asks:`;
    this.#box = this.#form.querySelector("input");
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      answer(this.#box.value);
      this.#box.value = ""; // the cell may ask again at once
    });
    this.#form.querySelector("button[type='button']").addEventListener("click", stop);
    this.#form.addEventListener("keydown", (event) => { if (event.key === "Escape") stop(); });
    place.after(this.#form);
  }

  /** Takes the keyboard, unless the reader is busy elsewhere on the page. */
  focusFor(section) {
    const { activeElement } = document;
    if (activeElement === document.body || section.contains(activeElement)) this.#box.focus();
  }

  /** Takes the box away. The keyboard goes back to the cell. */
  remove(section) {
    const hadFocus = this.#form.contains(document.activeElement);
    this.#form.remove();
    if (hadFocus) section.focus({ preventScroll: true });
  }
}
