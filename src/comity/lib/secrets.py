"""Secrets that stand in an address: whoever has one may; only what it hashes to is kept."""

import hashlib
import secrets


def a_secret() -> str:
    """43 letters, digits, dashes and underscores that nobody guesses."""
    return secrets.token_urlsafe(32)


def hashed(secret: str) -> str:
    """The SHA-256 of a secret, in 64 hexadecimal digits."""
    return hashlib.sha256(secret.encode()).hexdigest()
