"""The mean of several trained encoders that began alike: steadier than each of them, at the cost of none.

    python average.py --out <folder> <folder written by train.py> …

Wortsman and others, Model soups (2022). All must have been trained from the same base with the same labels.
"""

import argparse
from pathlib import Path

import torch


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("folders", nargs="+", type=Path)
    args = parser.parse_args()
    saved = [torch.load(folder / "encoder.pt") for folder in args.folders]
    for folder, one in zip(args.folders, saved):
        if one["labels"] != saved[0]["labels"]:
            raise SystemExit(f"invalid folder: {folder}; expected the labels of {args.folders[0]}")
    weights = {
        name: sum(one["weights"][name].float() for one in saved) / len(saved) for name in saved[0]["weights"]
    }
    args.out.mkdir(parents=True, exist_ok=True)
    torch.save({**saved[0], "weights": weights}, args.out / "encoder.pt")


if __name__ == "__main__":
    main()
