#!/usr/bin/python3
"""Writes what PyTorch's side of the weight files looks like; run by hand with PyTorch 1.13.1, the tests only read the results.

  relu.golden.safetensors, lstm…, gru…: state_dict of a module with members rnn (two layers) and head, in the format written by hand below
  weights.golden.json: for each of them input x, the outputs after every step, both computed in double from the float weights
  types.golden.safetensors: the numbers of weights.golden.json "types" as F64, F32, F16, BF16

Each file is read back by an independent reader and loaded into a fresh module (strict); the outputs must be the same bits. The tests
hold that the library writes these very bytes: so PyTorch loads what the library saves.
"""
import json
import pathlib
import struct

import torch
import torch.nn as nn

HERE = pathlib.Path(__file__).parent
TYPES = {torch.float64: "F64", torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16"}


class Net(nn.Module):
    def __init__(self, cell):
        super().__init__()
        sizes = dict(input_size=3, hidden_size=5, num_layers=2)
        self.rnn = {"relu": lambda: nn.RNN(nonlinearity="relu", **sizes), "lstm": lambda: nn.LSTM(**sizes), "gru": lambda: nn.GRU(**sizes)}[cell]()
        self.head = nn.Linear(5, 4)

    def forward(self, x):
        return self.head(self.rnn(x)[0])


def raw(tensor):
    bits = tensor.contiguous().view({2: torch.int16, 4: torch.int32, 8: torch.int64}[tensor.element_size()])
    return struct.pack(f"<{bits.numel()}{ {2: 'h', 4: 'i', 8: 'q'}[tensor.element_size()] }", *bits.reshape(-1).tolist())


def write(path, tensors):
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for name in sorted(tensors, key=lambda name: (-tensors[name].element_size(), name)):
        tensor = tensors[name]
        begin = len(data)
        data += raw(tensor)
        header[name] = {"dtype": TYPES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [begin, len(data)]}
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def read(path):
    content = path.read_bytes()
    (length,) = struct.unpack("<Q", content[:8])
    header, data = json.loads(content[8:8 + length]), content[8 + length:]
    header.pop("__metadata__")
    dtypes = {name: dtype for dtype, name in TYPES.items()}
    return {
        name: torch.frombuffer(bytearray(data[slice(*entry["data_offsets"])]), dtype=dtypes[entry["dtype"]]).reshape(entry["shape"])
        for name, entry in header.items()
    }


def main():
    torch.manual_seed(8)
    golden = {"nets": {}}
    for cell in ("relu", "lstm", "gru"):
        net = Net(cell)
        path = HERE / f"{cell}.golden.safetensors"
        write(path, net.state_dict())
        x = torch.randn(7, 6, 3)
        again = Net(cell)
        again.load_state_dict(read(path), strict=True)
        assert torch.equal(again(x), net(x))
        y = net.double()(x.double())
        golden["nets"][cell] = {"x": x.reshape(-1).tolist(), "y": y.detach().reshape(-1).tolist()}

    values = torch.tensor([0.0, -0.0, 1.0, -2.5, 0.1, 3e-5, 6e-8, 1e30, float("inf"), float("-inf"), 65504.0, 1.0009765625], dtype=torch.float64)
    typed = {name: values.to(dtype) for dtype, name in TYPES.items()}
    write(HERE / "types.golden.safetensors", typed)
    back = read(HERE / "types.golden.safetensors")
    assert all(torch.equal(back[name], typed[name]) for name in typed)
    golden["types"] = {name: [repr(v) for v in tensor.double().tolist()] for name, tensor in typed.items()}
    (HERE / "weights.golden.json").write_text(json.dumps(golden, indent=1) + "\n")


main()
