#!/usr/bin/python3
"""Writes layers.golden.json and attention.golden.json: what PyTorch computes, in double, for small recurrent nets.

Run by hand with PyTorch 1.13.1 (Debian's python3-torch); the tests only read the file. Weights and inputs are rounded to
float first, so that the float library starts from the very same numbers. Layout of a case:

  name, cell (relu | tanh | lstm | gru | residual | prelu), layers, everyStep, loss (mse | cross-entropy)
  with an embedding (parameter embedding.weight) x holds ids, [T, B, 1], and inputGradient is that of the vectors
  lengths of the sequences, window of truncated back-propagation, clip of each state's gradient ["value" | "norm", most], if any
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


class Cell(nn.Module):
    """A plain recurrent layer step by step: residual, with a learned PReLU, with gradients cut or clipped on their way back."""

    def __init__(self, cell, inputs, units, window=None, clip=None):
        super().__init__()
        self.cell, self.units, self.window, self.clip = cell, units, window, clip
        bound = units ** -0.5
        for name, shape in (("weight_ih_l0", (units, inputs)), ("weight_hh_l0", (units, units)), ("bias_ih_l0", (units,)), ("bias_hh_l0", (units,))):
            self.register_parameter(name, nn.Parameter(torch.empty(shape).uniform_(-bound, bound)))
        if cell == "prelu":
            self.slope_l0 = nn.Parameter(torch.tensor([0.25]))

    def forward(self, x, h=None):
        h = torch.zeros(x.shape[1], self.units, dtype=x.dtype) if h is None else h[0]
        states = []
        for t in range(len(x)):
            if self.window and t % self.window == 0:
                h = h.detach()
            z = F.linear(x[t], self.weight_ih_l0, self.bias_ih_l0) + F.linear(h, self.weight_hh_l0, self.bias_hh_l0)
            if self.cell == "prelu":
                h = F.prelu(z, self.slope_l0)
            else:
                h = torch.tanh(z) + (h if self.cell == "residual" else 0)
            if self.clip:
                h.register_hook(self.clipped)
            states.append(h)
        return torch.stack(states), h[None]

    def clipped(self, gradient):
        kind, most = self.clip
        if kind == "value":
            return gradient.clamp(-most, most)
        return gradient * (most / gradient.norm(dim=1, keepdim=True)).clamp(max=1)


def make(name, cell, T, B, I, H, O, layers=1, every=False, loss="mse", scale=None, start=False, lengths=None, window=None, clip=None, ids=None):
    torch.manual_seed(sum(map(ord, name)))
    kinds = {"relu": lambda: nn.RNN(I, H, layers, nonlinearity="relu"), "tanh": lambda: nn.RNN(I, H, layers),
             "lstm": lambda: nn.LSTM(I, H, layers), "gru": lambda: nn.GRU(I, H, layers)}
    by_hand = cell not in kinds or window or clip
    net = nn.ModuleDict({"rnn": Cell(cell, I, H, window, clip) if by_hand else kinds[cell](), "head": nn.Linear(H, O)}).double()
    if ids:
        net["embedding"] = nn.Embedding(ids, I).double()
    with torch.no_grad():
        for parameter in net.parameters():
            parameter.copy_(rounded(parameter * (scale or 1)))
    x = rounded(torch.randn(T, B, I)).double().requires_grad_()
    given = x
    if ids:
        given = torch.randint(0, ids - 1, (T, B))  # the last id never occurs
        x = net["embedding"](given)
        x.retain_grad()
    h0 = rounded(torch.randn(layers, B, H) * 0.5).requires_grad_() if start else None
    c0 = rounded(torch.randn(layers, B, H) * 0.5).requires_grad_() if start and cell == "lstm" else None
    state = None if h0 is None else ((h0, c0) if cell == "lstm" else h0)
    live = torch.ones(T, B, dtype=torch.bool)
    if lengths:
        live = torch.arange(T)[:, None] < torch.tensor(lengths)
        packed = nn.utils.rnn.pack_padded_sequence(x, torch.tensor(lengths), enforce_sorted=False)
        packed, last = net["rnn"](packed, state)
        y, _ = nn.utils.rnn.pad_packed_sequence(packed, total_length=T)
        last = (last[0] if cell == "lstm" else last)[-1]
    else:
        y, _ = net["rnn"](x, state)
        last = y[-1]
    output = net["head"](y if every else last)
    case = {"name": name, "cell": cell, "layers": layers, "everyStep": every, "loss": loss, "x": entry(given[:, :, None] if ids else x)}
    case.update({k: v for k, v in (("lengths", lengths), ("window", window), ("clip", clip)) if v})
    if loss == "mse":
        targets = rounded(torch.randn(output.shape))
        value = F.mse_loss(output[live], targets[live]) if every else F.mse_loss(output, targets)
        case["targets"] = entry(targets)
    else:
        labels = torch.randint(0, O, output.shape[:-1])
        if every:
            labels[0] = -1
        counted = torch.where(live, labels, -1) if every else labels
        value = F.cross_entropy(output.reshape(-1, O), counted.reshape(-1), ignore_index=-1)
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


def attention(name, T, B, I, D, causal=False):
    """One head by hand: queries, keys and values by one matrix, softmax over the keys; the loss is a weighted sum of the outputs."""
    torch.manual_seed(sum(map(ord, name)))
    linear = nn.Linear(I, 3 * D).double()
    with torch.no_grad():
        for parameter in linear.parameters():
            parameter.copy_(rounded(parameter))
    x = rounded(torch.randn(T, B, I)).requires_grad_()
    q, k, v = (part.transpose(0, 1) for part in linear(x).chunk(3, dim=2))
    scores = q @ k.transpose(1, 2) / D ** 0.5
    if causal:
        scores = scores.masked_fill(torch.ones(T, T, dtype=torch.bool).triu(1), -torch.inf)
    weights = scores.softmax(dim=2)
    output = (weights @ v).transpose(0, 1)
    gradient = rounded(torch.randn(output.shape))
    (output * gradient).sum().backward()
    return {"name": name, "causal": causal, "x": entry(x), "outputGradient": entry(gradient), "output": entry(output), "weights": entry(weights),
            "parameters": {"in_proj_weight": entry(linear.weight), "in_proj_bias": entry(linear.bias)},
            "gradients": {"in_proj_weight": entry(linear.weight.grad), "in_proj_bias": entry(linear.bias.grad)}, "inputGradient": entry(x.grad)}


def write(file, cases):
    (pathlib.Path(__file__).parent / file).write_text("[\n" + ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases) + "\n]\n")


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
    make("lengths-relu-last", "relu", 7, 5, 2, 18, 2, lengths=[3, 7, 1, 5, 7]),
    make("lengths-tanh-every", "tanh", 6, 4, 3, 17, 4, every=True, loss="cross-entropy", lengths=[6, 2, 4, 3]),
    make("lengths-lstm-last", "lstm", 6, 5, 2, 17, 3, loss="cross-entropy", lengths=[2, 5, 1, 6, 4], start=True),
    make("lengths-gru-every", "gru", 6, 4, 2, 19, 2, every=True, lengths=[2, 5, 6, 4], start=True),
    make("lengths-two-lstm", "lstm", 6, 4, 2, 9, 2, layers=2, every=True, lengths=[4, 1, 6, 6]),
    make("lengths-two-gru-all-short", "gru", 6, 3, 2, 9, 2, layers=2, lengths=[4, 1, 5]),
    make("embedding-lstm", "lstm", 6, 4, 5, 17, 3, every=True, loss="cross-entropy", ids=9),
    make("embedding-lengths-relu", "relu", 6, 4, 19, 17, 3, ids=7, lengths=[6, 2, 3, 5]),
    make("residual-every", "residual", 6, 4, 3, 17, 2, every=True),
    make("residual-last", "residual", 5, 3, 2, 18, 4, loss="cross-entropy", scale=2),
    make("prelu-every", "prelu", 7, 4, 3, 18, 2, every=True, scale=-2),
    make("prelu-last", "prelu", 6, 3, 2, 17, 3, loss="cross-entropy", scale=2),
    make("window-tanh-every", "tanh", 10, 3, 2, 17, 3, every=True, scale=2, window=4),
    make("window-residual-last", "residual", 9, 3, 2, 17, 3, window=4),
    make("clip-value-tanh", "tanh", 8, 4, 2, 17, 2, every=True, scale=2, clip=["value", 0.01]),
    make("clip-norm-residual", "residual", 8, 4, 2, 17, 2, every=True, clip=["norm", 0.05]),
]
write("layers.golden.json", cases)
write("attention.golden.json", [attention("all", 6, 3, 4, 5), attention("causal", 7, 2, 17, 18, causal=True), attention("one-step", 1, 1, 2, 3, causal=True)])
