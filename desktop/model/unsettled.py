"""What somebody has typed and not entered: words that are in no record yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from desktop.model.dossier import Ref
from desktop.model.problems import FieldPath


class Unsettled(NamedTuple):
    """What is typed for one record.

    ``words`` are those of fields that are not entered, by where they belong. ``begun`` are the
    values of a new record, by field: it is in no dossier before it is added, and ``ref`` has no id.
    """

    ref: Ref
    words: Mapping[FieldPath, str]
    begun: Mapping[str, Any]
