"""职责空白: what documents leave open of who does what, by when, and with what liability; one module a kind."""

from collections.abc import Callable, Iterator

from answers.findings import Finding, FindingKind
from answers.gaps import bearerless, unfounded, unimplemented, unnamed_duty, unsanctioned, untimed
from answers.gaps.unimplemented import Tasks
from answers.opened import Opened

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
