// "Run in this page": buttons on the static site's cells. The first one pressed fetches the engine; from then on the page is as the live book's.
(() => {
  "use strict";
  const article = document.querySelector("article.chapter");
  const cells = [...(article?.querySelectorAll(".code-cell") ?? [])];
  if (cells.length === 0) return;
  const { megabytes } = document.currentScript.dataset;
  const bar = document.createElement("div");
  bar.className = "here-bar";
  article.querySelector("header.title").after(bar);
  const words = document.createElement("p");
  if (location.protocol === "file:") {
    words.textContent = "From a web server these cells run in the page, with nothing installed. Browsers allow that to no page that is opened as a file: "
      + "book serve --static serves this folder, and so does any web host.";
    bar.append(words);
    return;
  }
  if (typeof WebAssembly !== "object" || typeof Worker !== "function") return;

  let started = null;
  const buttons = [];

  /** A page made live, at once for all its cells. */
  const start = () => started ??= (async () => {
    for (const button of buttons) button.disabled = true;
    try {
      const [{ makeLive }, { Connection }] = await Promise.all([import("../live/page.js"), import("./connection.js")]);
      for (const button of buttons) button.remove();
      bar.remove();
      return makeLive(article, Connection);
    } catch (error) {
      words.textContent = `The engine could not be fetched: ${error.message}`;
      for (const button of buttons) button.disabled = false;
      started = null;
      throw error;
    }
  })();

  const button = (text, title, run) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "run-here";
    made.textContent = text;
    made.title = title;
    made.addEventListener("click", async () => run(await start()));
    buttons.push(made);
    return made;
  };

  bar.append(button("▶ Run in this page", "Make the cells of this chapter run in this page", () => {}), words);
  words.textContent = `Change and run every cell, with nothing installed. The C# engine comes with the first click (about ${megabytes} MB, once) and runs in your browser; `
    + "what you type stays there. It is slower than the book on your own machine, and has no packages from elsewhere.";
  for (const cell of cells) {
    cell.querySelector(".input").append(button("▶ Run", "Run this cell in this page, after those above it", (runFromStart) => runFromStart(cell.dataset.cell)));
  }
})();
