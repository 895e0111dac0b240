// How the exercises stand, in the tables of contents: of the chapter, and of the book.
import { exercises } from "./store.js";

const words = { solved: "solved", tried: "tried, not solved yet", null: "not tried yet" };

export function markExercises() {
  for (const section of document.querySelectorAll(".code-cell[data-exercise]")) markHeading(section);
  for (const entry of document.querySelectorAll(".contents li[data-exercises]")) markChapter(entry);
}

/** A cell's exercise has the heading that stands nearest before it. */
function markHeading(section) {
  const state = exercises.read(section.dataset.exercise);
  let place = section;
  while (place && !place.querySelector("h2, h3")) place = place.previousElementSibling;
  const heading = place && [...place.querySelectorAll("h2, h3")].at(-1);
  const link = heading && document.querySelector(`.side a[href="#${CSS.escape(heading.id)}"]`);
  if (!link) return;
  let mark = link.querySelector(".exercise-mark");
  if (!mark) {
    mark = document.createElement("span");
    mark.setAttribute("role", "img");
    link.append(" ", mark);
  }
  mark.className = `exercise-mark ${state ?? "open"}`;
  mark.setAttribute("aria-label", words[state]);
  mark.title = words[state];
}

function markChapter(entry) {
  const ids = entry.dataset.exercises.split(" ").filter(Boolean);
  if (ids.length === 0) return;
  let text = entry.querySelector(".exercise-count");
  if (!text) {
    text = document.createElement("span");
    text.className = "exercise-count";
    entry.querySelector(".facts").append(" ", text);
  }
  const solved = ids.filter((id) => exercises.read(id) === "solved").length;
  text.textContent = `${solved} of ${ids.length} exercises solved`;
}
