"""Publishing waits for a short idle, though not for ever, and is tried again after it failed."""

from __future__ import annotations

import time
from threading import Event

from app.errors import Unreadable
from app.messages import msg
from app.store.publisher import Publisher

LONG = 1e6


def test_it_publishes_once_nobody_has_edited_for_the_idle_time() -> None:
    published = Event()
    publisher = Publisher(published.set, idle=0.01, at_most=LONG)
    publisher.edited()
    assert published.wait(10)
    publisher.finish()


def test_it_does_not_wait_for_idle_for_ever() -> None:
    published = Event()
    publisher = Publisher(published.set, idle=LONG, at_most=0.05)
    began = time.monotonic()
    while not published.is_set():
        publisher.edited()
        assert time.monotonic() - began < 10
    publisher.finish()
    assert time.monotonic() - began >= 0.05


def test_soon_means_now() -> None:
    published = Event()
    publisher = Publisher(published.set, idle=LONG, at_most=LONG)
    publisher.edited()
    publisher.soon()
    assert published.wait(10)
    publisher.finish()


def test_without_an_edit_it_publishes_nothing() -> None:
    published = Event()
    publisher = Publisher(published.set, idle=0, at_most=0)
    publisher.finish()
    assert not published.is_set()


def test_a_failed_publishing_is_tried_again() -> None:
    tries, done = [], Event()

    def publish() -> None:
        tries.append(time.monotonic())
        if len(tries) == 1:
            raise Unreadable(msg("The disk is full."))
        done.set()

    publisher = Publisher(publish, idle=0.01, at_most=0.01)
    publisher.edited()
    assert done.wait(10)
    publisher.finish()
    assert len(tries) == 2
