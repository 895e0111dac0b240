"""RnnBook's kernel in the real Jupyter: the kernel test suite of Jupyter itself, and what that leaves out. Run by KernelTests.cs."""

import os
import signal
import time
import unittest

import jupyter_kernel_test
import psutil
from jupyter_kernel_test.msgspec_v5 import validate_message
from jupyter_client.manager import start_new_kernel

PATIENCE = 60
jupyter_kernel_test.TIMEOUT = PATIENCE  # the machine may be busy


class JupytersOwnTests(jupyter_kernel_test.KernelTests):
    kernel_name = "rnnbook"
    language_name = "C#"
    file_extension = ".cs"
    code_hello_world = 'Console.WriteLine("hello, world");'
    code_stderr = 'Console.Error.WriteLine("oh");'
    completion_samples = [{"text": "Console.WriteL", "matches": {"WriteLine"}}, {"text": '"😀".Len', "matches": {"Length"}}]
    complete_code_samples = ["1 + 1", "var x = 3;", "class C\n{\n}"]
    incomplete_code_samples = ["1 +", "class C\n{", "Console.WriteLine("]
    invalid_code_samples = ["}", "int n = ;"]
    code_generate_error = 'throw new InvalidOperationException("no");'
    code_execute_result = [
        {"code": "1 + 1", "result": "2"},
        {"code": '"text"', "result": "text"},
        {"code": "new[] { new { A = 1 } }", "mime": "text/html"},
    ]
    code_display_data = [
        {"code": 'display(HTML("<b>x</b>"));', "mime": "text/html"},
        {"code": '"# t".DisplayAs("text/markdown");', "mime": "text/markdown"},
        {"code": 'display(new byte[] { 1, 2 }, "image/png");', "mime": "image/png"},
    ]
    code_history_pattern = "1?+*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "Math.Abs"


class Client(unittest.TestCase):
    """A kernel that each test starts anew."""

    def setUp(self):
        self.manager, self.client = start_new_kernel(kernel_name="rnnbook", startup_timeout=PATIENCE)

    def tearDown(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    def send(self, code, **how):
        return self.client.execute(code, **how)

    def finish(self, message, patience=PATIENCE):
        """The reply, and what was said on the way, until the kernel is idle again."""
        said, until = [], time.time() + patience
        while True:
            heard = self.client.get_iopub_msg(timeout=max(0.1, until - time.time()))
            if heard["parent_header"].get("msg_id") != message:
                continue
            validate_message(heard, heard["msg_type"], message)
            if heard["msg_type"] == "status" and heard["content"]["execution_state"] == "idle":
                break
            if heard["msg_type"] not in ("status", "execute_input"):
                said.append((heard["msg_type"], heard["content"]))
        while True:
            reply = self.client.get_shell_msg(timeout=patience)
            if reply["parent_header"].get("msg_id") == message:
                return reply["content"], said

    def run_cell(self, code, **how):
        return self.finish(self.send(code, **how))

    def value(self, code):
        reply, said = self.run_cell(code)
        self.assertEqual(reply["status"], "ok", reply)
        return next(content["data"]["text/plain"] for kind, content in said if kind == "execute_result")

    def wait_for(self, text):
        while True:
            heard = self.client.get_iopub_msg(timeout=PATIENCE)
            if heard["msg_type"] == "stream" and text in heard["content"]["text"]:
                return

    def engine(self):
        return [p.pid for p in psutil.Process(self.kernel_id()).children(recursive=True)]

    def kernel_id(self):
        return self.manager.provisioner.process.pid


class InterruptTests(Client):
    def stops(self, interrupt, code, **how):
        self.run_cell("var kept = 5;")
        message = self.send(code, **how)
        self.wait_for("running")
        interrupt()
        reply, said = self.finish(message)
        self.assertEqual((reply["status"], reply["ename"]), ("error", "Interrupted"))
        self.assertEqual(self.value("kept"), "5")

    def test_interrupt_stops_a_loop(self):
        self.stops(self.manager.interrupt_kernel, 'Console.WriteLine("running");\nwhile (true) { }')

    def test_interrupt_stops_a_wait(self):
        self.stops(self.manager.interrupt_kernel, 'Console.WriteLine("running");\nawait Task.Delay(-1);')

    def test_interrupt_stops_a_question(self):
        self.stops(self.manager.interrupt_kernel, 'Console.WriteLine("running");\nConsole.ReadLine();', allow_stdin=True)

    def test_the_signal_does_the_same(self):
        self.stops(lambda: os.kill(self.kernel_id(), signal.SIGINT), 'Console.WriteLine("running");\nwhile (true) { }')

    def test_an_interrupt_between_cells_does_nothing(self):
        self.run_cell("var kept = 6;")
        self.client.control_channel.send(self.client.session.msg("interrupt_request", {}))
        self.assertEqual(self.client.get_control_msg(timeout=PATIENCE)["msg_type"], "interrupt_reply")
        os.kill(self.kernel_id(), signal.SIGINT)
        self.client.kernel_info(reply=True, timeout=PATIENCE)  # its process has been awake since, and seen the signal
        self.assertEqual(self.value("kept"), "6")

    def test_a_cell_that_does_not_obey_loses_its_process(self):
        self.run_cell("var kept = 7;")
        message = self.send('try { Console.WriteLine("running"); while (true) { } } finally { while (true) { } }')
        self.wait_for("running")
        self.manager.interrupt_kernel()
        reply, said = self.finish(message)
        self.assertEqual(reply["ename"], "Interrupted")
        self.assertIn("Variables are lost", reply["evalue"])
        self.assertEqual(self.value("1 + 2"), "3")


class LifeTests(Client):
    def test_restart_forgets_everything(self):
        self.run_cell("var old = 1;")
        before = self.engine()
        self.manager.restart_kernel()
        self.client.wait_for_ready(timeout=PATIENCE)
        reply, said = self.run_cell("old")
        self.assertEqual((reply["status"], reply["execution_count"]), ("error", 1))
        self.assertIn("CS0103", reply["evalue"])
        self.assertFalse([p for p in before if psutil.pid_exists(p)])

    def test_shutdown_leaves_no_process(self):
        self.leaves_no_process(lambda: self.manager.shutdown_kernel())

    def test_a_killed_kernel_leaves_no_process(self):
        self.leaves_no_process(lambda: os.kill(self.kernel_id(), signal.SIGKILL))

    def leaves_no_process(self, end):
        self.run_cell('System.Diagnostics.Process.Start("sleep", "600");')
        family = self.engine()
        self.assertGreaterEqual(len(family), 2)
        end()
        until = time.time() + PATIENCE
        while any(psutil.pid_exists(p) and psutil.Process(p).status() != "zombie" for p in family):
            self.assertLess(time.time(), until, "a process is left")
            time.sleep(0.1)

    def test_a_crash_between_cells_is_told(self):
        self.send("_ = Task.Run(async () => { await Task.Delay(1000); Environment.Exit(3); });")
        self.wait_for("Variables are lost")
        self.assertEqual(self.value("1 + 2"), "3")

    def test_a_crash_is_told_and_the_next_cell_runs(self):
        self.run_cell("var lost = 1;")
        reply, said = self.run_cell("int Deep(int n) => Deep(n + 1) + 1;\nDeep(0)")
        self.assertEqual((reply["ename"], [kind for kind, _ in said]), ("StackOverflow", ["error"]))
        self.assertIn("Variables are lost", reply["evalue"])
        reply, said = self.run_cell("\nEnvironment.Exit(3);")
        self.assertEqual(reply["ename"], "Exited")
        self.assertEqual(self.value("1 + 2"), "3")


class OutputTests(Client):
    def test_an_error_names_line_and_calls(self):
        reply, said = self.run_cell('void Fail()\n{\n    throw new Exception("outer", new FormatException("inner"));\n}\nFail();')
        self.assertEqual((reply["ename"], reply["evalue"]), ("System.Exception", "outer"))
        trace = "\n".join(reply["traceback"])
        self.assertIn("at Fail() in cell [1], line 3", trace)
        self.assertIn("caused by System.FormatException: inner", trace)
        self.assertNotIn("RnnBook.Notebook", trace)
        self.assertEqual(said[-1], ("error", {key: reply[key] for key in ("ename", "evalue", "traceback")}))

    def test_what_is_shown_is_updated_in_place_also_by_a_later_cell(self):
        _, first = self.run_cell('var shown = display("one");\nshown.Update("two");\n"result"')
        _, later = self.run_cell("shown.Update(3);")
        self.assertEqual([kind for kind, _ in first + later], ["display_data", "update_display_data", "execute_result", "update_display_data"])
        ids = [content["transient"]["display_id"] for _, content in first + later]
        self.assertEqual(ids[0], ids[1])
        self.assertEqual(ids[0], ids[3])
        self.assertNotEqual(ids[0], ids[2])
        self.assertEqual(later[0][1]["data"]["text/plain"], "3")

    def test_streams_and_values_keep_their_order(self):
        code = 'for (var i = 0; i < 200; i++) { Console.Write($"{i} "); if (i % 10 == 0) display(i); if (i % 7 == 0) Console.Error.Write($"{i} "); }'
        _, said = self.run_cell(code)
        parts = []
        for kind, content in said:
            parts += content["text"].split() if kind == "stream" else [content["data"]["text/plain"]]
        expected = [str(i) for i in range(200) for _ in range(1 + (i % 10 == 0) + (i % 7 == 0))]
        self.assertEqual(parts, expected)

    def test_silent_cells_say_nothing_and_do_not_count(self):
        self.assertEqual(self.run_cell("1")[0]["execution_count"], 1)
        reply, said = self.run_cell('var quiet = 4; Console.Write("x"); quiet', silent=True)
        self.assertEqual((reply["status"], said), ("ok", []))
        reply, said = self.run_cell("quiet", store_history=False)
        self.assertEqual(reply["execution_count"], 2)
        self.client.history(hist_access_type="tail", n=10, raw=True, output=False)
        history = self.client.get_shell_msg(timeout=PATIENCE)["content"]["history"]
        self.assertEqual([entry[2] for entry in history], ["1"])

    def test_reading_from_the_console_asks_the_front_end(self):
        code = 'Console.WriteLine($"{Console.ReadLine()} and {Console.ReadLine()}")'
        message = self.client.execute(code, allow_stdin=True)
        for answer in ("one", "two"):
            self.assertEqual(self.client.get_stdin_msg(timeout=PATIENCE)["msg_type"], "input_request")
            self.client.input(answer)
        while (reply := self.client.get_shell_msg(timeout=PATIENCE))["parent_header"]["msg_id"] != message:
            pass
        self.assertEqual(reply["content"]["status"], "ok")
        self.wait_for("one and two")

    def test_reading_from_the_console_is_refused_where_nobody_can_be_asked(self):
        reply, said = self.run_cell("\nvar name = Console.ReadLine();", allow_stdin=False)
        self.assertEqual(reply["status"], "error")
        self.assertIn("cannot be asked", reply["evalue"])
        self.assertIn("line 2", reply["traceback"][1])

    def test_positions_count_characters(self):
        message = self.client.complete('var s = "😀😀"; Console.Wri + 1', 25)
        while (reply := self.client.get_shell_msg(timeout=PATIENCE))["parent_header"]["msg_id"] != message:
            pass
        found = reply["content"]
        self.assertEqual((found["matches"], found["cursor_start"], found["cursor_end"]), (["Write", "WriteLine"], 22, 25))


if __name__ == "__main__":
    unittest.main(verbosity=2)
