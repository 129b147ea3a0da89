"""Writes facts files of any size, with the records, words and accents of real ones."""

from __future__ import annotations

import random

AREAS = ("dioxin", "remains", "demining", "maritime", "training", "peacekeeping", "trade")
STAGES = ("pledged", "committed", "obligated", "contributed")
WORDS = (
    "the commission reported that work on the northern section resumed after both sides agreed "
    "on soil sampling and further talks about patrol craft were held in Hà Nội with Đà Nẵng"
).split()


def facts_file(count: int, seed: int = 7) -> bytes:
    """A facts file of ``count`` facts, 16 lines each, without a single problem."""
    draw = random.Random(seed)
    sources = max(4, count // 20)
    parts = [_HEAD]
    parts += [_source(n) for n in range(sources)]
    parts += ["areas:\n", *(_AREA.format(id=area) for area in AREAS)]
    parts += ["places:\n  bien-hoa: {name: {en: Bien Hoa, vi: Biên Hòa}, kind: airbase}\n"]
    parts += ["facts:\n", *(_fact(n, sources, draw) for n in range(count))]
    return "".join(parts).encode()


_HEAD = """\
charthouse: 1
about:
  title: {en: Defence cooperation, vi: Hợp tác quốc phòng}
  as_of: 2025-12-12
audiences:
  washington: {language: en-US}
units:
  usd: {sign: $, one: U.S. dollar, many: U.S. dollars}
  sets: {one: set, many: sets}
sources:
"""
_AREA = """\
  {id}:
    name: {{en: Area, vi: Lĩnh vực}}
    group: War legacy
"""


def _source(n: int) -> str:
    return f"""\
  source-{n}:
    title: Vietnam and US outline cooperation, part {n}
    publisher: VOV
    origin: origin-{n % 40}
    published: {2005 + n % 20}-{n % 12 + 1:02d}-{n % 28 + 1:02d}
    url: https://example.org/{n}
    reliability: {"ABC"[n % 3]}
"""


def _fact(n: int, sources: int, draw: random.Random) -> str:
    statement = " ".join(draw.choices(WORDS, k=14)).capitalize()
    quote = " ".join(draw.choices(WORDS, k=18))
    second = " ".join(draw.choices(WORDS, k=9))
    unit = draw.choice(("million usd", "sets"))
    day = f"{draw.randint(2005, 2025)}-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}"
    return f"""\
  fact-{n:06d}:
    area: {draw.choice(AREAS)}
    kind: {draw.choice(("number", "commitment"))}
    statement: {statement}.
    value: {draw.choice(("", "", "about ", "more than "))}{draw.randint(1, 90_000)} {unit}
    when: {draw.choice((day, day[:7], day[:4]))}
    place: bien-hoa
    stage: {draw.choice(STAGES)}
    scope: null
    citations:
      - source: source-{draw.randrange(sources)}
        quote: "{quote}"
        credibility: {draw.randint(1, 6)}
      - source: source-{draw.randrange(sources)}
        quote: {second}
        credibility: {draw.randint(1, 6)}
"""
