"""What the encoder is asked while it learns: for each task its samples, its heads and its loss."""

import random
from pathlib import Path

import torch
from torch.nn import functional as F

from data import Sample, Tokens, read_lines
from model import Encoder, span_means
from noise import disturbed

SENTIMENTS = ["negative", "neutral", "positive"]
#: Most of our turns are meant to be hard. Plain ones come this often, or dark words come to mean that all ended well.
PLAIN_REPEATED = 4
#: Real tweets to companies are what the rest of our turns imitate. Praise is rare in them, and must not be unlearnt.
TWEETS_REPEATED = 2
GLAD_TWEETS_REPEATED = 8
#: Its intents lie closer together than those of the other sets.
BANKING_REPEATED = 2
#: What the emotions of a comment say of its sentiment. Raters see attitudes where there are hardly any, and miss some.
EMOTION_SHARES = {
    "negative": (0.86, 0.10, 0.04),
    "neutral": (0.07, 0.86, 0.07),
    "positive": (0.04, 0.10, 0.86),
}
#: A turn's sentiment from −2 to 2 as shares of negative, neutral and positive.
TURN_SHARES = {
    -2: (0.98, 0.01, 0.01),
    -1: (0.92, 0.06, 0.02),
    0: (0.04, 0.92, 0.04),
    1: (0.02, 0.06, 0.92),
    2: (0.01, 0.01, 0.98),
}


def rating_shares(rating: float) -> tuple[float, float, float]:
    """Readers' mean rating (−4 to 4) as shares: half of the readers call ±0.6 neutral."""
    positive = float(torch.sigmoid(torch.tensor(4.0 * (rating - 0.6))))
    negative = float(torch.sigmoid(torch.tensor(4.0 * (-rating - 0.6))))
    return negative, max(0.0, 1 - positive - negative), positive


def soft_cross_entropy(scores: torch.Tensor, shares: torch.Tensor) -> torch.Tensor:
    return -(shares * F.log_softmax(scores, dim=-1)).sum(-1).mean()


def many_labels(scores: torch.Tensor, truth: torch.Tensor) -> torch.Tensor:
    """Yes or no for each label, summed over the labels and averaged over the texts."""
    return F.binary_cross_entropy_with_logits(scores, truth, reduction="none").sum(-1).mean()


class Task:
    """Samples with one way to ask about them. `loss` gives the batch's loss and its vectors."""

    name = ""

    def __init__(self, samples: list[Sample]):
        self.samples = samples

    def heads(self) -> dict[str, int]:
        return {}

    def prepare(self, samples: list[Sample], tokens: Tokens, rng: random.Random) -> list[Sample]:
        return samples

    def loss(self, model: Encoder, batch: dict, states: torch.Tensor, vectors: torch.Tensor) -> torch.Tensor:
        raise NotImplementedError


def hot(count: int, chosen: list[int]) -> torch.Tensor:
    row = torch.zeros(count)
    row[chosen] = 1
    return row


def stacked(batch: dict, key: str) -> torch.Tensor:
    return torch.stack([sample.target[key] for sample in batch["samples"]])


def repeats(file: str, level: int) -> int:
    if file.startswith("plain"):
        return PLAIN_REPEATED
    if file == "service-tweets":
        return GLAD_TWEETS_REPEATED if level > 0 else TWEETS_REPEATED
    return 1


class Support(Task):
    """Our own turns: sentiment, frustration, act and contact reasons of each."""

    name = "support"

    def __init__(self, folder: Path, tokens: Tokens):
        lines = read_lines(folder, "support")
        self.acts = sorted({line["act"] for line in lines})
        self.reasons = sorted({reason for line in lines for reason in line["reasons"]})
        samples = [self._sample(line, pieces) for line, pieces in zip(lines, tokens.of([x["text"] for x in lines]))]
        super().__init__(
            [
                sample
                for sample in samples
                if not sample.target["dev"]
                for _ in range(repeats(sample.target["file"], sample.target["level"]))
            ]
        )
        self.dev = [sample for sample in samples if sample.target["dev"]]

    def _sample(self, line: dict, pieces: list[int]) -> Sample:
        target = {
            "dev": line["isDev"],
            "file": line["file"],
            "channel": line["channel"],
            "role": line["role"],
            "level": line["sentiment"],
            "shares": torch.tensor(TURN_SHARES[line["sentiment"]]),
            "valence": torch.tensor(line["sentiment"] / 2),
            "frustrated": torch.tensor([float(line["isFrustrated"])]),
            "act": torch.tensor(self.acts.index(line["act"])),
            "reasons": hot(len(self.reasons), [self.reasons.index(reason) for reason in line["reasons"]]),
        }
        return Sample([pieces], target, line["text"])

    def heads(self):
        return {"sentiment": 3, "valence": 1, "frustration": 1, "act": len(self.acts), "reason": len(self.reasons)}

    def prepare(self, samples, tokens, rng):
        texts = [disturbed(sample.text, sample.target["channel"], sample.target["level"], rng) for sample in samples]
        return [Sample([ids], sample.target, text) for sample, ids, text in zip(samples, tokens.of(texts), texts)]

    def loss(self, model, batch, states, vectors):
        heads = model.heads
        act = F.cross_entropy(heads["act"](vectors), stacked(batch, "act"), label_smoothing=0.1)
        valence = F.mse_loss(torch.tanh(heads["valence"](vectors)).squeeze(-1), stacked(batch, "valence"))
        return (
            1.5 * soft_cross_entropy(heads["sentiment"](vectors), stacked(batch, "shares"))
            + valence
            + 0.5 * many_labels(heads["frustration"](vectors), stacked(batch, "frustrated"))
            + 0.5 * act
            + 0.5 * many_labels(heads["reason"](vectors), stacked(batch, "reasons"))
        )


class Ratings(Task):
    """Sentences with the mean of their readers' ratings."""

    name = "ratings"

    def __init__(self, folder: Path, tokens: Tokens):
        lines = read_lines(folder, "ratings")
        pieces = tokens.of([line["text"] for line in lines])
        super().__init__([self._sample(line, ids) for line, ids in zip(lines, pieces) if ids])

    @staticmethod
    def _sample(line: dict, ids: list[int]) -> Sample:
        target = {
            "shares": torch.tensor(rating_shares(line["rating"])),
            "valence": torch.tensor(max(-1.0, min(1.0, line["rating"] / 3))),
        }
        return Sample([ids], target, line["text"])

    def loss(self, model, batch, states, vectors):
        valence = F.mse_loss(torch.tanh(model.heads["valence"](vectors)).squeeze(-1), stacked(batch, "valence"))
        return soft_cross_entropy(model.heads["sentiment"](vectors), stacked(batch, "shares")) + valence


class Emotions(Task):
    """GoEmotions: 28 emotions, several at once, and the sentiment that those of one attitude have in common."""

    name = "emotions"

    def __init__(self, folder: Path, tokens: Tokens):
        lines = read_lines(folder, "emotions")
        self.labels = sorted({emotion for line in lines for emotion in line["emotions"]})
        pieces = tokens.of([line["text"] for line in lines])
        samples = [
            Sample(
                [ids],
                {
                    "dev": line["isDev"],
                    "emotions": hot(len(self.labels), [self.labels.index(name) for name in line["emotions"]]),
                    "attitude": line["attitude"],
                },
                line["text"],
            )
            for line, ids in zip(lines, pieces)
            if ids
        ]
        super().__init__([sample for sample in samples if not sample.target["dev"]])
        self.dev = [sample for sample in samples if sample.target["dev"]]

    def heads(self):
        return {"emotion": len(self.labels)}

    def loss(self, model, batch, states, vectors):
        total = many_labels(model.heads["emotion"](vectors), stacked(batch, "emotions"))
        known = [row for row, sample in enumerate(batch["samples"]) if sample.target["attitude"]]
        if known:
            shares = torch.tensor([EMOTION_SHARES[batch["samples"][row].target["attitude"]] for row in known])
            scores = model.heads["sentiment"](vectors[known])
            total = total + 0.5 * soft_cross_entropy(scores, shares) * len(known) / len(batch["samples"])
        return total


class Labels(Task):
    """Public sets with their own labels, a head for each set; labels that are contact reasons teach those too."""

    def __init__(self, name: str, folder: Path, tokens: Tokens, reasons: list[str]):
        self.name = name
        lines = read_lines(folder, name)
        sets = sorted({line["set"] for line in lines})
        self.labels = {one: sorted({line["label"] for line in lines if line["set"] == one}) for one in sets}
        pieces = tokens.of([line["text"] for line in lines])
        super().__init__(
            [
                Sample(
                    [ids],
                    {
                        "set": line["set"],
                        "label": self.labels[line["set"]].index(line["label"]),
                        "reasons": hot(len(reasons), [reasons.index(reason) for reason in line["reasons"]])
                        if line["reasons"]
                        else None,
                    },
                    line["text"],
                )
                for line, ids in zip(lines, pieces)
                if ids
                for _ in range(BANKING_REPEATED if line["set"] == "banking77" else 1)
            ]
        )

    def heads(self):
        return {f"set_{name}": len(labels) for name, labels in self.labels.items()}

    def loss(self, model, batch, states, vectors):
        total = vectors.new_zeros(())
        samples = batch["samples"]
        for name in self.labels:
            rows = [row for row, sample in enumerate(samples) if sample.target["set"] == name]
            if rows:
                truth = torch.tensor([samples[row].target["label"] for row in rows])
                scores = model.heads[f"set_{name}"](vectors[rows])
                total = total + F.cross_entropy(scores, truth, label_smoothing=0.1) * len(rows) / len(samples)
        known = [row for row, sample in enumerate(samples) if sample.target["reasons"] is not None]
        if known:
            truth = torch.stack([samples[row].target["reasons"] for row in known])
            total = total + 0.15 * many_labels(model.heads["reason"](vectors[known]), truth) * len(known) / len(samples)
        return total


class Salience(Task):
    """TweetSumm: how many people would put a sentence in their summary, each read within its turn."""

    name = "salience"

    def __init__(self, folder: Path, tokens: Tokens):
        lines = read_lines(folder, "salience")
        samples = [
            Sample(tokens.of(line["sentences"]), {"shares": line["shares"], "role": line["role"]}) for line in lines
        ]
        super().__init__([sample for sample in samples if any(sample.pieces)])

    def heads(self):
        return {"salience": 1}

    def loss(self, model, batch, states, vectors):
        spans = batch["spans"]
        scores = model.heads["salience"](span_means(states, spans)).squeeze(-1)
        truth = torch.tensor([float(batch["samples"][row].target["shares"][piece]) for row, piece, _, _ in spans])
        return 2 * F.binary_cross_entropy_with_logits(scores, truth)
