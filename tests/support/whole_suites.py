"""Runs suites side by side, each whole in one process."""

from xdist.scheduler import LoadScopeScheduling


class WholeSuites(LoadScopeScheduling):
    """Gives a free process the largest suite that waits.

    The tests of a suite share a stack, an account or templates, which take long to make.
    """

    def _split_scope(self, nodeid: str) -> str:
        """Return the suite of a test: `e2e` of `tests/e2e/test_link.py::test_…`."""
        return nodeid.split("/", 2)[1]
