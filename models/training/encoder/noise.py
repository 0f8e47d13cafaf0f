"""The same words as another channel would carry them: what is said must not read differently for how it was typed."""

import random
import re

FILLERS = ["um", "uh", "er", "like", "you know", "i mean", "well", "so", "yeah"]


def as_transcript(text: str, rng: random.Random) -> str:
    """Lower case, no punctuation, a few fillers and a repeated word, as speech recognition writes a call."""
    words = re.sub(r"[^\w'@\s]", " ", text.lower()).split()
    spoken = []
    for word in words:
        if rng.random() < 0.04:
            spoken.append(rng.choice(FILLERS))
        spoken.append(word)
        if rng.random() < 0.02:
            spoken.append(word)
    return " ".join(spoken)


def as_typed_in_haste(text: str, rng: random.Random) -> str:
    """Small letters, dropped apostrophes and final stops, now and then two letters swapped."""
    words = []
    for word in text.lower().replace("'", "").replace("’", "").split():
        if len(word) > 4 and rng.random() < 0.04:
            at = rng.randrange(1, len(word) - 2)
            word = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        words.append(word)
    return " ".join(words).rstrip(".")


def disturbed(text: str, channel: str, rng: random.Random) -> str:
    """A text as its own channel wrote it, or as another would have."""
    if channel == "voice" or rng.random() > 0.3:
        return text
    return as_transcript(text, rng) if rng.random() < 0.5 else as_typed_in_haste(text, rng)
