"""torch_forward.py NETWORK BATCH PASSES: for every line on standard input, PASSES forward runs of one batch through a bundled network
(networks/train.py, untrained, convolutions and normalisations merged as in the .onnx file) on one thread; prints their processor time
in seconds. bench/bench_infer.c compares the program's own fp32 with it."""
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "networks"))

import torch  # noqa: E402

import train  # noqa: E402


def main():
    name, batch, passes = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    torch.set_num_threads(1)
    torch.manual_seed(1)
    network = train.RECIPES[name]["build"]().eval()
    for module in network.modules():
        if isinstance(module, train.ConvBn):
            module.fold()
    images = torch.rand(batch, 1, train.SIDE, train.SIDE)
    with torch.no_grad():
        for _ in sys.stdin:
            start = time.process_time()
            for _ in range(passes):
                network(images)
            print(time.process_time() - start, flush=True)


if __name__ == "__main__":
    main()
