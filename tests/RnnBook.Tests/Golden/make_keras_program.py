#!/usr/bin/python3
"""Writes keras-program.golden.json: what PyTorch computes, in double, for article B's program.

Run by hand with PyTorch 1.13.1 (Debian's python3-torch); chapter 13 and the tests only read the file. The program stacks SimpleRNN(64), giving
every state, SimpleRNN(32), giving its last one, and Dense(1). PyTorch's nn.RNN has two biases where Keras has one: the second is 0 here. Weights
and inputs are not stored: entry n (row by row, from 0) of an array with number m is scale * sin(m + n * n):
    rnn.weight_ih_l0 [64, 1] 0.8, weight_hh_l0 [64, 64] 0.15, bias_ih_l0 [64] 0.3, the same of l1 [32, 64] 0.15, [32, 32] 0.2, [32] 0.3,
    head.weight [1, 32] 0.5, head.bias [1] 0.2, from m = 21 in this order; x [10, 7, 1] 1, m = 29; targets [7, 1] 1, m = 30
In the file, for f = tanh (Keras' default) and f = relu:
    answers [7, 1], loss (mean squared error), gradients by name: {"step": every step-th entry, "values"}
    losses: the loss before each of 10 updates of Adam (rate 0.001, epsilon 1e-8) on this batch
"""
import json
import pathlib

import torch
import torch.nn as nn


def wave(m, scale, *shape):
    n = torch.arange(int(torch.tensor(shape).prod()), dtype=torch.float64)
    return (scale * torch.sin(m + n * n)).reshape(shape)


class Program(nn.Module):
    def __init__(self, f):
        super().__init__()
        self.first = nn.RNN(1, 64, nonlinearity=f)
        self.second = nn.RNN(64, 32, nonlinearity=f)
        self.head = nn.Linear(32, 1)

    def forward(self, x):
        every_state, _ = self.first(x)
        _, last = self.second(every_state)
        return self.head(last[0])


def named(net):
    parameters = dict(net.named_parameters())
    names = {}
    for layer, prefix in ((0, "first"), (1, "second")):
        for kind in ("weight_ih", "weight_hh", "bias_ih"):
            names[f"rnn.{kind}_l{layer}"] = parameters[f"{prefix}.{kind}_l0"]
    return {**names, "head.weight": net.head.weight, "head.bias": net.head.bias}


def compute(f):
    net = Program(f).double()
    scales = (0.8, 0.15, 0.3, 0.15, 0.2, 0.3, 0.5, 0.2)
    learned = named(net)
    with torch.no_grad():
        for m, (parameter, scale) in enumerate(zip(learned.values(), scales), start=21):
            parameter.copy_(wave(m, scale, *parameter.shape))
        net.first.bias_hh_l0.zero_()
        net.second.bias_hh_l0.zero_()
    x, y = wave(29, 1, 10, 7, 1), wave(30, 1, 7, 1)
    answers = net(x)
    loss = nn.functional.mse_loss(answers, y)
    loss.backward()
    gradients = {}
    for name, parameter in learned.items():
        step = max(1, parameter.numel() // 40)
        gradients[name] = {"step": step, "values": parameter.grad.flatten()[::step].tolist()}
    result = {"answers": answers.tolist(), "loss": loss.item(), "gradients": gradients}
    adam, losses = torch.optim.Adam(learned.values(), lr=0.001), []
    for _ in range(10):
        adam.zero_grad()
        now = nn.functional.mse_loss(net(x), y)
        losses.append(now.item())
        now.backward()
        adam.step()
    return {**result, "losses": losses}


golden = {f: compute(f) for f in ("tanh", "relu")}
pathlib.Path(__file__).with_name("keras-program.golden.json").write_text(json.dumps(golden) + "\n")
