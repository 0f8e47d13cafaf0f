"""What the encoder knows so far, on the parts kept out of training."""

import torch

from data import Sample, Tokens
from model import Encoder


@torch.no_grad()
def vectors_of(model: Encoder, samples: list[Sample], tokens: Tokens) -> torch.Tensor:
    model.eval()
    order = sorted(range(len(samples)), key=lambda index: samples[index].length)
    found = [None] * len(samples)
    for start in range(0, len(order), 64):
        part = order[start : start + 64]
        batch = tokens.batch([samples[index] for index in part])
        with torch.autocast("cpu", torch.bfloat16):
            vectors = model.vectors(batch["ids"], batch["mask"])
        for index, vector in zip(part, vectors.float()):
            found[index] = vector
    return torch.stack(found)


def macro_recall(truth: torch.Tensor, found: torch.Tensor, count: int) -> float:
    recalls = [(found[truth == label] == label).float().mean() for label in range(count) if (truth == label).any()]
    return float(torch.stack(recalls).mean())


def area_under_curve(scores: torch.Tensor, truth: torch.Tensor) -> float:
    ranks = scores.argsort().argsort().float() + 1
    positive = truth > 0.5
    count = positive.sum()
    return float((ranks[positive].sum() - count * (count + 1) / 2) / (count * (~positive).sum()))


def best_f1(scores: torch.Tensor, truth: torch.Tensor) -> float:
    best = 0.0
    for threshold in torch.arange(0.05, 0.95, 0.01):
        chosen = scores >= threshold
        hits = (chosen & (truth > 0.5)).sum()
        best = max(best, float(2 * hits / (chosen.sum() + truth.sum()).clamp(min=1)))
    return best


@torch.no_grad()
def measure(model: Encoder, tasks: dict, tokens: Tokens) -> dict[str, float]:
    support, emotions = tasks["support"], tasks["emotions"]
    vectors = vectors_of(model, support.dev, tokens)
    level = torch.tensor([sample.target["level"] for sample in support.dev]).sign() + 1
    sentiment = model.heads["sentiment"](vectors).argmax(-1)
    acts = torch.stack([sample.target["act"] for sample in support.dev])
    frustrated = torch.cat([sample.target["frustrated"] for sample in support.dev])
    reasons = torch.stack([sample.target["reasons"] for sample in support.dev])
    has = reasons.sum(-1) > 0
    order = model.heads["reason"](vectors).argsort(descending=True)
    right = reasons.gather(1, order)
    emotion_scores = torch.sigmoid(model.heads["emotion"](vectors_of(model, emotions.dev, tokens)))
    emotion_truth = torch.stack([sample.target["emotions"] for sample in emotions.dev])
    f1 = [best_f1(emotion_scores[:, label], emotion_truth[:, label]) for label in range(emotion_truth.shape[1])]
    return {
        "sentiment": macro_recall(level, sentiment, 3),
        "act": float((model.heads["act"](vectors).argmax(-1) == acts).float().mean()),
        "frustration": area_under_curve(model.heads["frustration"](vectors).squeeze(-1), frustrated),
        "reason_1": float((right[has, :1].sum(-1) > 0).float().mean()),
        "reason_3": float((right[has, :3].sum(-1) > 0).float().mean()),
        "emotion_f1": sum(f1) / len(f1),
    }
