// The editor of a code cell: CodeMirror with C#, the book's colours, completion and hover from the cell's own engine.
import { EditorState, RangeSetBuilder, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, drawSelection, highlightActiveLine, hoverTooltip, keymap, lineNumbers } from "@codemirror/view";
import { HighlightStyle, StreamLanguage, bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { csharp } from "@codemirror/legacy-modes/mode/clike";
import { defaultKeymap, history, historyKeymap, indentLess, indentMore } from "@codemirror/commands";
import { acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, completionStatus, startCompletion } from "@codemirror/autocomplete";
import { tags } from "@lezer/highlight";

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.modifier, tags.controlKeyword], class: "k" },
  { tag: [tags.typeName, tags.className, tags.standard(tags.variableName)], class: "t" },
  { tag: [tags.string, tags.character, tags.special(tags.string)], class: "s" },
  { tag: tags.number, class: "n" },
  { tag: tags.comment, class: "c" },
  { tag: [tags.meta, tags.processingInstruction], class: "d" },
]);

// Which words are types and methods only a compiler knows. The page has it for the book's text; edits move the marks along.
const marksField = (marks) => StateField.define({
  create() {
    const set = new RangeSetBuilder();
    for (const [from, to, name] of marks) set.add(from, to, Decoration.mark({ class: name }));
    return set.finish();
  },
  update: (value, change) => value.map(change.changes),
  provide: (field) => EditorView.decorations.from(field),
});

const setErrorLine = StateEffect.define();
const errorLine = StateField.define({
  create: () => Decoration.none,
  update(value, change) {
    let lines = value.map(change.changes);
    // Whoever changes the line has seen it.
    change.changes.iterChangedRanges((from, to) => { lines = lines.update({ filter: (at) => change.startState.doc.lineAt(from).from > at || change.startState.doc.lineAt(to).to < at }); });
    for (const effect of change.effects) {
      if (!effect.is(setErrorLine)) continue;
      const number = effect.value;
      lines = number && number <= change.state.doc.lines
        ? Decoration.set(Decoration.line({ class: "error-line" }).range(change.state.doc.line(number).from))
        : Decoration.none;
    }
    return lines;
  },
  provide: (field) => EditorView.decorations.from(field),
});

// Since the editor has the focus: whoever only passes through with Tab must get through.
const setTyped = StateEffect.define();
const typed = StateField.define({
  create: () => false,
  update(value, change) {
    for (const effect of change.effects) if (effect.is(setTyped)) return effect.value;
    return value || ["input", "delete", "undo", "redo"].some((event) => change.isUserEvent(event));
  },
});

/** Tab takes the chosen completion; after typing it completes a word or indents; else it leads on. */
function tab(view) {
  if (completionStatus(view.state) === "active") return acceptCompletion(view);
  const { main } = view.state.selection;
  if (!view.state.field(typed) && main.empty) return false;
  const before = view.state.doc.lineAt(main.head).text.slice(0, main.head - view.state.doc.lineAt(main.head).from);
  return main.empty && /[\w.]$/.test(before) ? startCompletion(view) : indentMore(view);
}

const shiftTab = (view) => view.state.field(typed) && indentLess(view);

/** CodeMirror's pictures for what it has no own one for. */
const icons = { field: "property", event: "property", struct: "class", delegate: "function" };

function completionFrom(ask) {
  return async (context) => {
    const word = context.matchBefore(/\w*/);
    const afterDot = context.state.sliceDoc(word.from - 1, word.from) === ".";
    if (!context.explicit && !afterDot) return null;
    const answer = await ask({ type: "complete", code: context.state.doc.toString(), position: context.pos });
    if (!answer?.items.length || context.aborted) return null;
    return {
      from: answer.from,
      options: answer.items.map(({ text, kind }) => ({ label: text, type: icons[kind] ?? kind })),
      validFor: answer.isCut ? undefined : /^\w*$/,
    };
  };
}

function hoverFrom(ask) {
  return hoverTooltip(async (view, position) => {
    const answer = await ask({ type: "inspect", code: view.state.doc.toString(), position });
    if (!answer) return null;
    const dom = document.createElement("div");
    dom.className = "hover";
    dom.innerHTML = answer.html;
    return { pos: answer.from, end: answer.to, above: true, create: () => ({ dom }) };
  }, { hoverTime: 350 });
}

export function createEditor({ parent, text, marks, label, changed, run, runAndGoOn, leave, focused, ask }) {
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        keymap.of([
          { key: "Shift-Enter", run: () => { runAndGoOn(); return true; } },
          { key: "Mod-Enter", run: () => { run(); return true; } },
          { key: "Tab", run: tab, shift: shiftTab },
          ...completionKeymap, // Escape closes an open list before it leaves the editor
          { key: "Escape", run: () => { leave(); return true; } },
          ...closeBracketsKeymap, ...historyKeymap, ...defaultKeymap,
        ]),
        lineNumbers(), history(), drawSelection(), highlightActiveLine(), indentOnInput(), bracketMatching(), closeBrackets(),
        EditorState.tabSize.of(4), indentUnit.of("    "),
        StreamLanguage.define(csharp), syntaxHighlighting(colours), marksField(marks), errorLine, typed,
        autocompletion({ override: [completionFrom(ask)], icons: true }), hoverFrom(ask),
        EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false" }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !update.transactions.some((change) => change.isUserEvent("book"))) changed(update.state.doc.toString());
        }),
        // The event itself: the editor's own word on its focus comes later, and on a busy machine not always.
        EditorView.domEventHandlers({
          focus: (_, view) => {
            setTimeout(() => view.dispatch({ effects: setTyped.of(false) }));
            focused();
          },
        }),
      ],
    }),
  });
  return {
    focus(at) {
      const position = at && view.posAtCoords(at);
      if (position) view.dispatch({ selection: { anchor: position } });
      view.focus();
    },
    hasFocus: () => view.hasFocus,
    setText: (next) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next }, userEvent: "book" }),
    markError: (line) => view.dispatch({ effects: setErrorLine.of(line) }),
    goToLine(line) {
      view.dispatch({ selection: { anchor: view.state.doc.line(Math.min(line, view.state.doc.lines)).from }, scrollIntoView: true });
      view.focus();
    },
  };
}
