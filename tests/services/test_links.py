"""Only web pages are opened, only after asking, and what is shown is what is opened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from desktop.services.links import (
    LinkRefused,
    Links,
    editor_command,
    read_address,
    true_host,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from tests.scripted import ScriptedPrompts


class Browser(QObject):
    """Stands where the desktop's browser stands and notes what it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def visit(self, url: QUrl) -> None:
        self.opened.append(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))


@pytest.fixture
def browser() -> Iterator[Browser]:
    browser = Browser()
    for scheme in ("http", "https", "file", "javascript", "data"):
        QDesktopServices.setUrlHandler(scheme, browser, "visit")
    yield browser
    for scheme in ("http", "https", "file", "javascript", "data"):
        QDesktopServices.unsetUrlHandler(scheme)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://vovworld.vn/en-US/news/x-1.vov", "vovworld.vn"),
        ("HTTPS://VovWorld.VN/", "vovworld.vn"),
        ("http://www.sipri.org/databases?x=1#top", "www.sipri.org"),
        ("https://example.com:8443/a", "example.com"),
        ("https://example.com?next=https://evil.example/@x", "example.com"),
        ("https://vi.wikipedia.org/wiki/Biển_Đông", "vi.wikipedia.org"),
        ("https://127.0.0.1/", "127.0.0.1"),
        ("https://[2001:db8::1]/", "[2001:db8::1]"),
        ("https://bücher.example/", "xn--bcher-kva.example (bücher.example)"),
        ("https://xn--bcher-kva.example/", "xn--bcher-kva.example (bücher.example)"),
        ("https://аррӏе.com/", "xn--80ak6aa92e.com (аррӏе.com)"),
    ],
)
def test_the_true_host_is_shown(url: str, host: str) -> None:
    assert true_host(url) == host


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("", "not-web"),
        ("vovworld.vn", "not-web"),
        ("//vovworld.vn/", "not-web"),
        ("javascript:alert(1)", "not-web"),
        ("JAVASCRIPT://vovworld.vn/%0aalert(1)", "not-web"),
        ("file:///etc/passwd", "not-web"),
        ("data:text/html,<b>x</b>", "not-web"),
        ("ftp://vovworld.vn/", "not-web"),
        ("https.evil://x/", "not-web"),
        ("https:evil", "no-host"),
        ("http:/a", "no-host"),
        ("https://", "no-host"),
        ("https:///etc/passwd", "no-host"),
        ("https://?x", "no-host"),
        ("https://vov.vn@evil.example/", "names-a-user"),
        ("https://vov.vn:pw@evil.example/", "names-a-user"),
        ("https://@evil.example/", "names-a-user"),
        ("https://vov.vn\\@evil.example/", "not-plain"),
        ("https:\\\\evil.example", "not-plain"),
        (" https://vov.vn/", "not-plain"),
        ("https://vov.vn/ x", "not-plain"),
        ("https://vov.vn/\n", "not-plain"),
        ("https://vov\t.vn/", "not-plain"),
        ("https://vov.vn/\x00", "not-plain"),
        ("https://vov.vn/\u202egpj.exe", "not-plain"),
        ("https://vov\u200b.vn/", "not-plain"),
        ("https://vov.vn:0/", "bad-host"),
        ("https://vov.vn:99999/", "bad-host"),
        ("https://vov.vn:/", "bad-host"),
        ("https://vov.vn:8x/", "bad-host"),
        ("https://vov..vn/", "bad-host"),
        ("https://.vn/", "bad-host"),
        ("https://-vov.vn/", "bad-host"),
        ("https://vov%2evn/", "bad-host"),
        ("https://vov.vn%00.evil.example/", "bad-host"),
        ("https://vov.vn／evil.example/", "bad-host"),
        ("https://2130706433/", "bad-host"),
        ("https://127.1/", "bad-host"),
        ("https://0x7f.0x1/", "bad-host"),
        ("https://0177.0.0.1/", "bad-host"),
        ("https://[::1/", "bad-host"),
        ("https://[fe80::1%25eth0]/", "bad-host"),
        (f"https://{'a' * 64}.vn/", "bad-host"),
        (f"https://vov.vn/{'a' * 2048}", "too-long"),
    ],
)
def test_whatever_is_no_web_address_beyond_doubt_is_refused(url: str, code: str) -> None:
    with pytest.raises(LinkRefused) as refused:
        read_address(url)
    assert refused.value.code == code


TRICKY = st.text(alphabet="htps:/\\@.?#[]%-_ aе10xvn\t\u202e。", max_size=40)


@given(url=st.text(max_size=80) | TRICKY.map("https://".__add__) | TRICKY)
def test_every_text_is_a_web_address_or_refused(url: str) -> None:
    try:
        address = read_address(url)
    except LinkRefused:
        return
    assert address.url.startswith(("http://", "https://"))
    assert address.host
    assert address.host.isascii()
    # What is handed on reads the same a second time, and Qt finds the same host in it.
    assert read_address(address.url) == address
    assert QUrl(address.url).host(QUrl.ComponentFormattingOption.FullyEncoded) in (
        address.host.strip("[]"),
        "",
    )


@given(
    scheme=st.sampled_from(["javascript", "file", "data", "ftp", "vbscript", "ms-word", "smb"]),
    slashes=st.sampled_from(["", "/", "//", "///"]),
    rest=st.text(max_size=40),
)
def test_no_other_scheme_gets_through(scheme: str, slashes: str, rest: str) -> None:
    with pytest.raises(LinkRefused):
        read_address(f"{scheme}:{slashes}{rest}")


@given(user=st.text(min_size=1, max_size=20), host=st.sampled_from(["evil.example", "1.2.3.4"]))
def test_no_name_before_the_host_gets_through(user: str, host: str) -> None:
    try:
        found = read_address(f"https://{user}@{host}/")
    except LinkRefused:
        return
    # Only where the @ is already part of a path or a query.
    assert found.host != host


def test_a_page_opens_after_its_host_was_shown(browser: Browser, prompts: ScriptedPrompts) -> None:
    prompts.answers = ["Open"]
    assert Links(prompts).open("https://аррӏе.com/tin?a=1")
    assert "xn--80ak6aa92e.com (аррӏе.com)" in prompts.said[1]
    assert browser.opened == ["https://xn--80ak6aa92e.com/tin?a=1"]


def test_a_page_stays_closed_if_they_decline(browser: Browser, prompts: ScriptedPrompts) -> None:
    prompts.answers = ["Cancel"]
    assert not Links(prompts).open("https://vov.vn/")
    assert browser.opened == []


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "javascript:alert(1)", "https:evil", "https://a@b/"]
)
def test_a_refused_address_is_said_to_be_so(
    browser: Browser, prompts: ScriptedPrompts, url: str
) -> None:
    assert not Links(prompts).open(url)
    assert browser.opened == []
    assert prompts.said[0] == "This address is not opened"
    assert prompts.said[2] == url


def test_a_file_opens_in_the_editor_this_person_names_at_the_line(
    prompts: ScriptedPrompts,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    told = tmp_path / "told"
    editor = tmp_path / "gedit"
    editor.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > {told}.new\nmv {told}.new {told}\n')
    editor.chmod(0o755)
    monkeypatch.setenv("VISUAL", f"{editor} --wait")

    assert Links(prompts).open_file(tmp_path / "my facts.yaml", 212)

    qtbot.waitUntil(told.exists)
    assert told.read_text().splitlines() == ["--wait", "+212", str(tmp_path / "my facts.yaml")]


def test_without_an_editor_of_ones_own_the_system_is_asked(
    browser: Browser, prompts: ScriptedPrompts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "vi")

    assert Links(prompts).open_file(tmp_path / "facts.yaml", 3)

    assert browser.opened == [(tmp_path / "facts.yaml").as_uri()]


@pytest.mark.parametrize(
    ("environment", "command"),
    [
        ({"VISUAL": "code --wait"}, ["code", "--wait", "-g", "/a b.yaml:7"]),
        ({"VISUAL": "vi", "EDITOR": "kate"}, ["kate", "-l", "7", "/a b.yaml"]),
        ({"EDITOR": "/opt/sublime/subl"}, ["/opt/sublime/subl", "/a b.yaml:7"]),
        ({"EDITOR": "nano"}, []),
        ({"VISUAL": "code 'unclosed"}, []),
        ({"VISUAL": ""}, []),
        ({}, []),
    ],
)
def test_only_editors_with_a_window_are_started(
    environment: dict[str, str], command: list[str]
) -> None:
    assert editor_command(environment, Path("/a b.yaml"), 7) == command


def test_a_file_whose_line_is_not_known_opens_at_the_first() -> None:
    assert editor_command({"EDITOR": "gvim"}, Path("a.yaml"), 0) == ["gvim", "+1", "a.yaml"]
