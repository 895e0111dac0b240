#!/usr/bin/python3
"""The peer of `versus-torch`: PyTorch's training step of the same nets, timed on demand.

torch_steps.py THREADS flush|keep       flush: denormal numbers count as zero
One line of JSON in, one line out: {"config", "cell", "seconds"} -> {"steps": [milliseconds, ...]}.
A step is zero_grad, forward, loss, backward, and the optimizer's step.
"""
import json
import os
import sys
import time

threads = int(sys.argv[1])
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = str(threads)
import torch
from torch import nn
from torch.nn import functional as F

# T, inputs, hidden, batch, outputs, every step, optimizer
CONFIGS = {
    "a": (400, 2, 100, 16, 1, False, torch.optim.SGD, 1e-7),
    "b": (784, 1, 100, 16, 10, False, torch.optim.SGD, 1e-7),
    "c": (128, 64, 256, 32, 64, True, torch.optim.Adam, 1e-8),
    "d": (128, 256, 512, 64, 10, False, torch.optim.Adam, 1e-8),
}


class Net(nn.Module):
    def __init__(self, cell, inputs, hidden, outputs, every_step):
        super().__init__()
        self.embedding = nn.Embedding(outputs, inputs) if every_step else None
        if cell in ("relu", "tanh"):
            self.rnn = nn.RNN(inputs, hidden, nonlinearity=cell)
        else:
            self.rnn = {"lstm": nn.LSTM, "gru": nn.GRU}[cell](inputs, hidden)
        if cell == "relu":
            with torch.no_grad():
                self.rnn.weight_ih_l0.normal_(0, 1e-3)
                self.rnn.weight_hh_l0.copy_(torch.eye(hidden))
                self.rnn.bias_ih_l0.zero_()
                self.rnn.bias_hh_l0.zero_()
        self.head = nn.Linear(hidden, outputs)

    def forward(self, x):
        states, _ = self.rnn(x if self.embedding is None else self.embedding(x))
        return self.head(states if self.embedding is not None else states[-1])


def training(config, cell):
    """A function that makes one training step."""
    torch.manual_seed(0)
    length, inputs, hidden, batch, outputs, every_step, optimizer, rate = CONFIGS[config]
    net = Net(cell, inputs, hidden, outputs, every_step)
    optimizer = optimizer(net.parameters(), lr=rate)
    if every_step:
        x, y = torch.randint(0, outputs, (length, batch)), torch.randint(0, outputs, (length * batch,))
    else:
        x = torch.rand(length, batch, inputs)
        y = torch.rand(batch, 1) if outputs == 1 else torch.randint(0, outputs, (batch,))

    def step():
        optimizer.zero_grad()
        answer = net(x)
        loss = F.mse_loss(answer, y) if outputs == 1 else F.cross_entropy(answer.reshape(-1, outputs), y)
        loss.backward()
        optimizer.step()

    return step


def main():
    torch.set_num_threads(threads)
    torch.set_flush_denormal(sys.argv[2] == "flush")
    print(json.dumps({"version": torch.__version__}), flush=True)
    current, step = None, None
    for line in sys.stdin:
        order = json.loads(line)
        if current != (order["config"], order["cell"]):
            current = order["config"], order["cell"]
            step = training(*current)
            for _ in range(2):
                step()
        steps, start = [], time.perf_counter()
        while not steps or time.perf_counter() - start < order["seconds"]:
            before = time.perf_counter()
            step()
            steps.append((time.perf_counter() - before) * 1e3)
        print(json.dumps({"steps": steps}), flush=True)


if __name__ == "__main__":
    main()
