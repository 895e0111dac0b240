// Where CodeMirror is missing (no Node on the machine): a text field with the same keys.

export function createEditor({ parent, text, label, changed, run, runAndGoOn, leave, focused }) {
  const field = document.createElement("textarea");
  field.className = "plain";
  field.value = text;
  field.spellcheck = false;
  field.setAttribute("aria-label", label);
  const fit = () => { field.rows = field.value.split("\n").length; };
  // Whoever only passes through with Tab must get through: it indents after typing.
  let typed = false;
  field.addEventListener("input", () => { typed = true; fit(); changed(field.value); });
  field.addEventListener("focus", () => { typed = false; focused(); });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.shiftKey || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      (event.shiftKey ? runAndGoOn : run)();
    } else if (event.key === "Tab" && !event.shiftKey && typed) {
      event.preventDefault();
      field.setRangeText("    ", field.selectionStart, field.selectionEnd, "end");
      field.dispatchEvent(new Event("input"));
    } else if (event.key === "Escape") {
      leave();
    }
  });
  fit();
  parent.append(field);
  return {
    focus: () => field.focus(),
    hasFocus: () => document.activeElement === field,
    setText(next) { field.value = next; fit(); },
    markError() {},
    goToLine(line) {
      const lines = field.value.split("\n");
      const from = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
      field.focus();
      field.setSelectionRange(from, from + (lines[line - 1]?.length ?? 0));
    },
  };
}
