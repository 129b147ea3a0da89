"""Edits a facts file and is lost before it saves: ``leave_unsaved.py FILE``."""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QTimer

from desktop.app import App, new_application
from desktop.model.changes import SetField
from desktop.model.dossier import Ref
from desktop.model.records import About
from desktop.model.values import LocalText
from desktop.services.settings import Settings


def edit() -> None:
    app.open_file.guard()
    title = LocalText(en="Not saved yet")
    app.workspace.store.apply(SetField(Ref(About, "about"), "title", title))
    app.open_file.journaling.flush()
    os._exit(9)


application = new_application()
app = App(application, Settings())
app.start(Path(sys.argv[1])).show()
QTimer.singleShot(0, edit)
application.exec()
