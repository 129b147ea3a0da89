"""Long work leaves the painting thread free and comes back to it."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject

from desktop.services.jobs import Jobs, Progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot


class Reader(QObject):
    """Someone who waits for a result."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []
        self.threads: set[int] = set()

    def hear(self, what: object) -> None:
        self.heard.append(what)
        self.threads.add(threading.get_ident())


@pytest.fixture
def threads(qtbot: QtBot) -> Iterator[Jobs]:
    jobs = Jobs()
    yield jobs
    assert jobs.shut_down(60)


def test_the_result_arrives_in_the_thread_that_asked(qtbot: QtBot, threads: Jobs) -> None:
    reader = Reader()

    def work(progress: Progress, one: int, other: int) -> tuple[int, int]:
        progress.report(0.5)
        return one + other, threading.get_ident()

    threads.run(work, 300, 130, on_done=reader.hear, on_error=reader.hear, on_progress=reader.hear)
    qtbot.waitUntil(lambda: len(reader.heard) == 2)
    half, (total, worker) = reader.heard[0], reader.heard[1]
    assert (half, total) == (0.5, 430)
    assert worker != threading.get_ident()
    assert reader.threads == {threading.get_ident()}


def test_what_it_raises_is_told_and_not_lost(qtbot: QtBot, threads: Jobs) -> None:
    reader = Reader()

    def work(progress: Progress) -> None:
        raise OSError("disk gone")

    threads.run(work, on_done=reader.hear, on_error=reader.hear)
    qtbot.waitUntil(lambda: bool(reader.heard))
    assert [str(error) for error in reader.heard] == ["disk gone"]


def test_a_cancelled_job_stops_and_delivers_nothing(qtbot: QtBot, threads: Jobs) -> None:
    reader, started, stopped = Reader(), threading.Event(), threading.Event()

    def work(progress: Progress) -> str:
        started.set()
        while not progress.is_cancelled():
            progress.report(0.1)
        stopped.set()
        return "late"

    job = threads.run(work, on_done=reader.hear, on_error=reader.hear, on_progress=lambda _: None)
    assert started.wait(60)
    job.cancel()
    assert stopped.wait(60)
    qtbot.waitUntil(lambda: not job.is_running)
    assert reader.heard == []


@pytest.mark.parametrize("through", [lambda slot: slot, partial], ids=["slot", "partial"])
def test_nobody_is_called_after_they_are_gone(
    qtbot: QtBot, threads: Jobs, through: Callable[[Callable[[object], None]], Callable[..., None]]
) -> None:
    reader, leave = Reader(), threading.Event()

    def work(progress: Progress) -> str:
        leave.wait(60)
        return "late"

    job = threads.run(work, on_done=through(reader.hear), on_error=reader.hear)
    heard = reader.heard
    with qtbot.waitSignal(reader.destroyed):
        reader.deleteLater()
    leave.set()
    qtbot.waitUntil(lambda: not job.is_running)
    assert heard == []


def test_ending_the_program_waits_for_work_but_not_for_ever(qtbot: QtBot) -> None:
    jobs, never = Jobs(), threading.Event()

    def stuck(progress: Progress) -> None:
        never.wait(60)

    reader = Reader()
    jobs.run(stuck, on_done=reader.hear, on_error=reader.hear)
    assert not jobs.shut_down(wait_s=0.05)
    never.set()
    assert jobs.shut_down(60)


def test_progress_does_not_flood_the_painting_thread(qtbot: QtBot, jobs: Jobs) -> None:
    reader = Reader()

    def work(progress: Progress) -> None:
        for step in range(100_001):
            progress.report(step / 100_000)

    jobs.run(work, on_done=lambda _: None, on_error=reader.hear, on_progress=reader.hear)
    assert 100 <= len(reader.heard) <= 201
    assert reader.heard[-1] == 1.0


def test_work_that_gives_way_stands_still_while_a_frame_is_painted(
    qtbot: QtBot, threads: Jobs
) -> None:
    reader, begun, passed = Reader(), threading.Event(), threading.Event()

    def draw(progress: Progress) -> str:
        begun.set()
        progress.give_way()
        passed.set()
        return "a picture"

    with threads.frame():
        threads.run(draw, on_done=reader.hear, on_error=reader.hear)
        assert begun.wait(60)
        assert not passed.wait(0.05)
    qtbot.waitUntil(lambda: reader.heard == ["a picture"])


def test_immediate_work_gives_way_to_nobody(jobs: Jobs) -> None:
    reader = Reader()

    with jobs.frame():
        jobs.run(Progress.give_way, on_done=reader.hear, on_error=reader.hear)

    assert reader.heard == [None]


def test_immediate_jobs_are_done_at_once(qtbot: QtBot, jobs: Jobs) -> None:
    reader = Reader()
    job = jobs.run(lambda progress: 430, on_done=reader.hear, on_error=reader.hear)
    assert reader.heard == [430]
    assert not job.is_running
