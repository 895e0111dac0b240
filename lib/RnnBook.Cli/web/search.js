// Search over the whole book. Library and index are loaded when the reader first searches.
(() => {
  "use strict";
  const most = 20;
  const button = document.querySelector("button.search");
  let dialog, search;

  const load = (source) => new Promise((resolve) => {
    const script = document.createElement("script");
    Object.assign(script, { src: source, onload: () => resolve(true), onerror: () => resolve(false) });
    document.head.append(script);
  });

  async function prepare() {
    await Promise.all([load("assets/minisearch.js"), load("assets/search-index.js")]);
    const entries = window.rnnbookSearchEntries ?? [];
    if (typeof window.MiniSearch === "function") {
      const index = new MiniSearch({ fields: ["title", "text"], searchOptions: { prefix: true, fuzzy: 0.15, combineWith: "AND", boost: { title: 3 } } });
      index.addAll(entries);
      return (words) => index.search(words).map((hit) => entries[hit.id]);
    }
    // Without the library from npm: sections that contain every word, those first that have them in their title.
    return (words) => {
      const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
      const hasAll = (text) => wanted.every((word) => text.toLowerCase().includes(word));
      const hits = entries.filter(({ title, text }) => hasAll(`${title} ${text}`));
      return [...hits.filter(({ title }) => hasAll(title)), ...hits.filter(({ title }) => !hasAll(title))];
    };
  }

  /** A piece of the text around the first of the words. */
  function excerpt(text, words) {
    const at = Math.max(0, ...words.toLowerCase().split(/\s+/).map((word) => text.toLowerCase().indexOf(word)));
    const start = Math.max(0, text.lastIndexOf(" ", Math.max(0, at - 60)));
    return `${start > 0 ? "… " : ""}${text.slice(start, start + 160).trim()}${text.length > start + 160 ? " …" : ""}`;
  }

  function show(words, list, status) {
    const hits = words.trim() ? search(words) : [];
    list.replaceChildren(...hits.slice(0, most).map(({ address, title, place, text }) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = address;
      const where = document.createElement("small");
      where.textContent = place;
      link.append(title, " ", where);
      link.addEventListener("click", () => dialog.close());
      const piece = document.createElement("p");
      piece.textContent = excerpt(text, words);
      item.append(link, piece);
      return item;
    }));
    status.textContent = words.trim() ? `${hits.length === 0 ? "Nothing" : hits.length} found${hits.length > most ? `, the first ${most} are shown` : ""}` : "";
  }

  function create() {
    dialog = document.createElement("dialog");
    dialog.className = "search";
    dialog.setAttribute("aria-label", "Search the book");
    dialog.innerHTML = `<form method="dialog"><label><span class="unseen">Search the book</span><input type="search" autocomplete="off" placeholder="Search the book"></label>
      <button>Close</button></form><p role="status"></p><ul></ul>`;
    const [input, status, list] = [dialog.querySelector("input"), dialog.querySelector("p"), dialog.querySelector("ul")];
    input.addEventListener("input", () => { if (search) show(input.value, list, status); });
    // Enter opens the first hit.
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      list.querySelector("a")?.click();
    });
    document.body.append(dialog);
    prepare().then((found) => {
      search = found;
      show(input.value, list, status);
    });
  }

  function open() {
    if (!dialog) create();
    dialog.showModal();
    dialog.querySelector("input").select();
  }

  button.hidden = false;
  button.addEventListener("click", open);
  addEventListener("keydown", (event) => {
    const isWriting = event.target.closest?.("input, textarea, [contenteditable]");
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !isWriting) {
      event.preventDefault();
      open();
    }
  });
})();
