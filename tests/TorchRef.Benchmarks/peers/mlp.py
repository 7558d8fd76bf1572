"""Training steps of 784-100x5-10 with batch normalisation and ReLU; the same as MlpBenchmark.cs."""
import torch
from torch import nn

from peer import serve

BATCH, INPUTS, WIDTH, DEPTH, CLASSES, RATE = 100, 784, 100, 5, 10, 0.01


def network():
    layers, width = [], INPUTS
    for _ in range(DEPTH):
        layers += [nn.Linear(width, WIDTH), nn.BatchNorm1d(WIDTH), nn.ReLU()]
        width = WIDTH
    return nn.Sequential(*layers, nn.Linear(width, CLASSES))


def training(**options):
    torch.manual_seed(1)
    model = network()
    optimizer = torch.optim.SGD(model.parameters(), lr=RATE, **options)
    images, labels = torch.rand(BATCH, INPUTS), torch.randint(0, CLASSES, (BATCH,))

    def steps(count):
        for _ in range(count):
            optimizer.zero_grad(set_to_none=True)
            loss = nn.functional.cross_entropy(model(images), labels)
            loss.backward()
            optimizer.step()

    return steps


serve({"step": training(), "foreach": training(foreach=True)})
