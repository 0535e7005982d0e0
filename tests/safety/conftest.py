from tests.intake.conftest import quick_reading
from tests.issuing.conftest import written_once

__all__ = ["quick_reading", "written_once"]
