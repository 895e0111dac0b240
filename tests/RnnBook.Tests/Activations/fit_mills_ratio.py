"""Fits the polynomial in lib/RnnBook/Activations/Gelu.cs.

The normal distribution function is Phi(-a) = exp(-a*a/2) * m(a) for a >= 0, where m falls smoothly from 1/2 towards
1/(a*sqrt(2*pi)). With t = 1/(1 + C*a), m is t times a polynomial in t, fitted here to the least relative error on
0 <= a <= 14.5, beyond which Phi(-a) is 0 in single precision. The fit is Lawson's: least squares, reweighted.

    /usr/bin/python3 fit_mills_ratio.py
"""
import math

import numpy as np
import torch

C = 0.345
DEGREE = 8
NODES = 800

low = 1 / (1 + C * 14.5)
nodes = np.cos((np.arange(NODES) + 0.5) * np.pi / NODES)
t = low + (1 - low) * (nodes + 1) / 2
a = (1 / t - 1) / C
wanted = (0.5 * torch.special.erfcx(torch.tensor(a / math.sqrt(2)))).numpy() / t

powers = np.polynomial.chebyshev.chebvander(nodes, DEGREE)
weights = np.full(NODES, 1 / NODES)
best, error = None, math.inf
for _ in range(2000):
    scale = np.sqrt(weights) / wanted
    fitted, *_ = np.linalg.lstsq(powers * scale[:, None], np.sqrt(weights), rcond=None)
    deviation = np.abs(powers @ fitted / wanted - 1)
    if deviation.max() < error:
        best, error = fitted, deviation.max()
    weights *= deviation
    weights /= weights.sum()

polynomial = np.polynomial.Chebyshev(best, domain=[low, 1]).convert(kind=np.polynomial.Polynomial)
print("t = 1/(1 + %g a), largest relative error %.2e, coefficients of t^1, t^2, ...:" % (C, error))
for coefficient in polynomial.coef:
    print("%.9gf," % coefficient)
