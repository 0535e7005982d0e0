"""Bodies as documents write them, and the organisations of the directory that they can mean."""

from comity.intake.matching.directory import Directory, load_directory
from comity.intake.matching.ranking import Candidate, Written, certain, match_all

__all__ = ["Candidate", "Directory", "Written", "certain", "load_directory", "match_all"]
