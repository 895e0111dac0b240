(function (id, figure, source) {
  "use strict";

  // One plotly.js for all figures of a page, whichever of them comes first. A failed load may be tried again.
  function plotly() {
    if (window.Plotly && window.Plotly.newPlot) return Promise.resolve(window.Plotly);
    if (!window.rnnbookPlotly) {
      window.rnnbookPlotly = new Promise(function (resolve, reject) {
        var script = document.createElement("script");
        script.src = source.address;
        script.integrity = source.integrity;
        script.crossOrigin = "anonymous";
        script.onload = function () { window.Plotly ? resolve(window.Plotly) : reject(); };
        script.onerror = reject;
        document.head.appendChild(script);
      });
      window.rnnbookPlotly.catch(function () { window.rnnbookPlotly = null; });
    }
    return window.rnnbookPlotly;
  }

  // Some hosts run the script before its output is on the page.
  function whenThere(then, patience) {
    var element = document.getElementById(id);
    if (element) then(element);
    else if (patience > 0) setTimeout(function () { whenThere(then, patience - 1); }, 100);
  }

  // The colour in which the page writes text around the figure is one that reads on its background.
  function pageColor(element) {
    var parts = getComputedStyle(element).color.match(/^rgba?\((\d+), (\d+), (\d+)/);
    return parts ? parts.slice(1, 4).join(",") : null;
  }

  function pageBackground(element) {
    for (var node = element; node; node = node.parentElement) {
      var color = getComputedStyle(node).backgroundColor;
      if (color && !/^rgba\(.*, 0\)$|^transparent$/.test(color)) return color;
    }
    return "rgba(0,0,0,0)";
  }

  function paint(element, layout, rgb) {
    var text = "rgb(" + rgb + ")", line = "rgba(" + rgb + ",0.4)", grid = "rgba(" + rgb + ",0.13)";
    var look = layout.template.layout;
    if (!look.sliderdefaults) return; // not the common look: its author's colours stay
    look.font.color = text;
    [look.xaxis, look.yaxis, look.scene.xaxis, look.scene.yaxis, look.scene.zaxis].forEach(function (axis) {
      axis.gridcolor = grid;
      axis.zerolinecolor = line;
      axis.linecolor = line;
    });
    look.shapedefaults.line.color = "rgba(" + rgb + ",0.65)";
    look.annotationdefaults.arrowcolor = "rgba(" + rgb + ",0.65)";
    look.annotationdefaults.bgcolor = pageBackground(element).replace(/^rgb\((.*)\)$/, "rgba($1, 0.75)");
    look.sliderdefaults.tickcolor = line;
    look.sliderdefaults.bordercolor = line;
    look.sliderdefaults.bgcolor = grid;
    look.modebar.color = line;
    look.modebar.activecolor = text;
  }

  function draw(Plotly, element) {
    var shown = null;
    function repaint() {
      var rgb = pageColor(element);
      if (!rgb || rgb === shown || !document.contains(element)) return;
      shown = rgb;
      paint(element, figure.layout, rgb);
      Plotly.relayout(element, { template: figure.layout.template });
    }
    shown = pageColor(element);
    if (shown) paint(element, figure.layout, shown);
    element.textContent = "";
    Plotly.newPlot(element, figure).then(function () {
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
      var watch = new MutationObserver(repaint);
      [document.documentElement, document.body].forEach(function (node) {
        watch.observe(node, { attributes: true, attributeFilter: ["class", "data-theme", "data-vscode-theme-kind", "data-jp-theme-light"] });
      });
      new ResizeObserver(function () {
        if (element.offsetWidth > 0) Plotly.Plots.resize(element);
      }).observe(element);
    });
  }

  whenThere(function (element) {
    plotly().then(function (Plotly) { draw(Plotly, element); }, function () {
      element.style.minHeight = "0";
      element.title = "The drawing needs plotly.js, which could not be loaded.";
    });
  }, 100);
})
