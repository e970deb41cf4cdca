"""NumPy and PyTorch on the problems of problem.h: peer.py numpy|torch CONFIG SECONDS ROUND | check."""
import os
import sys
import time

import numpy as np

BATCHES, RATE, CHUNK = 8, 0.001, 0.07
PROBLEMS = {  # layers, width, batch, function
    "C1": (6, 8, 10, "tanh"),
    "C2": (10, 16, 64, "sigmoid"),
    "C3": (20, 32, 64, "relu"),
    "C4": (50, 64, 128, "gelu_tanh"),
    "C5": (20, 256, 256, "relu"),
}
GAIN = {"tanh": 1, "sigmoid": 2, "relu": 1.41421356, "gelu_tanh": 1.41421356}


def lcg(state, n):
    """n numbers of the generator of problem.h, in [0, 1), and its new state."""
    out = np.empty(n, np.float32)
    for i in range(n):
        state = (state * 1664525 + 1013904223) & 0xFFFFFFFF
        out[i] = np.float32(state >> 8) / np.float32(16777216)
    return out, state


def start(layers, width, batch, function):
    weights, biases, state, f = [], [], 12345, np.float32
    for layer in range(layers + 1):
        ins, outs = (2 if layer == 0 else width), (1 if layer == layers else width)
        limit = f(1.7320508) * f(GAIN[function]) / np.sqrt(f(ins))
        u, state = lcg(state, ins * outs)
        weights.append(((2 * u - 1) * limit).reshape(outs, ins))
        u, state = lcg(state, outs)
        biases.append((2 * u - 1) * f(0.1))
    u, _ = lcg(777, 2 * BATCHES * batch)
    x = (2 * u - 1).reshape(-1, 2)
    y = (x[:, 0] * x[:, 0] + x[:, 1] * x[:, 1] < 0.5).astype(np.float32)
    return weights, biases, x.reshape(BATCHES, batch, 2), y.reshape(BATCHES, batch)


K = np.float32(0.7978845608)
FUNCTIONS = {  # z -> f, f'
    "tanh": lambda z: (lambda t: (t, 1 - t * t))(np.tanh(z)),
    "sigmoid": lambda z: (lambda s: (s, s * (1 - s)))(1 / (1 + np.exp(-z))),
    "relu": lambda z: (np.maximum(z, 0), (z > 0).astype(np.float32)),
    "gelu_tanh": lambda z: (
        lambda t: (0.5 * z * (1 + t),
                   0.5 * (1 + t) + 0.5 * z * (1 - t * t) * K * (1 + np.float32(0.134145) * z * z))
    )(np.tanh(K * (z + np.float32(0.044715) * z * z * z))),
}


def numpy_step(weights, biases, xs, ys, function):
    """As a student writes it."""
    def step(i):
        a, slopes = [xs[i]], []
        for w, b in zip(weights[:-1], biases[:-1]):
            f, d = FUNCTIONS[function](a[-1] @ w.T + b)
            a.append(f)
            slopes.append(d)
        z, y = (a[-1] @ weights[-1].T + biases[-1])[:, 0], ys[i]
        loss = np.mean(np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z))))
        delta = ((1 / (1 + np.exp(-z)) - y) / np.float32(len(y)))[:, None]
        for layer in range(len(weights) - 1, -1, -1):
            gw, gb = delta.T @ a[layer], delta.sum(0)
            if layer:
                delta = delta @ weights[layer] * slopes[layer - 1]
            weights[layer] -= np.float32(RATE) * gw
            biases[layer] -= np.float32(RATE) * gb
        return float(loss)
    return step


def torch_step(weights, biases, xs, ys, function):
    """nn.Sequential, autograd, optim.SGD."""
    import torch
    torch.set_num_threads(1)
    nn = torch.nn
    make = {"tanh": nn.Tanh, "sigmoid": nn.Sigmoid, "relu": nn.ReLU,
            "gelu_tanh": lambda: nn.GELU(approximate="tanh")}[function]
    parts = []
    for layer, (w, b) in enumerate(zip(weights, biases)):
        linear = nn.Linear(w.shape[1], w.shape[0])
        with torch.no_grad():
            linear.weight.copy_(torch.from_numpy(w))
            linear.bias.copy_(torch.from_numpy(b))
        parts += [linear] if layer == len(weights) - 1 else [linear, make()]
    model, cost = nn.Sequential(*parts), nn.BCEWithLogitsLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=RATE)
    xs, ys = torch.from_numpy(xs), torch.from_numpy(ys)

    def step(i):
        optimizer.zero_grad()
        loss = cost(model(xs[i])[:, 0], ys[i])
        loss.backward()
        optimizer.step()
        return float(loss)
    return step


def main():
    rival, config, seconds = sys.argv[1:4]
    name = os.environ.get("PEER_NAME", rival)
    problem = PROBLEMS[config]
    step = {"numpy": numpy_step, "torch": torch_step}[rival](*start(*problem), problem[3])
    if seconds == "check":
        losses = [step(i % BATCHES) for i in range(50)]
        print("%-22s %s" % (name, config),
              *("step%d=%.6f" % (i, losses[i - 1]) for i in (1, 2, 10, 50)))
        return
    seconds, turn = float(seconds), int(sys.argv[4])
    begin, n = time.process_time(), 0
    while time.process_time() - begin < seconds / 4:
        step(n % BATCHES)
        n += 1
    chunk = max(1, int(CHUNK / ((time.process_time() - begin) / n)))
    end = time.process_time() + seconds
    while True:
        begin = time.process_time()
        for _ in range(chunk):
            step(n % BATCHES)
            n += 1
        print("%s,%s,%d,%.4f" % (name, config, turn, (time.process_time() - begin) / chunk * 1e6))
        if time.process_time() > end:
            return


main()
