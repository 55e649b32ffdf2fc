"""Where requirements come from, by title and author: what a finding's `source` stands for."""

from __future__ import annotations

from collections.abc import Mapping

SOURCES: Mapping[str, str] = {
    "S0": "Who Owns AI Agents? Rethinking Roles in Support, Ops, and IT (unsigned)",
    "S1": "AI Agent Ownership: Who Owns the Workflow, the Exceptions, and the Outcome (Erik MacKinnon)",
    "S2": "Who should own AI in a customer experience team? (Gladly)",
    "S3": "The AI Agent Operating Model: How Infrastructure Teams Redesign Roles and Ownership for Autonomous "
    "Workflows (iSimplifyMe)",
    "S4": "How IT and Business Should Co-Build AI Agents (Grail)",
}
"""Titles are names, and so are not translated."""


def source_titles(source: str) -> tuple[str, ...]:
    """The titles behind a finding's `source`, which may name several ("S1 S3"); none for our own rules."""
    return tuple(SOURCES[each] for each in source.split())
