// "Guess first": a paragraph that begins so, and the task list after it, become a question whose answer the browser keeps and shows beside
// the next result. Without this script it is read as a list.
(() => {
  "use strict";
  const chapter = document.querySelector("article.chapter")?.dataset.chapter;
  if (!chapter) return;

  const keyOf = (name) => `rnnbook-guess/${chapter}/${name}`;
  const read = (name) => { try { return localStorage.getItem(keyOf(name)); } catch { return null; } };
  const keep = (name, text) => { try { localStorage.setItem(keyOf(name), text); } catch { /* storage may be off */ } };

  // The next cell with a verdict or a figure; where nothing has run yet, the next one that is no plumbing.
  function resultAfter(section) {
    const cells = [];
    for (let next = section.nextElementSibling; next && !next.matches(".prose:has(.guess)"); next = next.nextElementSibling) {
      if (next.matches(".code-cell")) cells.push(next);
    }
    return cells.find((cell) => cell.querySelector(".rnnbook-verdict, .plot")) ?? cells.find((cell) => !cell.querySelector(".fold")) ?? cells[0];
  }

  function show(section, text) {
    const cell = resultAfter(section);
    if (!cell) return;
    let note = cell.querySelector(".your-guess");
    if (!note) {
      note = document.createElement("p");
      note.className = "your-guess";
      cell.querySelector(".outputs").before(note);
    }
    note.textContent = `Your guess: ${text}`;
  }

  function ask(list, question, name) {
    const section = list.closest(".cell");
    const form = document.createElement("fieldset");
    form.className = "guess";
    const legend = document.createElement("legend");
    legend.append(...question.childNodes);
    form.append(legend);
    const kept = read(name);
    for (const item of list.children) {
      const label = document.createElement("label");
      const choice = item.querySelector("input") ?? document.createElement("input");
      choice.type = "radio";
      choice.name = `guess-${name}`;
      choice.disabled = false;
      choice.removeAttribute("aria-label"); // that of a check box; the words beside it name this one
      // As the author wrote it: a formula's text later is that of its drawing.
      const text = item.textContent.trim();
      choice.checked = text === kept;
      choice.addEventListener("change", () => {
        keep(name, text);
        show(section, text);
      });
      label.append(choice, ...[...item.childNodes].filter((node) => node !== choice));
      form.append(label);
    }
    question.remove();
    list.replaceWith(form);
    return kept === null ? null : () => show(section, kept);
  }

  const later = [];
  for (const list of document.querySelectorAll(".prose ul.contains-task-list")) {
    const question = list.previousElementSibling;
    if (question?.matches("p") && /^Guess first\b/.test(question.textContent)) {
      const section = list.closest(".cell");
      const within = [...section.querySelectorAll("ul.contains-task-list, .guess")].indexOf(list);
      later.push(ask(list, question, `${section.id.replace(/^cell-/, "")}${within > 0 ? `-${within + 1}` : ""}`));
    }
  }
  for (const showKept of later) showKept?.();
})();
