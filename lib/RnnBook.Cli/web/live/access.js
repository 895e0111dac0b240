// The token that lets this page run code. It comes in the address behind "#", which a browser sends to nobody, and leaves the address bar and
// the history at once. It is kept where only pages of this address and port can read it, and sent only where a script of the book sends it.
(() => {
  "use strict";
  const key = "rnnbook/access";
  const read = () => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } };
  let kept = read();
  const token = /^#token=([\w-]{20,})$/.exec(location.hash)?.[1];
  if (token) {
    const random = crypto.getRandomValues(new Uint8Array(18));
    kept = { token, reader: kept?.reader ?? btoa(String.fromCharCode(...random)).replaceAll("+", "-").replaceAll("/", "_") };
    try { localStorage.setItem(key, JSON.stringify(kept)); } catch { /* storage may be off: this page alone can run code */ }
    history.replaceState(history.state, "", location.pathname + location.search);
  }
  // Another tab may have been opened with the address of a newer start.
  window.rnnbookAccess = () => { const now = read() ?? kept; return now ? `${now.token}.${now.reader}` : ""; };
})();
