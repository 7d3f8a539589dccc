"""Runs every kind of check over a draft."""

from __future__ import annotations

from speechgen.check import kinds
from speechgen.model import Draft, Finding


def check(draft: Draft) -> tuple[Finding, ...]:
    """All findings, in the order of the text."""
    found = list(kinds.invented_figures(draft))
    return tuple(sorted(found, key=lambda finding: (finding.block, finding.start)))
