"""Digest, fingerprint, sign-off and what changed since."""
