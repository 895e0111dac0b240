"""Writes activations.golden.json: each activation's value and derivative at chosen points, twice.

"torch_*": what PyTorch computes in double, the derivative by its autograd: the outside opinion.
"exact_*": the formula and its derivative evaluated with 60 digits by mpmath and rounded to double: for counting digits,
since PyTorch's own 1 - tanh(x)**2 and s*(1 - s) cancel far from 0.

Run by hand where PyTorch is installed; the numbers are committed. Made with PyTorch 1.13 and mpmath 1.2.

    /usr/bin/python3 make_golden.py
"""
import json
import pathlib

import mpmath
import torch
from torch.nn import functional

mpmath.mp.dps = 60

# The slope is a float32 in the library: 0.01 means this double.
LEAK = float(torch.tensor(0.01, dtype=torch.float32))


def sigmoid(x):
    return 1 / (1 + mpmath.exp(-x))


def sigmoid_slope(x):
    return sigmoid(x) * sigmoid(-x)


# name: (PyTorch's function, exact value, exact derivative)
ACTIVATIONS = {
    "identity": (lambda x: x * 1, lambda x: x, lambda x: mpmath.mpf(1)),
    "sigmoid": (torch.sigmoid, sigmoid, sigmoid_slope),
    "tanh": (torch.tanh, mpmath.tanh, lambda x: mpmath.sech(x) ** 2),
    "ReLU": (functional.relu, lambda x: max(x, mpmath.mpf(0)), lambda x: mpmath.mpf(1 if x > 0 else 0)),
    "Leaky ReLU": (
        lambda x: functional.leaky_relu(x, LEAK),
        lambda x: x if x > 0 else LEAK * x,
        lambda x: mpmath.mpf(1 if x > 0 else LEAK),
    ),
    "PReLU": (
        lambda x: functional.prelu(x, torch.tensor([0.25], dtype=torch.float64)),
        lambda x: x if x > 0 else x / 4,
        lambda x: mpmath.mpf(1 if x > 0 else 0.25),
    ),
    "ELU": (functional.elu, lambda x: x if x > 0 else mpmath.expm1(x), lambda x: mpmath.mpf(1) if x > 0 else mpmath.exp(x)),
    "GELU": (functional.gelu, lambda x: x * mpmath.ncdf(x), lambda x: mpmath.ncdf(x) + x * mpmath.npdf(x)),
    # Beyond its threshold PyTorch returns x itself; 600 keeps it to the formula here.
    "Softplus": (lambda x: functional.softplus(x, threshold=600), lambda x: mpmath.log1p(mpmath.exp(x)), sigmoid),
    "Swish": (functional.silu, lambda x: x * sigmoid(x), lambda x: sigmoid(x) + x * sigmoid_slope(x)),
}

torch.manual_seed(1)
sizes = [1e-30, 1e-12, 1e-6, 1e-3, 0.1, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 7, 10, 15, 20, 30, 37]
points = sorted([-s for s in sizes] + [0.0] + sizes + [float(v) for v in torch.randn(40, dtype=torch.float64) * 3])

golden = {}
for name, (function, value, derivative) in ACTIVATIONS.items():
    x = torch.tensor(points, dtype=torch.float64, requires_grad=True)
    y = function(x)
    y.sum().backward()
    golden[name] = {
        "x": points,
        "torch_value": y.tolist(),
        "torch_derivative": x.grad.tolist(),
        "exact_value": [float(value(mpmath.mpf(p))) for p in points],
        "exact_derivative": [float(derivative(mpmath.mpf(p))) for p in points],
    }

path = pathlib.Path(__file__).with_name("activations.golden.json")
path.write_text(json.dumps(golden, indent=0) + "\n")
