from tests.intake.conftest import quick_reading

__all__ = ["quick_reading"]
