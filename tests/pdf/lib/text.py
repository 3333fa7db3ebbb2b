"""Words that say nothing, and how wide they are in a font of our own making."""

import random

SYLLABLES = ("ka", "lo", "mi", "ten", "sor", "ba", "gra", "di", "ent", "ver", "la", "rate", "nu", "mo", "del")
# Widths of the font that the papers embed, thousandths of the size: all letters alike but for these.
NARROW, USUAL, WIDE = 300, 480, 720


def width(character):
    return NARROW if character in "filjt.,;:I1|' -" else WIDE if character in "mwMWAGOQ" else USUAL


def measure(text, size):
    return sum(width(c) for c in text) * size / 1000


class Prose:
    def __init__(self, seed=1):
        self.random = random.Random(seed)

    def word(self):
        return "".join(self.random.choice(SYLLABLES) for _ in range(self.random.randint(1, 4)))

    def line(self, wanted, size, last=False):
        """Words that fill `wanted` points, and the blank's stretch that makes them fill it exactly."""
        words, used = [], 0.0
        share = self.random.uniform(0.3, 0.8) if last else 1
        while True:
            word = self.word()
            more = measure((" " if words else "") + word, size)
            if used + more > wanted * share and words:
                break
            words.append(word)
            used += more
        text = " ".join(words)
        stretch = 0 if last else (wanted - measure(text, size)) / max(1, text.count(" "))
        return text, stretch
