#!/usr/bin/python3
"""Train the bundled Fashion-MNIST networks and export them as FP32 ONNX.

    python3 networks/train.py resnet8          about 21 minutes on an idle core
    python3 networks/train.py vit4             about 22 minutes on an idle core
    python3 networks/train.py mobile           about 20 minutes on an idle core

Only the 60000 training images are trained on. The weights after the last epoch are the result: no epoch, and
so no weight, is chosen by looking at the 10000 test images, which are read once, at the end.
A network's input is pixel / 255; there is no other preprocessing outside the graph.

Needs Python 3, numpy and torch (Debian: python3-torch). Exit status: 0 done, 2 wrong usage or no data.
"""

import argparse
import gzip
import math
import os
import sys
import time

# One thread throughout, which must be said before OpenBLAS loads: the matrices are small, and its second thread
# waits more than it saves (a step of vit4 on a busy two-core machine: 0.18 s with two, 0.11 s with one).
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.utils.fusion import fuse_conv_bn_eval

SIDE = 28                     # pixels of an image, both ways
CLASSES = 10
PIXEL_MAX = 255.0


# --- data ---------------------------------------------------------------------------------------------------

def read_idx(path):
    """One gzipped IDX file of unsigned bytes as a uint8 tensor. Header: 0, 0, type 8, rank, sizes (big endian)."""
    with gzip.open(path, "rb") as file:
        raw = file.read()
    zero, kind, rank = int.from_bytes(raw[0:2], "big"), raw[2], raw[3]
    if zero != 0 or kind != 8:
        raise ValueError(f"{path}: not an IDX file of unsigned bytes")
    head = 4 + 4 * rank
    shape = [int.from_bytes(raw[4 + 4 * i:8 + 4 * i], "big") for i in range(rank)]
    if len(raw) - head != math.prod(shape):
        raise ValueError(f"{path}: header says {math.prod(shape)} bytes of data, file has {len(raw) - head}")
    return torch.from_numpy(np.frombuffer(raw, np.uint8, offset=head).reshape(shape).copy())


def load(folder, part):
    """Images uint8 [n,28,28] and labels int64 [n] of `part`: "train" or "t10k"."""
    images = read_idx(os.path.join(folder, f"{part}-images-idx3-ubyte.gz"))
    labels = read_idx(os.path.join(folder, f"{part}-labels-idx1-ubyte.gz"))
    if images.shape[1:] != (SIDE, SIDE) or len(images) != len(labels):
        raise ValueError(f"{folder}: {part}: unexpected shapes {tuple(images.shape)}, {tuple(labels.shape)}")
    return images, labels.long()


class Batches:
    """Endless epochs of shuffled, augmented training batches: shift by up to `shift` pixels, mirror, cutout.

    The whole set stays one padded uint8 tensor; a batch is a single gather whose row and column indices carry
    the shift and the mirror, so augmentation costs about a millisecond a batch.
    """

    def __init__(self, images, labels, size, shift, cutout):
        self.images, self.labels = F.pad(images, (shift, shift, shift, shift)), labels
        self.size, self.shift, self.cutout = size, shift, cutout
        self.per_epoch = len(labels) // size            # the incomplete last batch of each shuffle is dropped

    def epoch(self):
        order = torch.randperm(len(self.labels))
        for i in range(self.per_epoch):
            pick = order[i * self.size:(i + 1) * self.size]
            yield self.augment(pick), self.labels[pick]

    def augment(self, pick):
        n, line = len(pick), torch.arange(SIDE)
        mirror = torch.rand(n, 1) < 0.5
        rows = torch.randint(2 * self.shift + 1, (n, 1)) + line
        cols = torch.randint(2 * self.shift + 1, (n, 1)) + torch.where(mirror, SIDE - 1 - line, line)
        x = self.images[pick[:, None, None], rows[:, :, None], cols[:, None, :]].float() / PIXEL_MAX
        if self.cutout > 0:                             # blank one square per image, possibly cut by the border
            near_row = (line - torch.randint(SIDE, (n, 1))).abs() * 2 < self.cutout
            near_col = (line - torch.randint(SIDE, (n, 1))).abs() * 2 < self.cutout
            x.masked_fill_(near_row[:, :, None] & near_col[:, None, :], 0.0)
        return x[:, None]


# --- resnet8 ------------------------------------------------------------------------------------------------

class ConvBn(nn.Module):
    """Convolution and batch normalisation; `fold` merges the second into the first for export."""

    def __init__(self, cin, cout, kernel, stride, groups=1):
        super().__init__()
        self.conv = nn.Conv2d(cin, cout, kernel, stride, kernel // 2, groups=groups, bias=False)
        self.bn = nn.BatchNorm2d(cout)

    def forward(self, x):
        return self.bn(self.conv(x))

    def fold(self):
        self.conv, self.bn = fuse_conv_bn_eval(self.conv, self.bn), nn.Identity()


class Residual(nn.Module):
    """relu(conv2(relu(conv1(x))) + skip(x)); skip is a 1x1 convolution where the shape changes, else nothing."""

    def __init__(self, cin, cout, stride):
        super().__init__()
        self.conv1 = ConvBn(cin, cout, 3, stride)
        self.conv2 = ConvBn(cout, cout, 3, 1)
        self.skip = ConvBn(cin, cout, 1, stride) if (cin, stride) != (cout, 1) else nn.Identity()

    def forward(self, x):
        return F.relu(self.conv2(F.relu(self.conv1(x))) + self.skip(x))


class ResNet8(nn.Module):
    """[n,1,28,28] -> 16x28x28 -> 16x28x28 -> 32x14x14 -> 64x7x7 -> 64 -> [n,10]"""

    def __init__(self):
        super().__init__()
        self.stem = ConvBn(1, 16, 3, 1)
        self.stage1 = Residual(16, 16, 1)
        self.stage2 = Residual(16, 32, 2)
        self.stage3 = Residual(32, 64, 2)
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.head = nn.Linear(64, CLASSES)

    def forward(self, image):
        x = self.stage3(self.stage2(self.stage1(F.relu(self.stem(image)))))
        return self.head(torch.flatten(self.pool(x), 1))


# --- vit4 ---------------------------------------------------------------------------------------------------

PATCH = 7                            # pixels of a patch, both ways
TOKENS = (SIDE // PATCH) ** 2        # 16
DIM, HEADS, HIDDEN, BLOCKS = 64, 2, 128, 4
HEAD_DIM = DIM // HEADS              # 32: every dot product is as long as a multiple of 32


class Dense(nn.Module):
    """x @ weight + bias with weight [in,out]: exports as MatMul and Add whose constants keep their names."""

    def __init__(self, fan_in, fan_out):
        super().__init__()
        bound = 1.0 / math.sqrt(fan_in)
        self.weight = nn.Parameter(torch.empty(fan_in, fan_out).uniform_(-bound, bound))
        self.bias = nn.Parameter(torch.zeros(fan_out))

    def forward(self, x):
        return torch.matmul(x, self.weight) + self.bias


class Block(nn.Module):
    """x += attention(norm1(x)); x += mlp(norm2(x)). Every reshape is constant but for the batch, which is -1."""

    def __init__(self):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(DIM), nn.LayerNorm(DIM)
        self.query, self.key, self.value = Dense(DIM, DIM), Dense(DIM, DIM), Dense(DIM, DIM)
        self.project = Dense(DIM, DIM)
        self.expand, self.reduce = Dense(DIM, HIDDEN), Dense(HIDDEN, DIM)

    def attention(self, x):
        split = (-1, TOKENS, HEADS, HEAD_DIM)
        q = self.query(x).reshape(split).permute(0, 2, 1, 3)            # [n,head,token,dim]
        k = self.key(x).reshape(split).permute(0, 2, 3, 1)              # [n,head,dim,token]
        v = self.value(x).reshape(split).permute(0, 2, 1, 3)            # [n,head,token,dim]
        weights = torch.softmax(torch.matmul(q, k) * HEAD_DIM ** -0.5, dim=-1)
        x = torch.matmul(weights, v).permute(0, 2, 1, 3).reshape(-1, TOKENS, DIM)
        return self.project(x)

    def forward(self, x):
        x = x + self.attention(self.norm1(x))
        return x + self.reduce(F.gelu(self.expand(self.norm2(x))))


class ViT4(nn.Module):
    """[n,1,28,28] -> 16 patches of 7x7 -> [n,16,64] -> four blocks -> mean over patches -> [n,10]"""

    def __init__(self):
        super().__init__()
        self.patch = nn.Conv2d(1, DIM, PATCH, PATCH)
        self.position = nn.Parameter(torch.randn(1, TOKENS, DIM) * 0.02)
        self.blocks = nn.Sequential(*[Block() for _ in range(BLOCKS)])
        self.norm = nn.LayerNorm(DIM)
        self.head = nn.Linear(DIM, CLASSES)

    def forward(self, image):
        x = self.patch(image).reshape(-1, DIM, TOKENS).permute(0, 2, 1) + self.position
        return self.head(self.norm(self.blocks(x)).mean(dim=1))


# --- mobile -------------------------------------------------------------------------------------------------

class Inverted(nn.Module):
    """Inverted residual: 1x1 to `factor` times the channels, 3x3 on each channel alone, 1x1 back; + x where the
    shape stays. The expansion is left out where it would be by 1; the last convolution has no relu6."""

    def __init__(self, cin, cout, factor, stride):
        super().__init__()
        wide = cin * factor
        self.expand = ConvBn(cin, wide, 1, 1) if factor != 1 else None
        self.depth = ConvBn(wide, wide, 3, stride, groups=wide)
        self.project = ConvBn(wide, cout, 1, 1)
        self.residual = (cin, stride) == (cout, 1)

    def forward(self, x):
        y = F.relu6(self.expand(x)) if self.expand is not None else x
        y = self.project(F.relu6(self.depth(y)))
        return x + y if self.residual else y


class Mobile(nn.Module):
    """[n,1,28,28] -> 16x28x28 -> 16x14x14 -> 24x14x14, twice -> 40x7x7, three times -> 64x7x7 -> 128x7x7 -> 128 -> [n,10]"""

    def __init__(self):
        super().__init__()
        self.stem = ConvBn(1, 16, 3, 1)
        self.blocks = nn.Sequential(
            Inverted(16, 16, 1, 2), Inverted(16, 24, 4, 1), Inverted(24, 24, 4, 1), Inverted(24, 40, 4, 2),
            Inverted(40, 40, 4, 1), Inverted(40, 40, 4, 1), Inverted(40, 64, 4, 1))
        self.last = ConvBn(64, 128, 1, 1)
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.head = nn.Linear(128, CLASSES)

    def forward(self, image):
        x = F.relu6(self.last(self.blocks(F.relu6(self.stem(image)))))
        return self.head(torch.flatten(self.pool(x), 1))


# --- training -----------------------------------------------------------------------------------------------

# One row a network: how it is built and how it is trained. `rate` is the peak of the learning rate; `smooth` the
# label smoothing; `warm` the share of all steps that the rate takes to rise, after which it falls as a cosine to 0.
RECIPES = {
    "resnet8": dict(build=ResNet8, epochs=16, batch=128, optimizer="sgd", rate=0.15, decay=5e-4,
                    smooth=0.05, warm=0.15, shift=2, cutout=0),
    "vit4": dict(build=ViT4, epochs=30, batch=128, optimizer="adamw", rate=2e-3, decay=0.05,
                 smooth=0.05, warm=0.10, shift=2, cutout=0),
    "mobile": dict(build=Mobile, epochs=18, batch=128, optimizer="sgd", rate=0.15, decay=1e-4,
                   smooth=0.05, warm=0.15, shift=2, cutout=0),
}


def make_optimizer(recipe, network):
    """Weight decay acts on the matrices only: biases and normalisation scales are left alone."""
    groups = [dict(params=[p for p in network.parameters() if p.ndim > 1], weight_decay=recipe["decay"]),
              dict(params=[p for p in network.parameters() if p.ndim <= 1], weight_decay=0.0)]
    if recipe["optimizer"] == "sgd":
        return torch.optim.SGD(groups, lr=recipe["rate"], momentum=0.9, nesterov=True)
    return torch.optim.AdamW(groups, lr=recipe["rate"])


def rate_at(recipe, progress):
    """Learning rate at `progress` (0 at the first step, 1 after the last)."""
    warm = recipe["warm"]
    if progress < warm:
        return recipe["rate"] * progress / warm
    return recipe["rate"] * 0.5 * (1.0 + math.cos(math.pi * (progress - warm) / (1.0 - warm)))


def accuracy(network, images, labels):
    """Share of images whose largest logit is the label's, in evaluation mode."""
    network.eval()
    right = 0
    with torch.no_grad():
        for x, y in zip(images.split(500), labels.split(500)):
            right += (network(x[:, None].float() / PIXEL_MAX).argmax(1) == y).sum().item()
    return right / len(labels)


def train(recipe, network, optimizer, batches, epochs, first, checkpoint):
    """Epochs `first` to `epochs`-1; after each one everything needed to go on is in the file `checkpoint`."""
    for epoch in range(first, epochs):
        network.train()
        start, loss_sum, right = time.time(), 0.0, 0
        for step, (x, y) in enumerate(batches.epoch()):
            rate = rate_at(recipe, (epoch + (step + 1) / batches.per_epoch) / epochs)
            for group in optimizer.param_groups:
                group["lr"] = rate
            logits = network(x.contiguous(memory_format=torch.channels_last))
            loss = F.cross_entropy(logits, y, label_smoothing=recipe["smooth"])
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 2.0)
            optimizer.step()
            loss_sum += loss.item()
            right += (logits.argmax(1) == y).sum().item()
        n = batches.per_epoch
        print(f"epoch {epoch + 1}/{epochs}  loss {loss_sum / n:.4f}  "
              f"train_top1_pct {100 * right / (n * batches.size):.2f}  {time.time() - start:.0f} s", flush=True)
        torch.save(dict(epoch=epoch + 1, network=network.state_dict(), optimizer=optimizer.state_dict(),
                        random=torch.get_rng_state()), checkpoint + ".tmp")
        os.replace(checkpoint + ".tmp", checkpoint)


def export(network, path):
    """Write `network` as ONNX, opset 13: batch normalisation folded, weights as named initialisers, batch free."""
    network.eval()
    for module in network.modules():
        if isinstance(module, ConvBn):
            module.fold()
    torch.onnx.export(network.to(memory_format=torch.contiguous_format), torch.zeros(1, 1, SIDE, SIDE),
                      path + ".tmp", opset_version=13, do_constant_folding=True,
                      input_names=["image"], output_names=["logits"],
                      dynamic_axes={"image": {0: "batch"}, "logits": {0: "batch"}})
    os.replace(path + ".tmp", path)


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0],
                                     formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("network", choices=sorted(RECIPES), help="what to train")
    parser.add_argument("--data", default="/usr/share/datasets/fashion-mnist",
                        help="folder of the four IDX .gz files (Debian: dataset-fashion-mnist)")
    parser.add_argument("--out", default=here, help="folder for NAME.onnx and the checkpoint NAME.pt")
    parser.add_argument("--epochs", type=int, help="number of epochs instead of the recipe's")
    parser.add_argument("--seed", type=int, default=1, help="seed of weights, order and augmentation")
    parser.add_argument("--resume", action="store_true",
                        help="go on from the checkpoint; if it has the epochs already, only test and export")
    args = parser.parse_args()

    recipe = RECIPES[args.network]
    epochs = args.epochs if args.epochs is not None else recipe["epochs"]
    if epochs < 1:
        parser.error("--epochs must be 1 or more")
    checkpoint = os.path.join(args.out, args.network + ".pt")
    try:
        images, labels = load(args.data, "train")
        test_images, test_labels = load(args.data, "t10k")
        os.makedirs(args.out, exist_ok=True)
        state = torch.load(checkpoint) if args.resume else None
    except (OSError, ValueError) as error:
        print(f"train.py: {error} (see --data, --out, --resume)", file=sys.stderr)
        return 2

    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    torch.use_deterministic_algorithms(True)
    network = recipe["build"]().to(memory_format=torch.channels_last)      # the fast layout for convolutions here
    optimizer = make_optimizer(recipe, network)
    first = 0
    if state is not None:
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        torch.set_rng_state(state["random"])
        first = state["epoch"]
    print(f"{args.network}: {sum(p.numel() for p in network.parameters())} trainable parameters, "
          f"{len(labels)} images, seed {args.seed}, epochs {first} to {epochs}", flush=True)

    batches = Batches(images, labels, recipe["batch"], recipe["shift"], recipe["cutout"])
    train(recipe, network, optimizer, batches, epochs, first, checkpoint)
    path = os.path.join(args.out, args.network + ".onnx")
    top1 = accuracy(network, test_images, test_labels)
    export(network, path)
    print(f"{args.network}: test_top1_pct {100 * top1:.2f}  {os.path.basename(path)} {os.path.getsize(path)} bytes",
          flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
