#!/usr/bin/python3
"""Writes layers.golden.json: what PyTorch computes, in double, for small recurrent nets.

Run by hand with PyTorch 1.13.1 (Debian's python3-torch); the tests only read the file. Weights and inputs are rounded to
float first, so that the float library starts from the very same numbers. Layout of a case:

  name, cell (relu | tanh | lstm | gru), layers, everyStep, loss (mse | cross-entropy)
  x, targets | labels, h0, c0: {"shape", "values"}; labels is a plain list, -1 is ignored; h0 and c0 of each layer or absent
  parameters: PyTorch's names -> {"shape", "values"}
  output, loss value, gradients (same names as the parameters), inputGradient, h0Gradient, c0Gradient
"""
import json
import pathlib

import torch
import torch.nn as nn
import torch.nn.functional as F


def rounded(tensor):
    return tensor.float().double()


def entry(tensor):
    return {"shape": list(tensor.shape), "values": [float(f"{v:.9g}") for v in tensor.detach().reshape(-1).tolist()]}


def make(name, cell, T, B, I, H, O, layers=1, every=False, loss="mse", scale=None, start=False):
    torch.manual_seed(sum(map(ord, name)))
    kinds = {"relu": lambda: nn.RNN(I, H, layers, nonlinearity="relu"), "tanh": lambda: nn.RNN(I, H, layers),
             "lstm": lambda: nn.LSTM(I, H, layers), "gru": lambda: nn.GRU(I, H, layers)}
    net = nn.ModuleDict({"rnn": kinds[cell](), "head": nn.Linear(H, O)}).double()
    with torch.no_grad():
        for parameter in net.parameters():
            parameter.copy_(rounded(parameter * (scale or 1)))
    x = rounded(torch.randn(T, B, I)).double().requires_grad_()
    h0 = rounded(torch.randn(layers, B, H) * 0.5).requires_grad_() if start else None
    c0 = rounded(torch.randn(layers, B, H) * 0.5).requires_grad_() if start and cell == "lstm" else None
    state = None if h0 is None else ((h0, c0) if cell == "lstm" else h0)
    y, _ = net["rnn"](x, state)
    output = net["head"](y if every else y[-1])
    case = {"name": name, "cell": cell, "layers": layers, "everyStep": every, "loss": loss, "x": entry(x)}
    if loss == "mse":
        targets = rounded(torch.randn(output.shape))
        value = F.mse_loss(output, targets)
        case["targets"] = entry(targets)
    else:
        labels = torch.randint(0, O, output.shape[:-1])
        if every:
            labels[0] = -1
        value = F.cross_entropy(output.reshape(-1, O), labels.reshape(-1), ignore_index=-1)
        case["labels"] = labels.reshape(-1).tolist()
    value.backward()
    case["parameters"] = {n: entry(p) for n, p in net.named_parameters()}
    case["output"] = entry(output)
    case["value"] = value.item()
    case["gradients"] = {n: entry(p.grad) for n, p in net.named_parameters()}
    case["inputGradient"] = entry(x.grad)
    for key, tensor in (("h0", h0), ("c0", c0)):
        if tensor is not None:
            case[key] = entry(tensor)
            case[key + "Gradient"] = entry(tensor.grad)
    return case


cases = [
    make("rnn-relu-last-mse", "relu", 9, 5, 2, 19, 1),
    make("rnn-relu-every-cross-entropy", "relu", 6, 3, 4, 16, 5, every=True, loss="cross-entropy"),
    make("rnn-tanh-last-cross-entropy", "tanh", 12, 2, 1, 21, 4, loss="cross-entropy"),
    make("rnn-tanh-large-weights", "tanh", 7, 3, 3, 18, 2, every=True, scale=4),
    make("lstm-last-mse", "lstm", 8, 4, 2, 17, 1),
    make("lstm-every-cross-entropy", "lstm", 5, 3, 3, 16, 6, every=True, loss="cross-entropy"),
    make("gru-last-mse", "gru", 8, 4, 2, 17, 1),
    make("gru-every-cross-entropy", "gru", 5, 3, 18, 16, 3, every=True, loss="cross-entropy"),
    make("two-layers-relu", "relu", 6, 4, 2, 17, 2, layers=2),
    make("two-layers-lstm", "lstm", 5, 3, 2, 9, 2, layers=2, every=True),
    make("two-layers-gru", "gru", 5, 3, 2, 18, 3, layers=2, loss="cross-entropy"),
    make("rnn-tanh-initial-state", "tanh", 4, 3, 2, 17, 2, start=True),
    make("lstm-initial-state", "lstm", 4, 3, 2, 17, 2, start=True),
    make("gru-initial-state", "gru", 4, 3, 2, 17, 2, start=True),
    make("one-of-everything", "relu", 1, 1, 1, 1, 1),
]
target = pathlib.Path(__file__).parent / "layers.golden.json"
target.write_text("[\n" + ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases) + "\n]\n")
