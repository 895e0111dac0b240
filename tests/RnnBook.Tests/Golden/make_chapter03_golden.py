#!/usr/bin/python3
"""Writes chapter03.golden.json: what PyTorch computes, in double, for the networks of chapter 03.

Run by hand with PyTorch 1.13.1 (Debian's python3-torch); chapter and tests only read the file. Weights and inputs are not stored: both
sides compute them by a formula, entry n (row by row, from 0) of an array with number m is scale * sin(m + n * n). In the file:

  forward: three recurrent networks, T = 12, I = 3, H = 5, O = 4, step by step. Arrays, in their order from m = 1:
    W_xh [H, I] 0.8, W_hh [H, H] 0.5, b [H] 0.3, W_hy [O, H] 0.9, c [O] 0.2, x [T, I] 1
    activation f, head g, states [T, H], answers [T, O]
  RNNModel: the program of article A, written out here with PyTorch's modules, T = 9, B = 3, I = 3, H = 6, O = 4. Arrays from m = 11:
    i2h.weight [H, I + H] 0.6, i2h.bias [H] 0.3, h2o.weight [O, H] 0.9, h2o.bias [O] 0.2, x [T, B, I] 1
    answers [T, B, O] and states [T, B, H]; loss: mean of -ln(answer of the right class) after the last step, classes 0, 1, 2;
    the loss's gradients by PyTorch's autograd
"""
import json
import pathlib

import torch
import torch.nn as nn


def wave(m, scale, *shape):
    n = torch.arange(int(torch.tensor(shape).prod()), dtype=torch.float64)
    return (scale * torch.sin(m + n * n)).reshape(shape)


def forward(name, f, g, T=12, I=3, H=5, O=4):
    W_xh, W_hh, b = wave(1, 0.8, H, I), wave(2, 0.5, H, H), wave(3, 0.3, H)
    W_hy, c, x = wave(4, 0.9, O, H), wave(5, 0.2, O), wave(6, 1, T, I)
    h, states, answers = torch.zeros(H, dtype=torch.float64), [], []
    for t in range(T):
        h = f(W_xh @ x[t] + W_hh @ h + b)
        states.append(h.tolist())
        answers.append(g(W_hy @ h + c).tolist())
    return {"name": name, "states": states, "answers": answers}


class JoinedNet(nn.Module):
    """One linear map of input and state joined, ReLU; a linear and softmax head."""

    def __init__(self, inputs, units, outputs):
        super().__init__()
        self.i2h = nn.Linear(inputs + units, units)
        self.h2o = nn.Linear(units, outputs)

    def forward(self, x, h):
        h = torch.relu(self.i2h(torch.cat((x, h), 1)))
        return torch.softmax(self.h2o(h), dim=1), h


def program(T=9, B=3, I=3, H=6, O=4):
    net = JoinedNet(I, H, O).double()
    with torch.no_grad():
        for m, (parameter, scale) in enumerate(zip(net.parameters(), (0.6, 0.3, 0.9, 0.2)), start=11):
            parameter.copy_(wave(m, scale, *parameter.shape))
    x, h = wave(15, 1, T, B, I), torch.zeros(B, H, dtype=torch.float64)
    states, answers = [], []
    for t in range(T):
        y, h = net(x[t], h)
        states.append(h.tolist())
        answers.append(y.tolist())
    loss = -torch.log(y[torch.arange(B), torch.arange(B)]).mean()
    loss.backward()
    return {
        "states": states, "answers": answers, "loss": loss.item(),
        "gradients": {name: parameter.grad.tolist() for name, parameter in net.named_parameters()},
    }


golden = {
    "forward": [
        forward("ReLU, softmax", torch.relu, lambda z: torch.softmax(z, dim=0)),
        forward("tanh, identity", torch.tanh, lambda z: z),
        forward("sigmoid, tanh", torch.sigmoid, torch.tanh),
    ],
    "RNNModel": program(),
}
path = pathlib.Path(__file__).with_name("chapter03.golden.json")
path.write_text(json.dumps(golden, indent=0) + "\n")
