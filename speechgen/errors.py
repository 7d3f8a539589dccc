"""What can go wrong, as data. Only the command line turns these into printed words."""

from __future__ import annotations

from typing import NamedTuple

from speechgen.model import Location


class Slip(NamedTuple):
    """One thing wrong in a file: what (``message``), where, and what to do (``remedy``).

    ``code`` is a stable ASCII name; message and remedy are plain Chinese for a secretary.
    """

    code: str
    message: str
    location: Location | None = None
    remedy: str = ""


class SpeechgenError(Exception):
    """Every error a secretary can cause: one or more slips, told all at once."""

    def __init__(self, *slips: Slip) -> None:
        super().__init__("\n".join(slip.message for slip in slips))
        self.slips = slips

    @classmethod
    def of(
        cls, code: str, message: str, location: Location | None = None, remedy: str = ""
    ) -> SpeechgenError:
        """The common case: a single slip."""
        return cls(Slip(code, message, location, remedy))
