"""Runs tests side by side: those that share a stack, an account or templates in one process."""

from xdist.scheduler import LoadScopeScheduling

_WHOLE = frozenset({"deployment", "e2e", "infra", "unit"})
"""What the tests of such a suite share takes long to make."""


class WholeSuites(LoadScopeScheduling):
    """Gives a free process the next whole suite, or the next file of the other suites."""

    def _split_scope(self, nodeid: str) -> str:
        """Return `e2e` for `tests/e2e/test_link.py::test_…`, and a file for `tests/integration`."""
        file = nodeid.split("::", 1)[0]
        suite = file.split("/", 2)[1]
        return suite if suite in _WHOLE else file
