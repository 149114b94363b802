# SPDX-License-Identifier: MIT
"""Links lead to a conversation, or to a message in it, or nowhere."""

from __future__ import annotations

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatglm_desktop.core.deep_links import DeepLink, parse_link

IDS = st.uuids().map(lambda id: id.hex)


@given(IDS, st.one_of(st.just(""), IDS))
def test_a_link_leads_back_to_what_it_was_made_of(conversation: str, message: str) -> None:
    link = DeepLink(conversation, message)
    assert parse_link(str(link)) == link


def test_what_desktops_make_of_a_link_is_understood() -> None:
    id = uuid.uuid4().hex
    assert parse_link(f" CHATGLM-Desktop://Conversation/{id}/ \n") == DeepLink(id)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "chatglm-desktop:",
        "chatglm-desktop://conversation/",
        "chatglm-desktop://conversation/a/b/c",
        "chatglm-desktop://conversation/../settings",
        "chatglm-desktop://conversation/a?x=1",
        "chatglm-desktop://settings/a",
        "https://conversation/a",
        f"chatglm-desktop://conversation/{'a' * 129}",
        "chatglm-desktop://conversation/a\nopen b",
    ],
)
def test_anything_else_leads_nowhere(text: str) -> None:
    assert parse_link(text) is None
