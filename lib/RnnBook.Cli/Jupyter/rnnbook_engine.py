"""RnnBook's cell engine as a child process that is asked and answers in lines of JSON.

lib/RnnBook.Notebook/Engine/EngineRequest.cs and EngineEvent.cs say which.
"""

import json
import os
import re
import subprocess
import threading
import uuid

import psutil

FAMILY = "RNNBOOK_ENGINE"
CRASH_STARTS = ("Stack overflow.", "Process terminated.", "Unhandled exception.", "Fatal error.")


class Engine:
    """One child process. What it says arrives in order on the event loop; at last an event of type "gone"."""

    MAXIMUM_WAITING = 1000

    def __init__(self, command, loop, hear):
        self.loop, self.hear = loop, hear
        self.family = uuid.uuid4().hex
        self.crash = []
        self.is_ended = False
        self.room = threading.Semaphore(self.MAXIMUM_WAITING)
        self.sending = threading.Lock()
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, FAMILY: self.family},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self.errors = threading.Thread(target=self.read_errors, daemon=True)
        self.errors.start()
        threading.Thread(target=self.read_events, daemon=True).start()

    @property
    def alive(self):
        return self.process.poll() is None

    def send(self, **request):
        with self.sending:
            try:
                self.process.stdin.write(json.dumps(request).encode() + b"\n")
                self.process.stdin.flush()
            except (OSError, ValueError):
                pass  # its end is reported by "gone"

    def end(self):
        """Ends the process and whatever its cells have started."""
        self.is_ended = True
        if self.alive:
            self.process.kill()
        self.process.wait()
        for process in psutil.process_iter():
            try:
                if process.environ().get(FAMILY) == self.family:
                    process.kill()
            except (psutil.Error, OSError):
                pass  # another user's, or gone

    def read_events(self):
        for line in self.process.stdout:
            self.post(json.loads(line))
        self.process.wait()
        self.errors.join(2)
        self.post({"type": "gone", "cell": 0})

    def read_errors(self):
        """What native code and grandchildren write is console text; the runtime's last words are kept."""
        for line in self.process.stderr:
            text = line.decode(errors="replace")
            if self.crash or text.startswith(CRASH_STARTS):
                self.crash.append(text)
            else:
                self.post({"type": "stream", "cell": 0, "name": "stderr", "text": text})

    def post(self, event):
        """Waits while the loop is far behind, so that memory stays bounded."""
        self.room.acquire()
        try:
            self.loop.call_soon_threadsafe(self.pass_on, event)
        except RuntimeError:
            pass  # the loop is closed: the kernel ends

    def pass_on(self, event):
        self.room.release()
        self.hear(self, event)

    def end_explained(self):
        """Why the process is gone, as the engine itself would report an error."""
        crash = "".join(self.crash)
        lines = re.findall(r"in \[-?\d+\]:line (\d+)", crash)
        trace = list(dict.fromkeys(frame.strip() for frame in re.findall(r"^ +at Submission#\d+[^\n]*", crash, re.MULTILINE)))[:20]
        if crash.startswith("Stack overflow."):
            name, message = "StackOverflow", "The stack overflowed: calls are nested too deeply."
        elif crash:
            name, message = "Died", "The engine's process crashed: " + " ".join(crash.split("\n   at ")[0].split())
        else:
            code = self.process.returncode
            how = f"was ended by signal {-code}" if code < 0 else f"ended with exit code {code}"
            name, message = "Died", f"The engine's process {how}."
        return {"name": name, "message": message, "line": int(lines[0]) if lines else None, "trace": trace}
