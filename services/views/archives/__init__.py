"""The archives: every enterprise, its duty posts, checks, problems and trainings.

An enterprise is a unit under supervision once it is enrolled (`enrolled_on`). Lists and
figures are asked as at a date: what occurred later does not count.
"""

from services.views.archives.archives import Archives

__all__ = ["Archives"]
