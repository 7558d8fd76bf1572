"""Training 32 networks, 16 initial scales with and without batch normalisation: one after the other, as one would write
it, and the bare matrix products of all or half of them; the same as ExperimentsBenchmark.cs."""
import torch
from torch import nn

from peer import serve

SCALES, BATCH, INPUTS, WIDTH, DEPTH, CLASSES, RATE = 16, 100, 784, 100, 5, 10, 0.01
EXAMPLES, UPDATES, PER_EPOCH = 1000, 191, 10


def network(deviation, normalized):
    layers, width = [], INPUTS
    for size in [WIDTH] * DEPTH + [CLASSES]:
        affine = nn.Linear(width, size)
        nn.init.normal_(affine.weight, 0, deviation)
        nn.init.zeros_(affine.bias)
        layers.append(affine)
        if size == WIDTH:
            layers += [nn.BatchNorm1d(WIDTH), nn.ReLU()] if normalized else [nn.ReLU()]
        width = size
    return nn.Sequential(*layers)


def train(count):
    torch.manual_seed(1)
    images, labels = torch.rand(EXAMPLES, INPUTS), torch.randint(0, CLASSES, (EXAMPLES,))
    for deviation in torch.logspace(0, -4, SCALES).tolist() * count:
        networks = [network(deviation, True), network(deviation, False)]
        optimizers = [torch.optim.SGD(net.parameters(), lr=RATE) for net in networks]
        for update in range(UPDATES):
            batch = torch.randint(0, EXAMPLES, (BATCH,))
            for net, optimizer in zip(networks, optimizers):
                optimizer.zero_grad(set_to_none=True)
                nn.functional.cross_entropy(net(images[batch]), labels[batch]).backward()
                optimizer.step()
            if update % PER_EPOCH == 0:
                with torch.no_grad():
                    for net in networks:
                        (net(images).argmax(1) == labels).float().mean().item()


def products(replicas):
    images, every = torch.randn(BATCH, INPUTS), torch.randn(EXAMPLES, INPUTS)
    wide, wide_gradient = torch.randn(INPUTS, replicas * WIDTH), torch.randn(BATCH, replicas * WIDTH)
    hidden, every_hidden = torch.randn(replicas, BATCH, WIDTH), torch.randn(replicas, EXAMPLES, WIDTH)
    square, last = torch.randn(replicas, WIDTH, WIDTH), torch.randn(replicas, WIDTH, CLASSES)
    gradient, last_gradient = torch.randn(replicas, BATCH, WIDTH), torch.randn(replicas, BATCH, CLASSES)

    def forward(rows, inner):
        rows @ wide
        for _ in range(DEPTH - 1):
            torch.bmm(inner, square)
        torch.bmm(inner, last)

    def backward():
        torch.bmm(last_gradient, last.transpose(1, 2))
        torch.bmm(hidden.transpose(1, 2), last_gradient)
        for _ in range(DEPTH - 1):
            torch.bmm(gradient, square.transpose(1, 2))
            torch.bmm(hidden.transpose(1, 2), gradient)
        images.t() @ wide_gradient

    def run(count):
        for update in range(UPDATES * count):
            forward(images, hidden)
            backward()
            if update % UPDATES % PER_EPOCH == 0:
                forward(every, every_hidden)

    return run


with torch.no_grad():
    half, whole = products(SCALES), products(2 * SCALES)


def without_gradients(work):
    def run(count):
        with torch.no_grad():
            work(count)

    return run


serve({"train": train, "half": without_gradients(half), "products": without_gradients(whole)})
