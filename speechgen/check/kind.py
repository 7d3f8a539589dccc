"""What a kind of check is in code: a function from a document and a rule to its hits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from speechgen.check.document import Document
from speechgen.check.rule import Hit, Rule


class Check(NamedTuple):
    """One thing that a kind can look for. ``values`` are the names that a rule's message may use, ``options`` the
    keys that its 选项 may hold besides 查, ``patterns`` make those whose words are to be looked for along with all
    others (see `Document.matches`)."""

    find: Callable[[Document, Rule], Iterable[Hit]]
    values: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    patterns: Callable[[], Iterable[re.Pattern[str]]] = tuple
