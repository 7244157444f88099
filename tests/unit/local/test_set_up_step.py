"""A step of the set-up is done again only if what it is made from has changed."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from local.set_up_step import SetUpError, Step


@pytest.fixture
def step(tmp_path: Path) -> Step:
    made, source = tmp_path / "made", tmp_path / "source"
    source.write_text("first")
    append = f"open({str(made)!r}, 'a').write('x')"
    return Step(
        name="a step",
        made_from=(source, "1.0"),
        makes=made,
        commands=((sys.executable, "-c", append),),
        records=tmp_path,
    )


def times_done(step: Step) -> int:
    return len(step.makes.read_text())


def test_it_is_not_done_again_while_nothing_changed(step: Step) -> None:
    step.do()
    step.do()
    assert times_done(step) == 1


def test_it_is_done_again_when_a_file_changed(step: Step, tmp_path: Path) -> None:
    step.do()
    (tmp_path / "source").write_text("second")
    step.do()
    assert times_done(step) == 2


def test_it_is_done_again_when_a_version_changed(step: Step, tmp_path: Path) -> None:
    step.do()
    replace(step, made_from=(tmp_path / "source", "1.1")).do()
    assert times_done(step) == 2


def test_it_is_done_again_when_what_it_made_is_gone(step: Step) -> None:
    step.do()
    step.makes.unlink()
    step.do()
    assert times_done(step) == 1


def test_a_failure_is_told_in_the_commands_own_words_and_tried_again(step: Step) -> None:
    fail = "import sys; sys.exit('no such package')"
    broken = replace(step, commands=((sys.executable, "-c", fail),))
    with pytest.raises(SetUpError, match="a step failed:\nno such package"):
        broken.do()
    step.do()
    assert times_done(step) == 1


def test_progress_is_told_once_for_each_step(
    step: Step, capsys: pytest.CaptureFixture[str]
) -> None:
    step.do()
    step.do()
    assert capsys.readouterr().err == "set-up: a step ...\nset-up: a step: done in 0 s\n"
