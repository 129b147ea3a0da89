"""Every colour of the program by role, once for light and once for dark."""

from functools import cache

import msgspec
from PySide6.QtGui import QColor


class Colours(msgspec.Struct, frozen=True):
    """One set of colours; each is named for what it means, never for its hue.

    ``page`` is paper: slides, exports, fields to write in. A window puts ``ground`` behind
    what is read and ``raised`` behind bars and side columns. ``depths`` are the sea at 0, 50, 200,
    1000, 2000, 4000 and 6000 m; ``holders`` those who hold features: China, Vietnam, the
    Philippines, Malaysia, Taiwan.
    """

    page: QColor
    panel: QColor
    ground: QColor
    raised: QColor
    ink: QColor
    muted: QColor
    hairline: QColor
    control: QColor
    link: QColor
    on_link: QColor
    hover: QColor
    chosen: QColor
    categories: tuple[QColor, QColor, QColor, QColor, QColor]
    agreed: QColor
    agreed_tint: QColor
    stale: QColor
    stale_tint: QColor
    differ: QColor
    differ_tint: QColor
    money_moved: QColor
    money_obligated: QColor
    money_promised: QColor
    sea: QColor
    land: QColor
    coast: QColor
    home: QColor
    depths: tuple[QColor, QColor, QColor, QColor, QColor, QColor, QColor]
    sea_ink: QColor
    land_ink: QColor
    grid: QColor
    holders: tuple[QColor, QColor, QColor, QColor, QColor]
    unclassified: QColor
    cui: QColor
    not_marked: QColor
    on_marking: QColor


def of_marking(marking: str, colours: Colours) -> QColor:
    """Return the colour of the strip under ``marking``, by how its words begin.

    A file without a marking is not thereby unclassified: it gets the slate of "not marked".
    """
    first = marking.upper().replace("//", " ").split(maxsplit=1)[:1]
    if first == ["UNCLASSIFIED"]:
        return colours.unclassified
    if first == ["CUI"]:
        return colours.cui
    return colours.not_marked


@cache
def light() -> Colours:
    """Return the colours of the light theme, of paper and of every export."""
    return Colours(
        page=QColor("#FFFFFF"),
        panel=QColor("#F4F6F9"),
        ground=QColor("#F4F6F9"),
        raised=QColor("#FFFFFF"),
        ink=QColor("#12202F"),
        muted=QColor("#4A5A6A"),
        hairline=QColor("#D9E0E7"),
        control=QColor("#76848F"),
        link=QColor("#1F5FA8"),
        on_link=QColor("#FFFFFF"),
        hover=QColor("#EBF0F6"),
        chosen=QColor("#E3ECF7"),
        categories=(
            QColor("#0B2A4A"),
            QColor("#257669"),
            QColor("#AE5901"),
            QColor("#8A4BB0"),
            QColor("#5A1A1A"),
        ),
        agreed=QColor("#1B6E3C"),
        agreed_tint=QColor("#E5F3EA"),
        stale=QColor("#8A5A00"),
        stale_tint=QColor("#FBF1DC"),
        differ=QColor("#B3261E"),
        differ_tint=QColor("#FBEAE8"),
        money_moved=QColor("#123E6B"),
        money_obligated=QColor("#4F83B8"),
        money_promised=QColor("#1F4E8C"),
        sea=QColor("#DCE8F2"),
        land=QColor("#EFEBE1"),
        coast=QColor("#5A6670"),
        home=QColor("#EADFBF"),
        depths=(
            QColor("#E3EEF5"),
            QColor("#D3E3EF"),
            QColor("#BFD7E8"),
            QColor("#A6C7DF"),
            QColor("#90B8D6"),
            QColor("#709FC7"),
            QColor("#5083B2"),
        ),
        sea_ink=QColor("#234F78"),
        land_ink=QColor("#6B6555"),
        grid=QColor(28, 70, 110, 46),
        holders=(
            QColor("#B3261E"),
            QColor("#AE5901"),
            QColor("#1F5FA8"),
            QColor("#257669"),
            QColor("#8A4BB0"),
        ),
        unclassified=QColor("#007A33"),
        cui=QColor("#502B85"),
        not_marked=QColor("#3A4652"),
        on_marking=QColor("#FFFFFF"),
    )


@cache
def dark() -> Colours:
    """Return the colours of the dark theme."""
    return Colours(
        page=QColor("#0F1720"),
        panel=QColor("#182430"),
        ground=QColor("#0F1720"),
        raised=QColor("#182430"),
        ink=QColor("#F2F5F8"),
        muted=QColor("#B4C0CC"),
        hairline=QColor("#2A3644"),
        control=QColor("#7C8B9A"),
        link=QColor("#86BFF5"),
        on_link=QColor("#0F1720"),
        hover=QColor("#1B2937"),
        chosen=QColor("#21374D"),
        categories=(
            QColor("#2E9BE0"),
            QColor("#54ECC4"),
            QColor("#F8B842"),
            QColor("#EBCEFE"),
            QColor("#E2646E"),
        ),
        agreed=QColor("#6FD08C"),
        agreed_tint=QColor("#163225"),
        stale=QColor("#F2B544"),
        stale_tint=QColor("#35290F"),
        differ=QColor("#FF9A8F"),
        differ_tint=QColor("#3D1F20"),
        money_moved=QColor("#CFE4FA"),
        money_obligated=QColor("#6FA3D8"),
        money_promised=QColor("#9CC6F2"),
        sea=QColor("#122436"),
        land=QColor("#24303B"),
        coast=QColor("#5A6874"),
        home=QColor("#33424B"),
        depths=(
            QColor("#1D3A52"),
            QColor("#19334A"),
            QColor("#162D43"),
            QColor("#122538"),
            QColor("#0F2033"),
            QColor("#0D1B2C"),
            QColor("#0A1624"),
        ),
        sea_ink=QColor("#7FA8CC"),
        land_ink=QColor("#9A9A8E"),
        grid=QColor(150, 190, 225, 30),
        holders=(
            QColor("#E0524A"),
            QColor("#E08A2E"),
            QColor("#5B9BE6"),
            QColor("#3FAE98"),
            QColor("#B583D6"),
        ),
        unclassified=QColor("#007A33"),
        cui=QColor("#502B85"),
        not_marked=QColor("#3A4652"),
        on_marking=QColor("#FFFFFF"),
    )
