"""A Jupyter kernel that runs C# cells in RnnBook's engine.

Started by Jupyter as `python kernel.py <command of the engine…> -f <connection file>`.
"""

import asyncio
import atexit
import fnmatch
import os
import signal
import sys
import threading

from ipykernel.kernelapp import IPKernelApp
from ipykernel.kernelbase import Kernel
from rnnbook_engine import Engine

INTERRUPT_GRACE = 5  # seconds until a cell that does not obey loses its process
ANSWER_TIME = 20  # seconds for a question about a source: the first one loads the tools for it
LOST = " Variables are lost: run the earlier cells again."
COMMAND = []  # of the engine


class Cell:
    """One execution while it runs."""

    def __init__(self, number, silent, done):
        self.number, self.silent, self.done = number, silent, done
        self.error = None
        self.result = None


class RnnBookKernel(Kernel):
    implementation = "rnnbook"
    implementation_version = "1.0"
    banner = "C# in RnnBook's cell engine"
    language_info = {
        "name": "C#",
        "version": "14.0",
        "mimetype": "text/x-csharp",
        "file_extension": ".cs",
        "pygments_lexer": "csharp",
        "codemirror_mode": "text/x-csharp",
    }

    def __init__(self, **settings):
        super().__init__(**settings)
        self.engine = None
        self.cell = None
        self.request = {}
        self.questions = {}
        self.question_count = 0
        self.silent_count = 0
        self.inputs = []
        atexit.register(self.end_engine)

    # ---- What Jupyter asks

    async def do_execute(self, code, silent, store_history=True, user_expressions=None, allow_stdin=False, **_):
        number = self.execution_count
        if silent:
            self.silent_count += 1
            number = -self.silent_count
        self.request = self.get_parent("shell")
        cell = self.cell = Cell(number, silent, asyncio.get_running_loop().create_future())
        try:
            self.running_engine().send(type="execute", cell=number, code=code, canAsk=allow_stdin)
            await cell.done
        except OSError as error:
            cell.error = {
                "name": "EngineMissing",
                "message": f"The C# engine does not start ({error}). Build the book and run `book jupyter install` again.",
                "line": None,
                "trace": [],
            }
        finally:
            self.cell = None

        if store_history and not silent:
            self.inputs.append((number, code, cell.result))
        return self.reply(cell, user_expressions or {})

    def reply(self, cell, user_expressions):
        if not cell.error:
            refusal = {"status": "error", "ename": "NotSupported", "evalue": "User expressions are not evaluated.", "traceback": []}
            return {
                "status": "ok",
                "execution_count": self.execution_count,
                "payload": [],
                "user_expressions": {name: refusal for name in user_expressions},
            }
        error = cell.error
        trace = error["trace"] or ([f"   in line {error['line']} of the cell"] if error["line"] else [])
        content = {
            "ename": error["name"],
            "evalue": error["message"],
            "traceback": [f"{error['name']}: {error['message']}", *trace],
        }
        if not cell.silent:
            self.publish("error", content)
        return {"status": "error", "execution_count": self.execution_count, **content}

    async def do_complete(self, code, cursor_pos):
        answer = await self.ask("complete", code, cursor=units(code, cursor_pos))
        found = answer.get("completions") or {"items": []}
        start, end = (points(code, found[at]) if at in found else cursor_pos for at in ("start", "end"))
        return {
            "status": "ok",
            "matches": [item["text"] for item in found["items"]],
            "cursor_start": start,
            "cursor_end": end,
            "metadata": {
                "_jupyter_types_experimental": [
                    {"text": item["text"], "type": item["kind"], "start": start, "end": end} for item in found["items"]
                ]
            },
        }

    async def do_inspect(self, code, cursor_pos, detail_level=0, omit_sections=()):
        answer = await self.ask("inspect", code, cursor=units(code, cursor_pos))
        found = answer.get("inspection")
        data = {"text/plain": found["plain"], "text/markdown": found["markdown"]} if found else {}
        return {"status": "ok", "found": bool(found), "data": data, "metadata": {}}

    async def do_is_complete(self, code):
        answer = (await self.ask("completeness", code)).get("completeness")
        if not answer:
            return {"status": "unknown"}
        reply = {"status": answer["status"].lower()}
        return {**reply, "indent": answer["indent"]} if reply["status"] == "incomplete" else reply

    def do_history(
        self, hist_access_type, output, raw, session=None, start=None, stop=None, n=None, pattern=None, unique=False, **_
    ):
        found = self.inputs
        if hist_access_type == "range":
            found = [entry for entry in found if (start or 0) <= entry[0] < (stop or sys.maxsize)] if not session else []
        elif hist_access_type == "search":
            found = [entry for entry in found if fnmatch.fnmatchcase(entry[1], pattern or "*")]
            if unique:
                found = list({entry[1]: entry for entry in found}.values())
        if n is not None and hist_access_type != "range":
            found = found[-n:] if n else []
        return {"status": "ok", "history": [(0, number, (code, result) if output else code) for number, code, result in found]}

    def do_shutdown(self, restart):
        self.end_engine()
        return {"status": "ok", "restart": restart}

    async def interrupt_request(self, stream, ident, parent):
        self.interrupt()
        self.session.send(stream, "interrupt_reply", {"status": "ok"}, parent, ident=ident)

    def pre_handler_hook(self):
        """The signal to interrupt stops the cell, never this process's own code."""

    def post_handler_hook(self):
        pass

    # ---- The engine

    def start(self):
        result = super().start()
        signal.signal(signal.SIGINT, lambda *_: self.interrupt())
        try:
            self.running_engine()  # it warms up before the first cell comes
        except OSError:
            pass  # the first cell says it
        return result

    def running_engine(self):
        if self.engine is None or not self.engine.alive:
            for path in COMMAND:
                if os.path.isabs(path) and not os.path.exists(path):
                    raise FileNotFoundError(f"there is no {path}")
            self.engine = Engine(COMMAND, self.io_loop.asyncio_loop, self.hear)
        return self.engine

    def end_engine(self):
        if self.engine is not None:
            self.engine.end()

    def interrupt(self):
        """From any thread, or a signal's handler: stops the running cell, if need be with its process."""
        cell, engine = self.cell, self.engine
        if cell is None or engine is None:
            return
        # A thread of its own: a signal may come while this one holds the engine's lock.
        threading.Thread(target=engine.send, kwargs={"type": "interrupt", "cell": cell.number}, daemon=True).start()

        def insist():
            if not cell.done.done():
                message = "The cell was stopped. It did not obey, so the engine's process was ended."
                cell.error = {"name": "Interrupted", "message": message, "line": None, "trace": []}
                engine.end()

        engine.loop.call_soon_threadsafe(engine.loop.call_later, INTERRUPT_GRACE, insist)

    async def ask(self, kind, code, **place):
        """The engine's answer to a question about a source; empty where there is none."""
        try:
            engine = self.running_engine()
        except OSError:
            return {}
        self.question_count += 1
        number = self.question_count
        future = self.questions[number] = asyncio.get_running_loop().create_future()
        engine.send(type=kind, id=number, code=code, **place)
        try:
            return await asyncio.wait_for(future, ANSWER_TIME)
        except asyncio.TimeoutError:
            return {}
        finally:
            del self.questions[number]

    def hear(self, engine, event):
        kind, cell = event["type"], self.cell
        if engine is not self.engine:
            return
        if kind == "stream":
            self.publish("stream", {"name": event["name"], "text": event["text"]})
        elif kind in ("display", "update"):
            self.show(kind, event)
        elif kind == "input" and cell:
            asyncio.ensure_future(self.ask_reader(engine, cell))
        elif kind == "gone":
            self.engine_gone(engine)
        elif "id" in event:
            future = self.questions.get(event["id"])
            if future and not future.done():
                future.set_result(event)
        elif kind in ("error", "exit") and cell:
            cell.error = event["error"]
        elif kind == "done" and cell and cell.number == event["cell"] and not cell.done.done():
            cell.done.set_result(None)

    async def ask_reader(self, engine, cell):
        """The front end's box for an answer. Its reply is looked for now and then, so that an interrupt is heard meanwhile."""
        while self.stdin_socket.poll(0):
            self.stdin_socket.recv_multipart()  # an answer that came too late for an earlier cell
        content = {"prompt": "", "password": False}
        self.session.send(self.stdin_socket, "input_request", content, self.request, ident=self._parent_ident["shell"])
        while not cell.done.done():
            if self.stdin_socket.poll(0):
                _, reply = self.session.recv(self.stdin_socket)
                engine.send(type="answer", text=reply["content"]["value"])
                return
            await asyncio.sleep(0.05)

    def show(self, kind, event):
        content = {"data": event["data"], "metadata": {}, "transient": {"display_id": event["id"]}}
        if kind == "update":
            self.publish("update_display_data", content)
        elif event["isResult"]:
            if self.cell:
                self.cell.result = event["data"].get("text/plain", "")
            self.publish("execute_result", {**content, "execution_count": self.execution_count})
        else:
            self.publish("display_data", content)

    def engine_gone(self, engine):
        is_surprise = not engine.is_ended
        engine.end()
        for future in self.questions.values():
            if not future.done():
                future.set_result({})
        if self.cell and not self.cell.done.done():
            if not self.cell.error:
                self.cell.error = engine.end_explained()
            self.cell.error["message"] += LOST
            self.cell.done.set_result(None)
        elif is_surprise:
            self.publish("stream", {"name": "stderr", "text": engine.end_explained()["message"] + LOST + "\n"})

    def publish(self, kind, content):
        """To the cell that runs, or to the last one: work may go on in the background."""
        if not (self.cell and self.cell.silent):
            self.session.send(self.iopub_socket, kind, content, parent=self.request, ident=self._topic(kind))


def units(text, points):
    """Jupyter counts characters, C# counts UTF-16 units."""
    return len(text[:points].encode("utf-16-le")) // 2


def points(text, units):
    return len(text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", errors="ignore"))


if __name__ == "__main__":
    end = sys.argv.index("-f")
    COMMAND = sys.argv[1:end]
    IPKernelApp.launch_instance(argv=sys.argv[end:], kernel_class=RnnBookKernel)
