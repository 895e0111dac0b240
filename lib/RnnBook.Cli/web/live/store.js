// What the browser keeps for the reader: edits by chapter and cell, and how the exercises stand. Storage may be off: then nothing is kept.

function read(key) {
  try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
}

function write(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch { /* full, or off */ }
}

const editKey = (chapter, cell) => `rnnbook/edit/${chapter}/${cell}`;

/** An edit is { code, version }: the reader's text, and the hash of the book's text that it was made from. */
export const edits = {
  read: (chapter, cell) => read(editKey(chapter, cell)),
  write: (chapter, cell, code, version) => write(editKey(chapter, cell), { code, version }),
  remove: (chapter, cell) => write(editKey(chapter, cell), null),

  /** Calls back with a cell's id when another tab edits it. */
  follow(chapter, changed) {
    const start = editKey(chapter, "");
    addEventListener("storage", (event) => {
      if (event.key?.startsWith(start)) changed(event.key.slice(start.length));
    });
  },
};

/** "tried" or "solved"; what was solved once stays solved. */
export const exercises = {
  read: (id) => read(`rnnbook/exercise/${id}`),
  write(id, solved) {
    if (this.read(id) !== "solved") write(`rnnbook/exercise/${id}`, solved ? "solved" : "tried");
  },
};
