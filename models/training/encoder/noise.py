"""The same words as another channel would carry them: what is said must not read differently for how it was typed."""

import random
import re

#: Emoji by name, as they stand in a cleaned text, that say again what the words say; some go with any words.
SIGNS = {
    -1: """angry face|enraged face|face with steam from nose|crying face|loudly crying face|disappointed face|worried face
        |person facepalming|thumbs down|broken heart|weary face|tired face|unamused face|face with rolling eyes
        |frowning face|face with symbols on mouth|anguished face|sad but relieved face|woman facepalming|skull""",
    0: """folded hands|package|mobile phone|thinking face|backhand index pointing right|calendar|credit card|camera
        |slightly smiling face|thumbs up|waving hand|grinning face with sweat|eyes|red question mark|telephone receiver""",
    1: """smiling face with smiling eyes|grinning face|red heart|party popper|thumbs up|clapping hands|star-struck
        |smiling face with hearts|raising hands|OK hand|slightly smiling face|smiling face with heart-eyes|sparkles
        |beaming face with smiling eyes|smiling face|hundred points|sun|two hearts""",
}
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


def with_emoji(text: str, level: int, rng: random.Random) -> str:
    """The same with one or two emoji at its end, before it or between two sentences; irony is left to people."""
    side = (level > 0) - (level < 0)
    names = SIGNS[0 if rng.random() < 0.3 else side].split("|")
    sign = " ".join([rng.choice(names).strip()] * (2 if rng.random() < 0.2 else 1))
    stops = [stop.end() for stop in re.finditer(r"[.!?] ", text)] + [len(text), len(text), 0]
    at = rng.choice(stops)
    return f"{text[:at].rstrip()} {sign} {text[at:]}".strip()


def disturbed(text: str, channel: str, level: int, rng: random.Random) -> str:
    """A text as its own channel wrote it, or as another would have; `level` is its sentiment."""
    if channel == "voice" or rng.random() > 0.4:
        return text
    kind = rng.random()
    if kind < 0.3:
        return as_transcript(text, rng)
    typed = as_typed_in_haste(text, rng) if kind < 0.8 else text
    return with_emoji(typed, level, rng) if kind > 0.6 else typed
