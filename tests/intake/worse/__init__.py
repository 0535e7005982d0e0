"""Files that do harm or are broken, made on the spot: each is refused in a sentence or read."""

from tests.intake.worse import archives, markup, odd, office, pdfs, spreadsheets, texts
from tests.intake.worse.cases import CASES, Case

__all__ = ["CASES", "Case", "archives", "markup", "odd", "office", "pdfs", "spreadsheets", "texts"]
