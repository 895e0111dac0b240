// The front page's figure: a random matrix, scaled to a spectral radius that the reader chooses, multiplied with a vector again and again.
// It is computed here, in the page. Without this script the paragraph beside it stands alone.
(() => {
  "use strict";
  const place = document.getElementById("powers");
  if (!place) return;

  const [size, steps] = [16, 60];
  const [width, height, left, top] = [640, 300, 54, 14];
  const [low, high] = [-6, 6]; // decades shown
  const svg = (name, attributes, text) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (text !== undefined) element.textContent = text;
    return element;
  };

  // Normal numbers from a generator of 32 bits (mulberry32) by the method of Box and Muller: the same matrix on every visit.
  let state = 7;
  function uniform() {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const W = Array.from({ length: size }, () => Array.from({ length: size }, normal));
  const times = (v) => W.map((row) => row.reduce((sum, w, j) => sum + w * v[j], 0));
  const norm = (v) => Math.hypot(...v);

  // log10 of the norm after each step; the spectral radius is the rate in the long run. A scale on W adds the same to every step.
  function logNorms(count) {
    let v = Array.from({ length: size }, () => 1 / Math.sqrt(size));
    const logs = [0];
    for (let n = 1; n <= count; n++) {
      v = times(v);
      const r = norm(v);
      logs.push(logs[n - 1] + Math.log10(r));
      v = v.map((x) => x / r);
    }
    return logs;
  }
  const long = logNorms(4000);
  const logRadius = (long[4000] - long[1000]) / 3000;
  const own = long.slice(0, steps + 1).map((value, n) => value - n * logRadius);

  const x = (n) => left + (width - left - 90) * (n / steps);
  const y = (decades) => top + (height - top - 40) * ((high - Math.min(high + 0.4, Math.max(low - 0.4, decades))) / (high - low));
  const picture = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-labelledby": "powers-says" });
  for (let d = low; d <= high; d += 3) {
    picture.append(svg("line", { class: "grid", x1: left, x2: x(steps), y1: y(d), y2: y(d) }));
    picture.append(svg("text", { class: "tick", x: left - 8, y: y(d) + 4, "text-anchor": "end" }, d === 0 ? "1" : `10${superscript(d)}`));
  }
  for (const n of [0, 20, 40, 60]) picture.append(svg("text", { class: "tick", x: x(n), y: height - 22, "text-anchor": "middle" }, n));
  picture.append(svg("text", { class: "tick", x: (left + x(steps)) / 2, y: height - 4, "text-anchor": "middle" }, "n, multiplications by W"));
  picture.append(svg("line", { class: "identity", x1: x(0), x2: x(steps), y1: y(0), y2: y(0) }));
  picture.append(svg("text", { class: "identity", x: x(steps) + 6, y: y(0) + 4 }, "W = I"));
  const curve = svg("path", { class: "curve" });
  const name = svg("text", { class: "curve", x: x(steps) + 6 }, "‖Wⁿv‖");
  picture.append(curve, name);

  const slider = Object.assign(document.createElement("input"), { type: "range", min: 0.8, max: 1.2, step: 0.01, value: 0.9, id: "powers-radius" });
  const label = document.createElement("label");
  label.htmlFor = slider.id;
  const says = document.createElement("p");
  says.id = "powers-says";
  says.setAttribute("aria-live", "polite");

  function superscript(number) {
    return String(number).replace(/[-\d]/g, (c) => c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c]);
  }

  function show() {
    const radius = Number(slider.value);
    const logs = own.map((value, n) => value + n * Math.log10(radius));
    const shown = logs.filter((value) => value > low - 0.4 && value < high + 0.4).length;
    curve.setAttribute("d", logs.slice(0, shown + 1).map((value, n) => `${n ? "L" : "M"}${x(n).toFixed(1)} ${y(value).toFixed(1)}`).join(""));
    name.setAttribute("y", y(logs[steps]) + (Math.abs(logs[steps]) < 0.7 ? -10 : 4));
    label.textContent = `spectral radius of W: ${radius.toFixed(2)}`;
    const left50 = 10 ** logs[50];
    const number = left50 >= 0.01 && left50 < 100 ? left50.toPrecision(2) : left50.toExponential(1).replace(/e([+-])?(\d+)/, (_, sign, digits) => ` · 10${superscript((sign === "-" ? "-" : "") + digits)}`);
    says.textContent = `After 50 multiplications a vector of length 1 has the length ${number}.`;
  }

  slider.addEventListener("input", show);
  const control = document.createElement("div");
  control.className = "slider";
  control.append(label, slider);
  place.prepend(picture, control, says);
  show();
})();
