"""What training 32 networks together is measured against: the same 32 trained one after the other in plain PyTorch, and
the bare matrix products of as many networks as asked for.

usage: bn_init_peer.py IMAGES THREADS
IMAGES holds 1000 images of 784 bytes, then 1000 labels of a byte. Reads requests from standard input, one a line, and
answers each with the seconds it took:

    train           16 initial scales, with and without batch normalisation, 191 updates and 20 measurements each
    products N      the matrix products of N networks for as many updates and measurements
"""
import sys
import time

import torch
from torch import nn

SCALES, BATCH, INPUTS, WIDTH, DEPTH, CLASSES, RATE = 16, 100, 784, 100, 5, 10, 0.01
EXAMPLES, UPDATES, PER_EPOCH = 1000, 191, 10

with open(sys.argv[1], "rb") as file:
    content = torch.frombuffer(bytearray(file.read()), dtype=torch.uint8)
images = content[: EXAMPLES * INPUTS].view(EXAMPLES, INPUTS).float() / 255
labels = content[EXAMPLES * INPUTS :].long()


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


def train():
    torch.manual_seed(1)
    for deviation in torch.logspace(0, -4, SCALES).tolist():
        networks = [network(deviation, True), network(deviation, False)]
        optimizers = [torch.optim.SGD(net.parameters(), lr=RATE) for net in networks]
        for update in range(UPDATES):
            batch = torch.randint(0, EXAMPLES, (BATCH,))
            batch_images, batch_labels = images[batch], labels[batch]
            for net, optimizer in zip(networks, optimizers):
                optimizer.zero_grad(set_to_none=True)
                nn.functional.cross_entropy(net(batch_images), batch_labels).backward()
                optimizer.step()
            if update % PER_EPOCH == 0:
                with torch.no_grad():
                    for net in networks:
                        (net(images).argmax(1) == labels).float().mean().item()


@torch.no_grad()
def products(replicas):
    torch.manual_seed(1)
    wide, wide_gradient = torch.randn(INPUTS, replicas * WIDTH), torch.randn(BATCH, replicas * WIDTH)
    hidden, every_hidden = torch.randn(replicas, BATCH, WIDTH), torch.randn(replicas, EXAMPLES, WIDTH)
    square, last = torch.randn(replicas, WIDTH, WIDTH), torch.randn(replicas, WIDTH, CLASSES)
    gradient, last_gradient = torch.randn(replicas, BATCH, WIDTH), torch.randn(replicas, BATCH, CLASSES)
    batch = images[:BATCH]

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
        batch.t() @ wide_gradient

    start = time.perf_counter()
    for update in range(UPDATES):
        forward(batch, hidden)
        backward()
        if update % PER_EPOCH == 0:
            forward(images, every_hidden)
    return time.perf_counter() - start


torch.set_num_threads(int(sys.argv[2]))
for line in sys.stdin:
    verb, *arguments = line.split()
    if verb == "train":
        begin = time.perf_counter()
        train()
        print(time.perf_counter() - begin, flush=True)
    else:
        print(products(int(arguments[0])), flush=True)
