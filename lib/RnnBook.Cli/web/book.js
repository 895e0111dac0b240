// What the pages do by themselves: formulas, theme, copy buttons, the reader's place, the ledger's filters.
// Without this script every page can still be read: formulas as TeX, figures as pictures, or as words where there is none.
(() => {
  "use strict";
  const root = document.documentElement;
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];

  // What is far away is neither laid out nor painted: content-visibility in book.css.
  const parts = ".cell.prose, .outputs, pre.code, .claim";
  const isFar = (part) => part !== null && getComputedStyle(part).contentVisibility === "auto";

  // ---- Theme: system, light, dark. theme.js has set the stored one before the page was painted.
  const themes = ["system", "light", "dark"];
  const darkSystem = matchMedia("(prefers-color-scheme: dark)");

  function setUpTheme() {
    const button = document.querySelector("button.theme");
    const show = () => {
      const [mark, choice] = { system: ["◐", "Auto"], light: ["☀", "Light"], dark: ["☾", "Dark"] }[root.dataset.theme];
      button.replaceChildren(mark + " ", word("word", choice), word("unseen", " Theme"));
      button.title = "Change the theme";
    };
    const word = (className, text) => Object.assign(document.createElement("span"), { className, textContent: text });
    button.hidden = false;
    show();
    button.addEventListener("click", () => {
      root.dataset.theme = themes[(themes.indexOf(root.dataset.theme) + 1) % themes.length];
      try { localStorage.setItem("rnnbook-theme", root.dataset.theme); } catch { /* storage may be off */ }
      show();
      window.rnnbookFigures?.repaint();
    });
    darkSystem.addEventListener("change", () => window.rnnbookFigures?.repaint());
  }

  // ---- Formulas: those of the page's beginning at once, before it is painted, the others a few at a time, so that the page stays usable.
  const breath = () => new Promise((resolve) => setTimeout(resolve));

  function setFormula(element) {
    const formula = element.textContent.trim();
    katex.render(formula, element, { displayMode: element.classList.contains("display"), throwOnError: false });
    element.classList.add("set");
  }

  async function renderMath(from = document) {
    // An element of the page with this id would be a window.katex, too.
    if (typeof window.katex?.render !== "function") return;
    const formulas = all(".math:not(.set)", from);
    const far = new Set(formulas.filter((formula) => isFar(formula.closest(parts))));
    formulas.filter((formula) => !far.has(formula)).forEach(setFormula);
    let until = performance.now() + 15;
    for (const formula of far) {
      if (performance.now() > until) {
        await breath();
        until = performance.now() + 15;
      }
      setFormula(formula);
    }
  }

  // ---- Once the page is there, each part that is far away is laid out for one frame, a few at a time: the browser then keeps its height, and
  // nothing moves when the reader comes to it.
  const frame = () => new Promise(requestAnimationFrame);

  async function layOutAhead() {
    await frame();
    await breath();
    const far = all(parts).filter(isFar);
    while (far.length > 0) {
      const some = [];
      const until = performance.now() + 15;
      do {
        const part = far.shift();
        Object.assign(part.style, { contentVisibility: "visible", contain: "content" });
        part.getBoundingClientRect();
        some.push(part);
      } while (far.length > 0 && performance.now() < until);
      await frame();
      await breath();
      for (const part of some) Object.assign(part.style, { contentVisibility: "", contain: "" });
    }
  }

  // ---- Code cells
  function addCopyButtons() {
    if (!navigator.clipboard) return;
    for (const input of all(".code-cell .input")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "copy";
      button.textContent = "Copy";
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(input.querySelector("code").textContent);
        button.textContent = "Copied";
        setTimeout(() => { button.textContent = "Copy"; }, 1500);
      });
      input.append(button);
    }
  }

  // What scrolls sideways can be scrolled by keyboard.
  function followOverflow() {
    const sizes = new ResizeObserver((entries) => {
      for (const { target } of entries) {
        if (target.scrollWidth > target.clientWidth + 1) target.tabIndex = 0;
        else target.removeAttribute("tabindex");
      }
    });
    const watch = (from) => all(".math.display, .prose > table, .scroll, .out.rich", from).forEach((box) => {
      sizes.unobserve(box);
      sizes.observe(box);
    });
    // A formula may grow with its fonts while its box does not.
    document.fonts.addEventListener("loadingdone", () => watch(document));
    watch(document);
    return watch;
  }

  // Paper is white, and nothing can be unfolded on it.
  function preparePrinting() {
    let theme;
    addEventListener("beforeprint", () => {
      all("details").forEach((details) => { details.open = true; });
      theme = root.dataset.theme;
      root.dataset.theme = "light";
      window.rnnbookFigures?.repaint();
    });
    addEventListener("afterprint", () => {
      root.dataset.theme = theme;
      window.rnnbookFigures?.repaint();
    });
  }

  // ---- The table of contents follows the reader; on small screens it starts folded.
  function followReader() {
    const side = document.querySelector(".side details");
    if (!side) return;
    side.open = matchMedia("(min-width: 76rem)").matches;
    const links = new Map(all("a", side).map((link) => [link.hash.slice(1), link]));
    const headings = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
    // To measure within a part that is far away would lay it out: its own place will do.
    const topOf = (heading) => {
      const { top, bottom } = (heading.closest(parts) ?? heading).getBoundingClientRect();
      return top < innerHeight && bottom > 0 ? heading.getBoundingClientRect().top : top;
    };
    const mark = () => {
      const passed = headings.filter((heading) => topOf(heading) < innerHeight * 0.3);
      const current = links.get(passed.at(-1)?.id);
      for (const link of links.values()) {
        if (link === current) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    };
    addEventListener("scroll", () => requestAnimationFrame(mark), { passive: true });
    requestAnimationFrame(mark);
  }

  // ---- Authors' own anchors have a prefix (SafeHtml), which links need not know.
  function followAuthorsAnchors() {
    const go = () => {
      const id = decodeURIComponent(location.hash.slice(1));
      if (id && !document.getElementById(id)) document.getElementById(`user-content-${id}`)?.scrollIntoView();
    };
    addEventListener("hashchange", go);
    go();
  }

  // ---- The ledger: show only some verdicts
  function setUpFilters() {
    const buttons = all(".filters button");
    const apply = () => {
      const wanted = buttons.filter((button) => button.getAttribute("aria-pressed") === "true").map((button) => button.dataset.outcome);
      for (const claim of all(".claim")) claim.hidden = wanted.length > 0 && !wanted.includes(claim.dataset.outcome);
      for (const group of all(".ledger section")) group.hidden = !group.querySelector(".claim:not([hidden])");
    };
    for (const button of buttons) {
      button.addEventListener("click", () => {
        button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
        apply();
      });
    }
  }

  // The live book shows outputs that come later.
  window.rnnbook = { renderMath, watchOverflow: followOverflow() };

  setUpTheme();
  addCopyButtons();
  preparePrinting();
  followReader();
  followAuthorsAnchors();
  setUpFilters();
  renderMath().then(layOutAhead).then(() => window.rnnbookPrinting).finally(() => { root.dataset.ready = "true"; });
})();
