"""What the disk image shows, for dmgbuild: the program, and the folder to drag it to.

    dmgbuild -s packaging/macos/dmg_settings.py -D app=PATH Charthouse FILE.dmg

Not yet run.
"""

import os

app = defines["app"]  # type: ignore[name-defined]  # noqa: F821  given by dmgbuild
name = os.path.basename(app)

format = "ULFO"  # noqa: A001  dmgbuild's name for it
files = [app]
symlinks = {"Applications": "/Applications"}
badge_icon = os.path.join(app, "Contents", "Resources", "charthouse.icns")
window_rect = ((200, 160), (560, 340))
icon_size = 112
icon_locations = {name: (150, 150), "Applications": (410, 150)}
