"""What the War-legacy pane tells and what is asked most, by the ids of measures and facts.

This is the one place that knows them; what the file lacks of them its section says.
"""

from __future__ import annotations

from typing import Final

from desktop.panes.legacy_answers import Question
from desktop.panes.legacy_sections import Part, Section
from desktop.services.language import tr

_INTERRUPTION: Final = (
    "bien-hoa-halt-2025",
    "aid-freeze-2025",
    "bien-hoa-warning-2025",
    "bien-hoa-contracts-cancelled-2025",
    "bien-hoa-contracts-restored-2025",
)


def sections() -> tuple[Section, ...]:
    """What the pane tells, in order, by the ids of measures and facts."""
    return (
        Section(
            "money",
            tr("Bien Hoa: the money"),
            "dioxin",
            (
                Part(
                    "chart",
                    tr("Committed, contributed and estimated"),
                    ("bien-hoa-commitment", "bien-hoa-contribution", "bien-hoa-cost-estimate"),
                ),
                Part(
                    "list",
                    tr("The Defense Department's part of what is committed"),
                    ("bien-hoa-defence-commitment",),
                    ("bien-hoa-defence-addition-2024", "bien-hoa-usaid-addition-2024"),
                ),
                Part("list", tr("Contracts that were announced"), ("bien-hoa-contracts",)),
            ),
            is_lead=True,
        ),
        Section(
            "work",
            tr("Bien Hoa and Da Nang: the work"),
            "dioxin",
            (
                Part("half", tr("Bien Hoa: area cleared"), ("bien-hoa-area-cleared",)),
                Part(
                    "half",
                    tr("Bien Hoa: soil excavated, which is not treated"),
                    ("bien-hoa-soil-excavated",),
                ),
                Part(
                    "list",
                    tr("Bien Hoa: what is contaminated, and where excavated soil is"),
                    ("bien-hoa-volume-estimate",),
                    ("bien-hoa-soil-awaiting-treatment", "bien-hoa-soil-stored"),
                ),
                Part("half", tr("Da Nang: soil treated"), ("da-nang-treated",)),
                Part("half", tr("Da Nang: cost as it was given"), ("da-nang-cost",)),
                Part(
                    "list",
                    tr("Da Nang: what else was done"),
                    ("da-nang-contained", "da-nang-area"),
                ),
                Part(
                    "list",
                    tr("Agreed, planned and begun"),
                    facts=(
                        "bien-hoa-first-contract-volume",
                        "bien-hoa-start-2019",
                        "bien-hoa-intent-2018",
                        "da-nang-plan",
                        "da-nang-launch-2012",
                    ),
                ),
            ),
        ),
        Section(
            "interruption",
            tr("The interruption of 2025"),
            "dioxin",
            (Part("timeline", tr("The interruption of 2025"), facts=_INTERRUPTION),),
        ),
        Section(
            "us-missing",
            tr("U.S. missing"),
            "us-missing",
            (
                Part(
                    "figures",
                    tr("As last reported"),
                    ("us-missing-identified", "us-missing-unaccounted", "remains-handed-over"),
                ),
                Part("ledger", tr("Repatriation ceremonies"), ("repatriation-ceremonies",)),
                Part(
                    "list",
                    tr("As reported on 8 May 2025"),
                    facts=("remains-reported-2025", "excavations-reported-2025"),
                ),
                Part("list", tr("Joint field activities"), ("joint-field-activities",)),
                Part(
                    "list",
                    tr("Also reported"),
                    facts=(
                        "us-funding-lapse-2025",
                        "us-missing-accounted-2019",
                        "us-missing-accounted-2017",
                        "us-missing-non-recoverable-2022",
                        "joint-investigations-2020",
                    ),
                ),
            ),
        ),
        Section(
            "vietnamese-missing",
            tr("Vietnamese missing"),
            "vietnamese-missing",
            (
                Part(
                    "figures",
                    tr("As last reported"),
                    ("vietnamese-missing", "unidentified-remains"),
                ),
                Part(
                    "list",
                    tr("Help with the search"),
                    facts=("dna-support-2025", "vwai-memorandum", "vwai-database"),
                ),
            ),
        ),
        Section(
            "memorabilia",
            tr("Memorabilia"),
            "memorabilia",
            (
                Part(
                    "list",
                    tr("Returned, handed over and supported"),
                    facts=(
                        "memorabilia-files",
                        "war-objects-returned-2025",
                        "memorabilia-handed-over-2025",
                        "harvard-support",
                        "keepsakes-2024-05",
                        "harvard-papers-returned",
                    ),
                ),
            ),
        ),
        Section(
            "disability",
            tr("Disability and Agent Orange"),
            "disability",
            (
                Part(
                    "chart",
                    tr("Appropriated since 2007, for the environment and health together"),
                    ("agent-orange-appropriations",),
                ),
                Part(
                    "list",
                    tr("Of that, by purpose and by department"),
                    ("agent-orange-by-year", "agent-orange-defence-transfers"),
                ),
                Part(
                    "list",
                    tr("Promised and given"),
                    facts=(
                        "agent-orange-support-expanded",
                        "disability-programme-2019",
                        "disability-programme-reach",
                        "agent-orange-pledge-2019",
                        "disability-support-since-1989",
                        "agent-orange-separate-sums",
                    ),
                ),
                Part(
                    "list",
                    tr("Counted and estimated"),
                    facts=(
                        "persons-with-disabilities-2019",
                        "agent-orange-exposed",
                        "agent-orange-sprayed",
                    ),
                ),
            ),
            is_lead=True,
        ),
        Section(
            "ordnance",
            tr("Unexploded ordnance"),
            "ordnance",
            (
                Part("half", tr("U.S. money since 1993"), ("ordnance-funding",)),
                Part("half", tr("U.S. money by fiscal year"), ("ordnance-funding-by-year",)),
            ),
            is_lead=True,
        ),
    )


def questions() -> tuple[Question, ...]:
    """What is asked most, by the ids of the measures and facts that answer it."""
    return (
        Question(
            "is-it-new",
            "whether-new",
            tr("Is the {figure} new?"),
            "money",
            facts=("bien-hoa-addition-2025",),
            unbound=tr("Is the sum added for Bien Hoa new?"),
        ),
        Question(
            "how-much-spent",
            "how-much-moved",
            tr("How much was spent?"),
            "money",
            measures=("bien-hoa-contribution", "bien-hoa-commitment"),
        ),
        Question(
            "how-many-missing",
            "how-many",
            tr("How many are still missing?"),
            "us-missing",
            measures=("us-missing-unaccounted", "vietnamese-missing"),
        ),
        Question(
            "past-year",
            "which-period",
            tr("What does “past year” mean?"),
            "us-missing",
            facts=("remains-reported-2025", "excavations-reported-2025"),
        ),
        Question(
            "aid-freeze",
            "what-happened",
            tr("What happened in the aid freeze?"),
            "interruption",
            facts=_INTERRUPTION,
        ),
    )
