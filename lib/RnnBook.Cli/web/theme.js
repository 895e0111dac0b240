// Runs before the page is painted, so that a stored theme does not flash. "system" is the default.
(() => {
  let stored = null;
  try { stored = localStorage.getItem("rnnbook-theme"); } catch { /* storage may be off */ }
  document.documentElement.dataset.theme = stored === "light" || stored === "dark" ? stored : "system";
})();
