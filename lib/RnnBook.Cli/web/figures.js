// Figures: plotly.js figures in data blocks, drawn when they come into view. plotly.js itself is loaded with the first of them, in its small
// form (lines, bars, heatmaps) unless a figure needs the whole. Colours of text and grid are the page's own.
(() => {
  "use strict";
  const root = document.documentElement;
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const drawn = new Map();
  const libraries = {};

  /** plotly.js, "cartesian" or "full". A load that failed may be tried again. */
  function load(kind) {
    if (libraries.full) return libraries.full;
    return libraries[kind] ??= new Promise((resolve, reject) => {
      const { content, dataset } = document.querySelector(`meta[name="plotly-${kind}"]`);
      const script = document.createElement("script");
      script.src = content;
      if (dataset.integrity) Object.assign(script, { integrity: dataset.integrity, crossOrigin: "anonymous" });
      script.onload = () => resolve(window.Plotly);
      script.onerror = () => {
        delete libraries[kind];
        reject(new Error("plotly.js could not be loaded"));
      };
      document.head.append(script);
    });
  }

  // ---- Look
  const color = (name) => getComputedStyle(root).getPropertyValue(name).trim();

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
    look.updatemenudefaults = { ...look.updatemenudefaults, bgcolor: paper, bordercolor: grid };
    look.modebar = { bgcolor: "rgba(0,0,0,0)", color: line, activecolor: text };
    return template;
  }

  function repaint() {
    for (const [canvas, { Plotly, template }] of drawn) {
      if (canvas.isConnected) Plotly.relayout(canvas, { template: themed(template) });
      else drawn.delete(canvas);
    }
  }

  // ---- Narrow pages: titles wrap, and panels that stand side by side stand one below the other.
  const narrow = 560, panelHeight = 250, panelGap = 96;

  function wrapped(title, fits) {
    if (!title?.text) return 0;
    const [open, close] = /^<b>.*<\/b>$/s.test(title.text) ? ["<b>", "</b>"] : ["", ""];
    if (/<(?!\/?b>)/.test(title.text)) return 0; // a subtitle or a break of its own
    const lines = [""];
    for (const word of title.text.replace(/<\/?b>/g, "").split(" ")) {
      if (lines.at(-1) && !fits(`${lines.at(-1)} ${word}`)) lines.push("");
      lines[lines.length - 1] += (lines.at(-1) ? " " : "") + word;
    }
    title.text = lines.map((line) => open + line + close).join("<br>");
    return lines.length - 1;
  }

  function fitNarrow(figure, width) {
    const layout = figure.layout;
    const full = layout.height;
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = `bold ${layout.title?.font?.size ?? 16}px ${layout.template?.layout?.font?.family ?? "sans-serif"}`;
    const fits = (line) => pen.measureText(line).width <= width - 16;
    const lines = Math.max(wrapped(layout.title, fits), ...(figure.frames ?? []).map((frame) => wrapped(frame.layout?.title, fits)));
    if (lines > 0) {
      layout.margin = { ...layout.margin, t: (layout.margin?.t ?? 60) + 20 * lines };
      layout.height += 20 * lines;
    }
    stackPanels(figure);
    // The title keeps its distance from the top, which is a share of the height.
    if (layout.title?.y) layout.title = { ...layout.title, y: 1 - ((1 - layout.title.y) * full) / layout.height };
  }

  function stackPanels({ layout, data }) {
    const panels = Object.keys(layout).filter((key) => /^xaxis\d*$/.test(key))
      .map((key) => ({ x: layout[key], y: layout[key.replace("x", "y")], id: key.slice(5) }))
      .filter(({ x, y }) => x?.domain && y?.domain);
    if (panels.length < 2 || panels.every(({ x }) => x.domain[0] === panels[0].x.domain[0])) return;
    const margins = (layout.margin?.t ?? 60) + (layout.margin?.b ?? 60);
    const inner = panels.length * panelHeight + (panels.length - 1) * panelGap;
    layout.height = inner + margins;
    panels.forEach(({ x, y, id }, index) => {
      const top = 1 - (index * (panelHeight + panelGap)) / inner;
      const bottom = Math.max(0, top - panelHeight / inner);
      const near = (a, b) => Math.abs(a - b) < 0.02;
      for (const note of layout.annotations ?? []) {
        if (note.placed || note.xref !== "paper" || note.yref !== "paper" || !near(note.x, x.domain[0]) || !near(note.y, y.domain[1])) continue;
        Object.assign(note, { x: 0, y: top, placed: true });
      }
      for (const trace of data) {
        if ((trace.xaxis ?? "x").slice(1) === id && trace.colorbar) Object.assign(trace.colorbar, { x: 1, y: (top + bottom) / 2, len: top - bottom });
      }
      y.domain = [bottom, top];
    });
    const hasBars = data.some((trace) => trace.colorbar);
    for (const { x } of panels) x.domain = [0, hasBars ? 0.86 : 1];
    for (const note of layout.annotations ?? []) delete note.placed;
  }

  // ---- Sliders: the browser's own, beside the figure, for keyboard, touch and screen readers alike.
  const sliderRoom = 70; // what RnnBook.Figures leaves for plotly's own

  function takeSlider(figure) {
    const slider = figure.layout.sliders?.[0];
    const isOfFrames = figure.layout.sliders?.length === 1 && slider.steps?.length > 1
      && slider.steps.every((step) => step.method === "animate" && Array.isArray(step.args?.[0]));
    if (!isOfFrames) return null;
    delete figure.layout.sliders;
    const margin = figure.layout.margin;
    if (margin?.b > sliderRoom && figure.layout.height > 3 * sliderRoom) {
      margin.b -= sliderRoom;
      figure.layout.height -= sliderRoom;
    }
    return slider;
  }

  function addSlider(plot, canvas, slider, Plotly) {
    const at = plot.querySelector(".slider input")?.value;
    plot.querySelector(".slider")?.remove();
    const label = document.createElement("label");
    label.className = "slider";
    const name = document.createElement("span");
    const input = document.createElement("input");
    Object.assign(input, { type: "range", min: 0, max: slider.steps.length - 1, step: 1, value: at ?? slider.active ?? 0 });
    const prefix = new DOMParser().parseFromString(slider.currentvalue?.prefix ?? "", "text/html").body.textContent;
    const show = () => {
      const { label: value } = slider.steps[input.value];
      name.textContent = prefix + value;
      input.setAttribute("aria-valuetext", prefix + value);
    };
    input.addEventListener("input", () => {
      show();
      Plotly.animate(canvas, ...slider.steps[input.value].args);
    });
    show();
    label.append(name, input);
    plot.append(label);
    if (at !== undefined) Plotly.animate(canvas, ...slider.steps[input.value].args);
  }

  // ---- Drawing. One after the other: a figure of the live book may come while the page still draws its own, and drawn twice at once it breaks.
  let last = Promise.resolve();

  function draw(plot) {
    watching.unobserve(plot);
    const drawing = last.then(() => drawNow(plot));
    last = drawing.catch((error) => {
      plot.classList.add("failed");
      console.error(`${plot.id} could not be drawn: ${error.message}`);
    });
    return last;
  }

  async function drawNow(plot) {
    const canvas = plot.querySelector(".canvas");
    const figure = JSON.parse(plot.querySelector("script[type='application/json']").textContent);
    const Plotly = await load(plot.dataset.needs);
    // To read plotly.js, and to draw each figure, takes a while: the page breathes between.
    await new Promise((resolve) => setTimeout(resolve));
    figure.layout = { ...figure.layout, template: themed(figure.layout?.template) };
    if (canvas.clientWidth > 0 && canvas.clientWidth < narrow && figure.layout.height) {
      fitNarrow(figure, canvas.clientWidth);
      canvas.style.minHeight = `${figure.layout.height}px`;
    }
    figure.config = { responsive: true, displaylogo: false, ...figure.config };
    const slider = takeSlider(figure);
    if (slider) canvas.style.minHeight = `${figure.layout.height}px`;
    // A figure that changes is drawn on the canvas it has, without a flicker.
    await (drawn.has(canvas) ? Plotly.react : Plotly.newPlot)(canvas, figure);
    canvas.querySelector(".picture")?.remove();
    drawn.set(canvas, { Plotly, template: figure.layout.template });
    // The picture says nothing to a screen reader; the words do.
    for (const picture of all(".main-svg", canvas)) picture.setAttribute("aria-hidden", "true");
    if (slider) addSlider(plot, canvas, slider, Plotly);
    plot.classList.add("drawn");
  }

  const watching = new IntersectionObserver((entries) => {
    for (const entry of entries) if (entry.isIntersecting) draw(entry.target);
  }, { rootMargin: "60% 0px" });

  /** Draws the figures below an element when the reader comes near them. */
  const watch = (from) => all("figure.plot:not(.drawn)", from).forEach((plot) => watching.observe(plot));

  /** Draws all of them now: for a printed book. */
  const drawAll = () => Promise.all(all("figure.plot:not(.drawn)").map(draw));

  window.rnnbookFigures = { draw, drawAll, repaint, watch };
  if (location.search === "?print") window.rnnbookPrinting = drawAll();
  else watch(document);
})();
