"""Writes training.golden.json: what PyTorch computes for the losses, the optimizers and clipping.

Run by hand where PyTorch is installed; the numbers are committed. Made with PyTorch 1.13.1 on a CPU, float32.
"""
import json
import pathlib

import torch
import torch.optim.lr_scheduler as lr

torch.manual_seed(7)


def numbers(tensor):
    return [float(x) for x in tensor.detach().flatten()]


def descend(make, steps=8):
    """A bowl with a twist, from a fixed start: 19 weights, so that vectors and a remainder are met."""
    start = torch.linspace(-1.5, 1.5, 19)
    weight = start.clone().requires_grad_()
    optimizer = make([weight])
    path, gradients = [], []
    for step in range(steps):
        optimizer.zero_grad()
        loss = (weight ** 2 * torch.linspace(0.1, 2, 19)).sum() + torch.sin(3 * weight + step).sum()
        loss.backward()
        gradients.append(numbers(weight.grad))
        optimizer.step()
        path.append(numbers(weight))
    return {"start": numbers(start), "gradients": gradients, "path": path}


def loss_case(loss, output, target):
    output = output.requires_grad_()
    value = loss(output, target)
    value.backward()
    return {"output": numbers(output), "target": [float(x) for x in target.flatten()], "loss": float(value), "gradient": numbers(output.grad)}


def clip_case(scale, limit):
    parameters = [torch.zeros(3, 5, requires_grad=True), torch.zeros(7, requires_grad=True)]
    for p in parameters:
        p.grad = torch.randn_like(p) * scale
    before = [numbers(p.grad) for p in parameters]
    norm = torch.nn.utils.clip_grad_norm_(parameters, limit)
    return {"before": before, "limit": limit, "norm": float(norm), "after": [numbers(p.grad) for p in parameters]}


def schedule_case(make, steps):
    """The rate at each step, with a base rate of 0.5."""
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.5)
    schedule = make(optimizer)
    rates = []
    for _ in range(steps):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        schedule.step()
    return rates


def warm_cosine(optimizer):
    rise = lr.LinearLR(optimizer, start_factor=1 / 5, total_iters=4)
    return lr.SequentialLR(optimizer, [rise, lr.CosineAnnealingLR(optimizer, 25, eta_min=0.01)], milestones=[5])


golden = {
    "optimizers": {
        "sgd": descend(lambda p: torch.optim.SGD(p, lr=0.05)),
        "momentum": descend(lambda p: torch.optim.SGD(p, lr=0.02, momentum=0.9)),
        "rmsprop": descend(lambda p: torch.optim.RMSprop(p, lr=0.01)),
        "rmsprop-fast": descend(lambda p: torch.optim.RMSprop(p, lr=0.003, alpha=0.9, eps=1e-3)),
        "adam": descend(lambda p: torch.optim.Adam(p, lr=0.05)),
        "adam-other": descend(lambda p: torch.optim.Adam(p, lr=0.01, betas=(0.8, 0.99), eps=1e-2)),
        "adamw": descend(lambda p: torch.optim.AdamW(p, lr=0.05)),
        "adamw-strong": descend(lambda p: torch.optim.AdamW(p, lr=0.02, weight_decay=0.3, betas=(0.8, 0.999))),
    },
    "losses": {
        "mse": loss_case(torch.nn.MSELoss(), torch.randn(6, 3) * 2, torch.randn(6, 3)),
        "cross-entropy": loss_case(torch.nn.CrossEntropyLoss(), torch.randn(6, 5) * 4, torch.tensor([0, 4, 2, 2, 1, 3])),
        "cross-entropy-ignored": loss_case(
            torch.nn.CrossEntropyLoss(ignore_index=-1), torch.randn(8, 3) * 40, torch.tensor([0, -1, 2, 2, -1, 1, 1, 0])
        ),
    },
    "schedules": {
        "constant": schedule_case(lambda o: lr.LambdaLR(o, lambda n: 1), 5),
        "step": schedule_case(lambda o: lr.StepLR(o, 7, gamma=0.3), 30),
        "exponential": schedule_case(lambda o: lr.ExponentialLR(o, 0.97), 50),
        "cosine": schedule_case(lambda o: lr.CosineAnnealingLR(o, 20), 21),
        "warm-cosine": schedule_case(warm_cosine, 31),
    },
    "clips": [clip_case(3.0, 1.0), clip_case(0.01, 1.0), clip_case(500.0, 10.0)],
}

pathlib.Path(__file__).with_name("training.golden.json").write_text(json.dumps(golden) + "\n")
