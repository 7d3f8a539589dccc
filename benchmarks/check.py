"""How fast the check is: characters a second of all rules, and one run of the command against importing python-docx.

    python benchmarks/check.py [TEXT FOLDER]

Without a folder the text is that of the shipped examples' drafts, repeated in varied order to 2 MB; with one, its
.txt files as they are. One core, the best of some rounds for the whole check and for each rule, so that a busy machine
tells less; times of single rules do not add up to the whole, for what several share is counted with the first.
Then, in the manner of startup.py: `speechgen check` of a 4,000-character .docx and `speechgen draft`, both with a
warm cache, against `import docx`, in turns, medians told.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from startup import EXAMPLE, ROOT, seconds

from speechgen import content, draft, inforce
from speechgen.check.document import Grounds
from speechgen.check.kinds import KINDS
from speechgen.check.rule import Rulebook
from speechgen.check.run import check, document_for
from speechgen.layout import SHIPPED, load_layout
from speechgen.model import Block, Draft
from speechgen.textfile import read_text
from speechgen.word.writer import write_docx

SPEED = 3.0  # MB of UTF-8 text a second
RATIO = 2.5  # times `import docx`
BYTES = 2_000_000
LENGTH = 4_000  # characters of the speech that the command is tried on
ROUNDS = 3
RUNS = 11
DEAREST = 10


def examples() -> list[Draft]:
    """The drafts of the shipped examples, as a text file would give them, to BYTES in varied order."""
    paths = sorted((ROOT / "examples").glob("*/20*.yaml"))
    made = [one.draft for path in paths for one in draft.make_all(path)]
    paragraphs = [block.text for one in made for block in one.blocks]
    order = random.Random(3)
    found: list[Draft] = []
    size = 0
    while size < BYTES:
        order.shuffle(paragraphs)
        text = made[len(found) % len(made)].blocks[0].text
        blocks = [Block("paragraph", said, ()) for said in (text, *paragraphs)]
        found.append(Draft(tuple(blocks)))
        size += sum(len(block.text.encode()) + 1 for block in blocks)
    return found


def speed(drafts: list[Draft], rulebook: Rulebook, ground: Grounds) -> Iterator[str]:
    """Characters and MB a second of the whole check, and the dearest rules in nanoseconds a character."""
    texts = ["\n".join(block.text for block in one.blocks) for one in drafts]
    characters, size = sum(map(len, texts)), sum(len(text.encode()) for text in texts)
    whole = float("inf")
    rules: dict[str, float] = defaultdict(lambda: float("inf"))
    for _ in range(ROUNDS):
        before = time.process_time()
        for one in drafts:
            check(one, rulebook, ground)
        whole = min(whole, time.process_time() - before)
        spent: dict[str, float] = defaultdict(float)
        for one in drafts:
            document = document_for(one, rulebook, ground)
            for rule in rulebook.rules.values():
                before = time.process_time()
                for _hit in KINDS[rule.kind][rule.look].find(document, rule):
                    pass
                spent[f"{rule.code} {rule.name}"] += time.process_time() - before
        for name, took in spent.items():
            rules[name] = min(rules[name], took)
    yield f"{len(rulebook.rules)} rules, {len(drafts)} texts, {characters:,} characters, {size / 1e6:.2f} MB"
    yield f"{characters / whole:,.0f} characters a second, {size / whole / 1e6:.2f} MB a second (goal: {SPEED})"
    for name, took in sorted(rules.items(), key=lambda item: -item[1])[:DEAREST]:
        yield f"  {took / characters * 1e9:5.0f} ns a character   {name}"


def startup(speech: Draft, folder: Path) -> Iterator[str]:
    """A whole run of `check` and of `draft` with a warm cache against `import docx`."""
    path, cache = folder / "speech.docx", folder / "cache"
    blocks, size = [], 0
    for block in speech.blocks:
        if size < LENGTH:
            blocks.append(block)
            size += len(block.text)
    path.write_bytes(write_docx(Draft(tuple(blocks)), load_layout(SHIPPED / f"{inforce.DEFAULT_LAYOUT}.yaml")))
    runs: dict[str, list[float]] = defaultdict(list)
    for number in range(-1, RUNS):  # round -1 fills the caches and is not counted
        output = str(folder / f"draft {number}" / "out.docx")
        took = {
            "import docx": seconds(["-c", "import docx"], cache),
            f"check of {size:,} characters": seconds(["-m", "speechgen", "check", str(path)], cache),
            "draft": seconds(["-m", "speechgen", "draft", str(EXAMPLE), "-o", output], cache),
        }
        if number >= 0:
            for name, value in took.items():
                runs[name].append(value)
    floor = statistics.median(runs["import docx"])
    for name, values in runs.items():
        middle = statistics.median(values)
        yield f"  {name:<26} {middle * 1000:6.0f} ms   {middle / floor:5.2f} × import docx (goal: at most {RATIO})"


def main() -> None:
    """Measure and print."""
    rulebook = inforce.rules_for(ROOT)
    library = content.load_quoted(content.layers_for(ROOT))
    ground = inforce.grounds_of(None, None, library)
    given = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    made = examples()
    drafts = [read_text(path) for path in sorted(given.glob("*.txt"))] if given else made
    for line in speed(drafts, rulebook, ground):
        print(line)
    print(f"Python {sys.version.split()[0]}, warm cache, median of {RUNS}")
    with tempfile.TemporaryDirectory() as folder:
        for line in startup(made[0], Path(folder)):
            print(line)


if __name__ == "__main__":
    main()
