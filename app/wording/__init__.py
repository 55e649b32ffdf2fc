"""The wording check: phrases that leave open who, where, when or what (domain.md 1.11)."""
