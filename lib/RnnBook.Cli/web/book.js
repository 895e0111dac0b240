// What the pages do by themselves: formulas, figures, theme, copy buttons, the reader's place, the ledger's filters.
// Without this script every page can still be read: formulas as TeX, figures as words.
(() => {
  "use strict";
  const root = document.documentElement;
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];

  // ---- Theme: system, light, dark. theme.js has set the stored one before the page was painted.
  const themes = ["system", "light", "dark"];
  const darkSystem = matchMedia("(prefers-color-scheme: dark)");

  function setUpTheme() {
    const button = document.querySelector("button.theme");
    const show = () => {
      const theme = root.dataset.theme;
      button.textContent = { system: "◐ Auto", light: "☀ Light", dark: "☾ Dark" }[theme];
      button.setAttribute("aria-label", `Theme: ${theme}. Change it.`);
    };
    button.hidden = false;
    show();
    button.addEventListener("click", () => {
      root.dataset.theme = themes[(themes.indexOf(root.dataset.theme) + 1) % themes.length];
      try { localStorage.setItem("rnnbook-theme", root.dataset.theme); } catch { /* storage may be off */ }
      show();
      repaintFigures();
    });
    darkSystem.addEventListener("change", repaintFigures);
  }

  // ---- Formulas
  function renderMath(from = document) {
    if (typeof window.katex?.render !== "function") return;
    for (const element of all(".math", from)) {
      const formula = element.textContent.trim();
      katex.render(formula, element, { displayMode: element.classList.contains("display"), throwOnError: false });
    }
  }

  // ---- Figures: plotly.js figures in data blocks. Colours of text and grid are the page's own.
  const drawn = new Map();

  // An element of the page with this id would be a window.Plotly, too.
  const hasPlotly = () => typeof window.Plotly?.newPlot === "function";

  function color(name) {
    return getComputedStyle(root).getPropertyValue(name).trim();
  }

  function themed(template) {
    const look = (template ??= {}).layout ??= {};
    const [text, grid, line, paper] = [color("--plot-text"), color("--plot-grid"), color("--plot-line"), color("--paper")];
    look.font = { ...look.font, color: text, family: getComputedStyle(document.querySelector(".bar")).fontFamily };
    look.paper_bgcolor = look.plot_bgcolor = "rgba(0,0,0,0)";
    const axis = { gridcolor: grid, zerolinecolor: line, linecolor: line };
    for (const name of ["xaxis", "yaxis"]) look[name] = { ...look[name], ...axis };
    look.scene = { ...look.scene };
    for (const name of ["xaxis", "yaxis", "zaxis"]) look.scene[name] = { ...look.scene[name], ...axis };
    look.shapedefaults = { ...look.shapedefaults, line: { ...look.shapedefaults?.line, color: line } };
    look.annotationdefaults = { ...look.annotationdefaults, arrowcolor: line };
    look.sliderdefaults = { ...look.sliderdefaults, bgcolor: grid, bordercolor: grid, activebgcolor: line };
    look.updatemenudefaults = { ...look.updatemenudefaults, bgcolor: paper, bordercolor: grid };
    look.modebar = { bgcolor: "rgba(0,0,0,0)", color: line, activecolor: text };
    return template;
  }

  // One after the other: a figure of the live book may come while the page still draws its own, and drawn twice at once it breaks.
  let last = Promise.resolve();

  function draw(plot) {
    const drawing = last.then(() => drawNow(plot));
    last = drawing.catch(() => {});
    return drawing;
  }

  async function drawNow(plot) {
    if (!hasPlotly()) return;
    const canvas = plot.querySelector(".canvas");
    const figure = JSON.parse(plot.querySelector("script[type='application/json']").textContent);
    figure.layout = { ...figure.layout, template: themed(figure.layout?.template) };
    figure.config = { responsive: true, displaylogo: false, ...figure.config };
    // A figure that changes is drawn on the canvas it has, without a flicker.
    await (drawn.has(canvas) ? Plotly.react : Plotly.newPlot)(canvas, figure);
    plot.classList.add("drawn");
    drawn.set(canvas, figure.layout.template);
  }

  // One after the other, those in view first, with a breath between them: the page stays usable.
  async function drawFigures() {
    if (!hasPlotly()) return;
    const isNear = (plot) => {
      const box = plot.getBoundingClientRect();
      return box.bottom > 0 && box.top < innerHeight * 1.5;
    };
    const plots = all("figure.plot");
    for (const plot of [...plots.filter(isNear), ...plots.filter((plot) => !isNear(plot))]) {
      try {
        await draw(plot);
      } catch (error) {
        console.error(`${plot.id} could not be drawn`, error);
      }
      await new Promise((resolve) => setTimeout(resolve));
    }
  }

  function repaintFigures() {
    for (const [canvas, template] of drawn) {
      if (canvas.isConnected) Plotly.relayout(canvas, { template: themed(template) });
      else drawn.delete(canvas);
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

  // Paper is white, and nothing can be unfolded on it.
  function preparePrinting() {
    let theme;
    addEventListener("beforeprint", () => {
      all("details").forEach((details) => { details.open = true; });
      theme = root.dataset.theme;
      root.dataset.theme = "light";
      repaintFigures();
    });
    addEventListener("afterprint", () => {
      root.dataset.theme = theme;
      repaintFigures();
    });
  }

  // ---- The table of contents follows the reader; on small screens it starts folded.
  function followReader() {
    const side = document.querySelector(".side details");
    if (!side) return;
    side.open = matchMedia("(min-width: 76rem)").matches;
    const links = new Map(all("a", side).map((link) => [link.hash.slice(1), link]));
    const headings = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
    const mark = () => {
      const passed = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight * 0.3);
      const current = links.get(passed.at(-1)?.id);
      for (const link of links.values()) {
        if (link === current) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    };
    addEventListener("scroll", () => requestAnimationFrame(mark), { passive: true });
    mark();
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
  window.rnnbook = { draw, renderMath };

  setUpTheme();
  renderMath();
  addCopyButtons();
  preparePrinting();
  followReader();
  followAuthorsAnchors();
  setUpFilters();
  drawFigures().finally(() => { root.dataset.ready = "true"; });
})();
