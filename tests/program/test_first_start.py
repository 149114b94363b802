# SPDX-License-Identifier: MIT
"""A first start ends in a reply within five actions; a refusal leads to a service that answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from chatglm_desktop.core.accounts import PRESETS, Account
from chatglm_desktop.core.messages import MessageState
from chatglm_desktop.demo import DemoServer
from chatglm_desktop.demo.openai_server import DialectServer
from chatglm_desktop.gui.onboarding.page import OnboardingPage
from chatglm_desktop.gui.theme.manager import ThemeManager
from chatglm_desktop.household import Stage
from chatglm_desktop.providers import model_lists
from chatglm_desktop.settings.paths import Paths
from tests.helpers.theatre import Play, Theatre, run_program
from tests.providers.local.conftest import gemma as gemma  # noqa: PLC0414 # a fixture

KEY = "0123456789abcdef0123456789abcdef.ABCDEFGH12345678"


class User:
    """A person at the keyboard; counts what they do."""

    def __init__(self) -> None:
        self.actions = 0

    def press(
        self,
        key: Qt.Key,
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """One key, wherever the keyboard is."""
        focused = QApplication.focusWidget()
        assert focused is not None
        self.actions += 1
        QTest.keyClick(focused, key, modifiers)

    def paste(self) -> None:
        self.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


class Hosts:
    """In the place of z.ai, which does not know the key, of open.bigmodel.cn, and of Ollama."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.zai = DialectServer("glm", pace=0.0, key="of.nobody")
        self.bigmodel = DialectServer("glm", pace=0.0, key=KEY)
        self.ollama = DialectServer("ollama", pace=0.0)
        self._monkeypatch = monkeypatch

    async def __aenter__(self) -> None:
        places = {"zai": self.zai, "bigmodel": self.bigmodel, "ollama": self.ollama}
        for id, host in places.items():
            await host.start()
            preset = replace(PRESETS[id], base_url=host.url)
            self._monkeypatch.setitem(PRESETS, id, preset)
        self._monkeypatch.setitem(model_lists.PROBED, "ollama", self.ollama.url)

    async def __aexit__(self, *_: object) -> None:
        for host in (self.zai, self.bigmodel, self.ollama):
            await host.stop()


Act = Callable[[Play, Hosts], Awaitable[None]]
Run = Callable[[Act], None]


@pytest.fixture
def hosts(monkeypatch: pytest.MonkeyPatch) -> Hosts:
    return Hosts(monkeypatch)


@pytest.fixture
def first_start(qapp: QApplication, tmp_path: Path, hosts: Hosts) -> Iterator[Run]:
    """Runs the program in a folder of its own, with hosts on loopback."""
    themes = ThemeManager(qapp, "light")

    database = Paths.at(tmp_path / "data").database

    def run(act: Act) -> None:
        async def errand(stage: Stage) -> int:
            async with hosts:
                await act(Play(stage, DemoServer(), database), hosts)
            return 0

        run_program(qapp, themes, tmp_path / "data", "", errand)

    yield run
    themes.deleteLater()


def question(play: Play) -> OnboardingPage | None:
    """The question of the page in front, if it is asked."""
    found = play.page.findChildren(OnboardingPage)
    return next((page for page in found if page.isVisible()), None)


def asked(play: Play) -> OnboardingPage:
    page = question(play)
    assert page is not None
    return page


def last_reply(play: Play) -> tuple[MessageState, str]:
    contents = play.page.transcript.contents
    message = contents.message(play.page.message_ids()[-1])
    return message.state, contents.text(message.id)


async def answered(play: Play) -> None:
    """Until a whole answer is there."""
    await play.until(lambda: play.page.message_ids() and last_reply(play)[1])
    await play.until(lambda: last_reply(play)[0] is MessageState.COMPLETE)


def test_first_start_key_reply_takes_three_actions(first_start: Run) -> None:
    async def act(play: Play, hosts: Hosts) -> None:
        user = User()
        QGuiApplication.clipboard().setText(KEY)
        await play.until(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
        user.paste()
        user.press(Qt.Key.Key_Return)
        await play.until(lambda: question(play) is None)
        assert play.page.composer.text() == "Hello! What can you help me with?"
        user.press(Qt.Key.Key_Return)
        await answered(play)
        assert user.actions <= 5
        assert hosts.zai.requests.empty()
        options = play.preferences.options
        assert options.onboarded
        assert [account.preset for account in options.accounts] == ["bigmodel"]
        assert options.accounts[0].model == "glm-4.7-flash"

    first_start(act)


def test_the_question_is_not_asked_again(first_start: Run) -> None:
    async def leave(play: Play, hosts: Hosts) -> None:
        await play.until(lambda: question(play) is not None)
        User().press(Qt.Key.Key_Escape)
        await play.until(lambda: question(play) is None)
        assert play.preferences.options.onboarded

    async def look(play: Play, hosts: Hosts) -> None:
        assert question(play) is None

    first_start(leave)
    first_start(look)


def test_the_demo_answers_what_was_drafted(first_start: Run) -> None:
    async def act(play: Play, hosts: Hosts) -> None:
        play.page.composer.set_text("Hi")
        asked(play).demo_chosen.emit()
        await play.until(lambda: question(play) is None)
        assert play.page.composer.text() == "Hi"
        play.page.composer.submit()
        await play.until(lambda: last_reply(play)[0] is MessageState.COMPLETE)

    first_start(act)


def test_a_server_on_this_computer_is_offered_at_once(first_start: Run) -> None:
    async def act(play: Play, hosts: Hosts) -> None:
        user = User()
        asked(play).card("computer").click()
        user.actions += 1
        await play.until(lambda: asked(play).servers.running)
        assert asked(play).servers.running[0].hasFocus()
        user.press(Qt.Key.Key_Space)
        await play.until(lambda: question(play) is None)
        user.press(Qt.Key.Key_Return)
        await answered(play)
        assert user.actions <= 5
        assert [account.preset for account in play.preferences.options.accounts] == ["ollama"]

    first_start(act)


def test_a_service_from_the_settings_answers_the_question(first_start: Run) -> None:
    async def act(play: Play, hosts: Hosts) -> None:
        await play.until(lambda: question(play) is not None)
        await play.services.accounts.add(Account("work", base_url="https://llm.example.org/v1"))
        assert question(play) is None
        assert play.preferences.options.onboarded

    first_start(act)


def test_a_refused_guest_is_led_to_a_service_and_the_question_is_kept(
    theatre: Theatre, hosts: Hosts
) -> None:
    async def act(play: Play) -> None:
        assert question(play) is None
        play.page.composer.set_text("What is Bayes' theorem?")
        play.page.composer.submit()
        await play.until(play.page.message_ids)
        await play.until(lambda: last_reply(play)[0] is MessageState.FAILED)
        play.page.composer.set_text("a draft")
        reply = play.page.message_ids()[-1]
        play.page.transcript.action_requested.emit(reply, "choose_service")
        await play.until(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
        QGuiApplication.clipboard().setText(KEY)
        user = User()
        user.paste()
        user.press(Qt.Key.Key_Return)
        await answered(play)
        texts = [play.page.transcript.contents.text(id) for id in play.page.message_ids()]
        assert texts[0] == "What is Bayes' theorem?"
        assert play.page.composer.text() == "a draft"

    async def hosted(play: Play) -> None:
        async with hosts:
            await act(play)

    theatre.play(hosted, "quota")


@pytest.mark.engine
def test_a_model_file_answers_with_the_real_engine(
    first_start: Run,
    gemma: str,  # the fixture
) -> None:
    async def act(play: Play, hosts: Hosts) -> None:
        asked(play).file_chosen.emit(Path(gemma))
        await play.until(lambda: question(play) is None)
        User().press(Qt.Key.Key_Return)
        await play.until(lambda: play.page.message_ids() and last_reply(play)[1])
        play.page.stop_requested.emit()
        await play.until(lambda: not last_reply(play)[0].running)
        assert play.preferences.options.accounts[0].kind == "local"

    first_start(act)
