"""What a random search that trains its trials together is measured against: the same search in plain PyTorch, trial after
trial, and the bare matrix products of as many trials as asked for.

usage: search_peer.py IMAGES THREADS
IMAGES holds 500 images of 784 bytes, 400 to train and 100 to validate, then 500 labels of a byte. Reads requests from
standard input, one a line, and answers each with the seconds it took:

    train N         N trials: draw a learning rate and a decay, 197 updates and 50 measurements of both accuracies
    products N      the matrix products of N trials for as many updates and measurements
"""
import sys
import time

import torch
from torch import nn

BATCH, INPUTS, WIDTH, DEPTH, CLASSES = 100, 784, 100, 6, 10
TRAINING, VALIDATION, UPDATES, PER_EPOCH = 400, 100, 197, 4
EXAMPLES = TRAINING + VALIDATION
TOGETHER = 8  # networks whose products fit the caches: more at once is slower

with open(sys.argv[1], "rb") as file:
    content = torch.frombuffer(bytearray(file.read()), dtype=torch.uint8)
images = content[: EXAMPLES * INPUTS].view(EXAMPLES, INPUTS).float() / 255
labels = content[EXAMPLES * INPUTS :].long()
train_images, train_labels = images[:TRAINING].contiguous(), labels[:TRAINING]
validation_images, validation_labels = images[TRAINING:].contiguous(), labels[TRAINING:]


def network():
    layers, width = [], INPUTS
    for size in [WIDTH] * DEPTH + [CLASSES]:
        affine = nn.Linear(width, size)
        nn.init.kaiming_normal_(affine.weight, nonlinearity="relu")
        nn.init.zeros_(affine.bias)
        layers.append(affine)
        if size == WIDTH:
            layers.append(nn.ReLU())
        width = size
    return nn.Sequential(*layers)


def train(trials):
    torch.manual_seed(1)
    best = 0.0
    for _ in range(trials):
        rate = 10 ** (-6 + 4 * torch.rand(()).item())
        decay = 10 ** (-8 + 4 * torch.rand(()).item())
        net = network()
        matrices = [parameter for parameter in net.parameters() if parameter.dim() == 2]
        biases = [parameter for parameter in net.parameters() if parameter.dim() == 1]
        optimizer = torch.optim.SGD([{"params": matrices, "weight_decay": decay}, {"params": biases}], lr=rate)
        for update in range(UPDATES):
            batch = torch.randint(0, TRAINING, (BATCH,))
            optimizer.zero_grad(set_to_none=True)
            nn.functional.cross_entropy(net(train_images[batch]), train_labels[batch]).backward()
            optimizer.step()
            if update % PER_EPOCH == 0:
                with torch.no_grad():
                    (net(train_images).argmax(1) == train_labels).float().mean().item()
                    accuracy = (net(validation_images).argmax(1) == validation_labels).float().mean().item()
        best = max(best, accuracy)
    return best


@torch.no_grad()
def products(trials):
    torch.manual_seed(1)
    while trials > 0:
        block_products(min(trials, TOGETHER))
        trials -= TOGETHER


def block_products(replicas):
    wide, wide_gradient = torch.randn(INPUTS, replicas * WIDTH), torch.randn(BATCH, replicas * WIDTH)
    hidden = {rows: torch.randn(replicas, rows, WIDTH) for rows in (BATCH, TRAINING, VALIDATION)}
    square, last = torch.randn(replicas, WIDTH, WIDTH), torch.randn(replicas, WIDTH, CLASSES)
    gradient, last_gradient = torch.randn(replicas, BATCH, WIDTH), torch.randn(replicas, BATCH, CLASSES)
    batch = train_images[:BATCH]

    def forward(rows):
        rows @ wide
        for _ in range(DEPTH - 1):
            torch.bmm(hidden[len(rows)], square)
        torch.bmm(hidden[len(rows)], last)

    def backward():
        torch.bmm(last_gradient, last.transpose(1, 2))
        torch.bmm(hidden[BATCH].transpose(1, 2), last_gradient)
        for _ in range(DEPTH - 1):
            torch.bmm(gradient, square.transpose(1, 2))
            torch.bmm(hidden[BATCH].transpose(1, 2), gradient)
        batch.t() @ wide_gradient

    for update in range(UPDATES):
        forward(batch)
        backward()
        if update % PER_EPOCH == 0:
            forward(train_images)
            forward(validation_images)


torch.set_num_threads(int(sys.argv[2]))
for line in sys.stdin:
    verb, count = line.split()
    begin = time.perf_counter()
    {"train": train, "products": products}[verb](int(count))
    print(time.perf_counter() - begin, flush=True)
