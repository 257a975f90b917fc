"""The row below an answer: its buttons, the panel of formats, and what is in the clipboard."""

from __future__ import annotations

from playwright.sync_api import Locator
from reader import Reader

HEAP = "spark.executor.memory"
PAGES = {"explain": "explain/", "executor-memory": "memory/executor-heap/", "jvm-heap": "calculators/jvm-heap/"}


def clipboard(reader: Reader) -> str:
    return str(reader.page.evaluate("navigator.clipboard.readText()"))


def button(reader: Reader, name: str) -> Locator:
    return reader.calc.get_by_role("button", name=name, exact=True)


def format_button(reader: Reader, format: str) -> Locator:
    return reader.calc.locator(".sm-copy-formats").first.locator(f"[data-format={format}]")


def said(reader: Reader) -> Locator:
    return reader.calc.locator("[data-copy-said]")


def copy_as(reader: Reader, format: str) -> Reader:
    if not reader.calc.locator("[data-copy]").is_visible():
        button(reader, "Copy as…").click()
    format_button(reader, format).click()
    return reader
