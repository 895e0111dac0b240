#!/usr/bin/python3
"""Writes char-rnn.golden.json: what PyTorch computes, in double, for the program of article E, written out here with PyTorch's modules.

Run by hand with PyTorch 1.13.1 (Debian's python3-torch); chapter 12 and the tests only read the file. Weights are not stored: entry n (row by
row, from 0) of an array with number m is scale * sin(m + n * n). Letters 7, H = 6, answers 5, 2 layers, T = 9, B = 3. Arrays from m = 21:
  encoder.weight 1; of each layer weight_ih 0.5, weight_hh 0.5, bias_ih 0.3, bias_hh 0.2; decoder.weight 0.9, decoder.bias 0.2; h0 [2, B, H] 0.4
The letter at step t of sequence b is (3 t + 2 b + t b) mod 7, its right answer (2 b + 1) mod 5.

  output [B, O], hn [2, B, H]: from h0; loss: cross-entropy; gradients: name -> nested numbers, with the loss's gradient
  rate, losses: the loss before each of 20 updates of Adam with the initial state h0, and after the last
"""
import json
import pathlib

import torch
import torch.nn as nn

LETTERS, H, O, LAYERS, T, B = 7, 6, 5, 2, 9, 3


def wave(m, scale, *shape):
    n = torch.arange(int(torch.tensor(shape).prod()), dtype=torch.float64)
    return (scale * torch.sin(m + n * n)).reshape(shape)


class CharNet(nn.Module):
    """Embedding, recurrent layers, a linear map of the last step."""

    def __init__(self):
        super().__init__()
        self.encoder = nn.Embedding(LETTERS, H)
        self.rnn = nn.RNN(H, H, LAYERS, batch_first=True)
        self.decoder = nn.Linear(H, O)

    def forward(self, x, h0):
        states, hn = self.rnn(self.encoder(x), h0)
        return self.decoder(states[:, -1, :]), hn


net = CharNet().double()
scales = [1] + LAYERS * [0.5, 0.5, 0.3, 0.2] + [0.9, 0.2]
with torch.no_grad():
    for m, (parameter, scale) in enumerate(zip(net.parameters(), scales), start=21):
        parameter.copy_(wave(m, scale, *parameter.shape))
x = torch.tensor([[(3 * t + 2 * b + t * b) % LETTERS for t in range(T)] for b in range(B)])
labels = torch.tensor([(2 * b + 1) % O for b in range(B)])
h0 = wave(21 + len(scales), 0.4, LAYERS, B, H)
criterion, rate = nn.CrossEntropyLoss(), 0.01

output, hn = net(x, h0)
loss = criterion(output, labels)
loss.backward()
golden = {
    "torch": torch.__version__, "output": output.tolist(), "hn": hn.tolist(), "loss": loss.item(),
    "gradients": {name: parameter.grad.tolist() for name, parameter in net.named_parameters()},
}
optimizer, losses = torch.optim.Adam(net.parameters(), lr=rate), []
for update in range(21):
    loss = criterion(net(x, h0)[0], labels)
    losses.append(loss.item())
    optimizer.zero_grad()
    loss.backward()
    if update < 20:
        optimizer.step()
golden["rate"], golden["losses"] = rate, losses
pathlib.Path(__file__).with_name("char-rnn.golden.json").write_text(json.dumps(golden, indent=None, separators=(",", ":")) + "\n")
