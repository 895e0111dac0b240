"""Installs, lists and removes RnnBook's kernel by Jupyter's own means. Asked by `book jupyter`; answers in lines of JSON.

python kernelspecs.py install NAME FOLDER [PREFIX]    PREFIX: a folder; "sys": Python's own; none: the user's
python kernelspecs.py list NAME
python kernelspecs.py uninstall NAME
"""

import json
import os
import shutil
import sys

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_core.paths import jupyter_path


def install(name, source, prefix=None):
    folder = KernelSpecManager().install_kernel_spec(
        source, name, user=prefix is None, prefix=sys.prefix if prefix == "sys" else prefix
    )
    # Not every front end knows {resource_dir}.
    path = os.path.join(folder, "kernel.json")
    with open(path, encoding="utf-8") as file:
        spec = json.load(file)
    spec["argv"] = [word.replace("{resource_dir}", folder) for word in spec["argv"]]
    with open(path + ".tmp", "w", encoding="utf-8") as file:
        json.dump(spec, file, indent=2)
    os.replace(path + ".tmp", path)
    say(folder, folder in found(name))


def found(name):
    folders = [os.path.join(place, name) for place in jupyter_path("kernels")]
    return [folder for folder in dict.fromkeys(folders) if os.path.exists(os.path.join(folder, "kernel.json"))]


def say(folder, is_seen=True):
    with open(os.path.join(folder, "kernel.json"), encoding="utf-8") as file:
        spec = json.load(file)
    print(json.dumps({"folder": folder, "displayName": spec["display_name"], "argv": spec["argv"], "isSeen": is_seen}))


if __name__ == "__main__":
    command, arguments = sys.argv[1], sys.argv[2:]
    if command == "install":
        install(*arguments)
    else:
        for one in found(arguments[0]):
            say(one)
            if command == "uninstall":
                shutil.rmtree(one)
