"""What is wrong with a record, as a code with parameters; `services.language` has the words."""

from __future__ import annotations

from typing import Literal

import msgspec

Severity = Literal["error", "warning"]
FieldPath = tuple[str | int, ...]


class Malformed(ValueError):
    """A text from which a value cannot be read.

    ``code`` names the rule and ``params`` hold what its sentence mentions, as for a Problem.
    """

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class Problem(msgspec.Struct, frozen=True):
    """One finding about one record.

    ``kind`` is the section of the file ("facts"), ``field`` the keys and indexes below the record,
    ``line`` and ``column`` count from 1 and are 0 until the reader has placed the finding.
    """

    code: str
    severity: Severity
    kind: str = ""
    id: str = ""
    field: FieldPath = ()
    params: dict[str, str] = {}
    file: str = ""
    line: int = 0
    column: int = 0

    @property
    def path(self) -> str:
        """The dotted address people search for, such as ``facts.bien-hoa-2025.when``."""
        parts = [self.kind, self.id, *(str(step) for step in self.field)]
        return ".".join(part for part in parts if part)
