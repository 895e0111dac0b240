#!/usr/bin/python3
"""Writes digit-net.golden.json: what PyTorch computes, in double, for the article's ReLU module and its 784-512-10 net.

Run by hand with PyTorch 1.13 (Debian's python3-torch); chapter 02 and the tests only read the file. 407,050 weights need not be
stored, because both sides compute them: entry i of array k is the hash below, a multiple of 2^-24 and thus exact in float.

  slopes: f'(x) at x = -1, 0, 2 of the article's max(zeros_like(x), x) and of torch.relu
  images, labels: how many images, and their labels
  output [images, 10], loss; gradients: name -> {"step", "values"}, every step-th entry in row-major order, and "norm"
  rate, losses: the loss before each of 20 updates of plain gradient descent on these images, and after the last
"""
import json
import pathlib

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F


def draw(count, k):
    """Uniform in [0, 1): entry i is the top 24 bits of the hash of i and k."""
    n = (np.arange(count, dtype=np.uint64) * 0x9E3779B1 + k) & 0xFFFFFFFF
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35), (16, 1)):
        n = ((n ^ (n >> shift)) * factor) & 0xFFFFFFFF
    return (n >> 8).astype(np.float64) / 2**24


class ReLU(nn.Module):
    """The article's module."""

    def forward(self, x):
        return torch.max(torch.zeros_like(x), x)


class Net(nn.Module):
    """The article's net."""

    def __init__(self):
        super().__init__()
        self.fc1, self.relu1, self.fc2 = nn.Linear(784, 512), ReLU(), nn.Linear(512, 10)

    def forward(self, x):
        return self.fc2(self.relu1(self.fc1(x.view(-1, 784))))


def slope(f):
    x = torch.tensor([-1.0, 0.0, 2.0], dtype=torch.double, requires_grad=True)
    f(x).sum().backward()
    return x.grad.tolist()


net = Net().double()
with torch.no_grad():
    for k, parameter in enumerate(net.parameters(), start=1):
        parameter.copy_(torch.tensor((draw(parameter.numel(), k) - 0.5) / 8).reshape(parameter.shape))
x = torch.tensor(draw(8 * 784, 5)).reshape(8, 28, 28)
labels = torch.tensor([(3 * i) % 10 for i in range(8)])

output = net(x)
loss = F.cross_entropy(output, labels)
loss.backward()
golden = {"torch": torch.__version__, "slopes": {"article": slope(ReLU()), "torch.relu": slope(torch.relu)},
          "images": 8, "labels": labels.tolist(), "output": [[float(f"{v:.12g}") for v in row] for row in output.tolist()], "loss": loss.item(), "gradients": {}}
for (name, parameter), step in zip(net.named_parameters(), (997, 1, 97, 1)):
    values = parameter.grad.reshape(-1)
    golden["gradients"][name] = {"step": step, "values": [float(f"{v:.12g}") for v in values[::step].tolist()], "norm": values.norm().item()}

rate, losses = 0.0625, []
descent = torch.optim.SGD(net.parameters(), lr=rate)
for update in range(21):
    descent.zero_grad()
    loss = F.cross_entropy(net(x), labels)
    losses.append(loss.item())
    loss.backward()
    if update < 20:
        descent.step()
golden["rate"], golden["losses"] = rate, losses
pathlib.Path(__file__).with_name("digit-net.golden.json").write_text(json.dumps(golden) + "\n")
