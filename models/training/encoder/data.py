"""Reads the sample files written by ../samples.ts and turns them into token batches of one task each."""

import json
import random
from dataclasses import dataclass, field
from pathlib import Path

import torch

LONGEST = 96


@dataclass
class Sample:
    """One text (or the sentences of one turn) as token ids without markers, with what its task wants to know."""

    pieces: list[list[int]]
    target: dict = field(default_factory=dict)
    text: str = ""

    @property
    def length(self) -> int:
        return min(sum(map(len, self.pieces)) + 2, LONGEST)


def read_lines(folder: Path, name: str) -> list[dict]:
    with open(folder / f"{name}.ndjson", encoding="utf8") as lines:
        return [json.loads(line) for line in lines]


class Tokens:
    """The word pieces of a text, without markers."""

    def __init__(self, tokenizer):
        self.tokenizer = tokenizer
        self.start, self.end = tokenizer.cls_token_id, tokenizer.sep_token_id

    def of(self, texts: list[str]) -> list[list[int]]:
        if not texts:
            return []
        return self.tokenizer(texts, add_special_tokens=False, truncation=True, max_length=LONGEST - 2)["input_ids"]

    def batch(self, samples: list[Sample]) -> dict:
        """Ids and mask, and for each piece the row and the span of its tokens."""
        width = max(sample.length for sample in samples)
        ids = torch.zeros(len(samples), width, dtype=torch.long)
        mask = torch.zeros(len(samples), width, dtype=torch.long)
        spans = []
        for row, sample in enumerate(samples):
            flat = [token for piece in sample.pieces for token in piece][: LONGEST - 2]
            line = [self.start, *flat, self.end]
            ids[row, : len(line)] = torch.tensor(line)
            mask[row, : len(line)] = 1
            place = 1
            for index, piece in enumerate(sample.pieces):
                end = min(place + len(piece), len(flat) + 1)
                if end > place:
                    spans.append((row, index, place, end))
                place = end
        return {"ids": ids, "mask": mask, "spans": spans, "samples": samples}


class Batches:
    """Endless batches of similar length, each sample once before any comes twice."""

    def __init__(self, samples: list[Sample], size: int, seed: int):
        self.samples, self.size = samples, size
        self.random = random.Random(seed)
        self.queue: list[list[Sample]] = []

    def next(self) -> list[Sample]:
        if not self.queue:
            self.queue = self._shuffled()
        return self.queue.pop()

    def _shuffled(self) -> list[list[Sample]]:
        order = self.samples[:]
        self.random.shuffle(order)
        window = self.size * 40
        batches = []
        for start in range(0, len(order), window):
            part = sorted(order[start : start + window], key=lambda sample: sample.length)
            batches += [part[at : at + self.size] for at in range(0, len(part), self.size)]
        self.random.shuffle(batches)
        return batches
