"""The kinds of gaps, one module each, and what finds them in one document."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from answers.gaps import bearerless, unfounded, unimplemented, unnamed_duty, unsanctioned, untimed
from answers.gaps.findings import Finding, FindingKind
from answers.gaps.opened import Opened
from answers.gaps.unimplemented import Tasks

KINDS: tuple[FindingKind, ...] = (
    unnamed_duty.KIND,
    bearerless.KIND,
    untimed.KIND,
    unsanctioned.KIND,
    unfounded.KIND,
    unimplemented.KIND,
)
IN_DOCUMENT: tuple[Callable[[Opened], Iterator[Finding]], ...] = (
    unnamed_duty.without_duty,
    bearerless.bearerless,
    untimed.untimed,
    unsanctioned.unsanctioned,
    unfounded.unfounded,
)

__all__ = ["IN_DOCUMENT", "KINDS", "Tasks"]
