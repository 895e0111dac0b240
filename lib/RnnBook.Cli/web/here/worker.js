// The web worker that a chapter's cells run in. Stop ends it, whatever it does.
import { startEngine } from "./engine.js";

// Else the runtime takes a worker for a thread of a page that has it already, and waits for that page.
self.dotnetSidecar = true;

const base = new URL("../engine/", import.meta.url);
let engine = null;

onmessage = async ({ data: message }) => {
  try {
    await take(message);
  } catch (error) {
    postMessage({ type: "failed", message: error.message });
  }
};

async function take({ type, id, ...message }) {
  switch (type) {
    case "open":
      engine = await startEngine({
        base,
        read,
        show: (changes) => postMessage({ type: "changes", changes }),
        ended: () => postMessage({ type: "ended" }),
        load: loadCounted,
      });
      engine.open(message.cells);
      postMessage({ type: "ready" });
      break;
    case "run":
      await engine.run(message.cells);
      break;
    case "ask":
      postMessage({ type: "answer", id, answer: await engine.ask(message.question).catch((error) => {
        console.error("a question about code could not be answered", error);
        return null;
      }) });
      break;
    case "transcript":
      postMessage({ type: "answer", id, answer: engine.transcript(message.cell) });
      break;
    case "withOutputs":
      postMessage({ type: "answer", id, answer: engine.withOutputs(message.notebook) });
      break;
  }
}

async function read(path) {
  const answer = await fetch(new URL(path, base));
  return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
}

let underWay = 0;

/** Fetches a file of the runtime and says how many bytes have come, as they were sent. */
function loadCounted(type, name, uri, integrity) {
  if (type === "dotnetjs") return uri;
  underWay++;
  return fetch(uri, { integrity, credentials: "same-origin" }).then((answer) => {
    if (!answer.ok) throw new Error(`${name} could not be fetched (${answer.status} ${answer.statusText}).`);
    const encoding = answer.headers.get("Content-Encoding") ?? "";
    const sent = Number(answer.headers.get("Content-Length"));
    const counted = new TransformStream({
      transform(chunk, out) {
        if (!encoding) postMessage({ type: "bytes", bytes: chunk.byteLength });
        out.enqueue(chunk);
      },
      flush() { postMessage({ type: "bytes", bytes: encoding ? sent : 0, isLast: --underWay === 0 }); },
    });
    return new Response(answer.body.pipeThrough(counted), { headers: { "Content-Type": answer.headers.get("Content-Type") ?? "application/octet-stream" } });
  });
}
