"""A field for dates as precise as their source."""

from PySide6.QtWidgets import QWidget

from desktop.services.language import tr
from desktop.widgets.line import Line


class DateEdit(Line):
    """Takes EDTF as it stands in the file: 2025-05-08, 2025-05, 2017/2023, FY2017."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(tr("2025-05-08, 2025"))
