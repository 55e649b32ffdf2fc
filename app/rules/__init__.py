"""What must hold before sign-off: a catalogue of small pure checks that yield findings (domain.md 1)."""
