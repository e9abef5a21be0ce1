"""Whatever someone's editor does to a file, the answer is a list of problems, never a traceback."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.programme import Problem, SeminarError, load, source, summary
from bot.programme.problems import Log
from bot.programme.source import parse
from tests.programme import small

_SCRAPS = st.sampled_from(
    [
        *("{", "}", "[", "]", "&a ", "*a", "!!int ", "!x ", "|", ">", "'", '"', ": ", "- ", "# ", "? ", "%", "@"),
        *("\n", "\n\n", "  ", "\t", "\r", "---\n", "...\n", "<<: ", "null", "~", "true", "-1", "1e999", "09:00"),
        *("languages: [en]\n", "languages: {}\n", "driver: ", "driver:\n  language: ka\n", "korean_address: x\n"),
        *("key: ", "days", "groups: []\n", '"\\ud800"', '"\\UFFFFFFFF"', '"\\x"', "\x00", "\x85", "\u2028", "😀"),
    ]
)
SAMPLE = Path(__file__).parents[2] / "seminars"
_ANY_TEXT = st.text(st.characters(codec="utf-8"), max_size=8)


def _read(files: dict[str, bytes]) -> None:
    with TemporaryDirectory() as name:
        folder = small.write(Path(name))
        for path, data in files.items():
            (folder / path).write_bytes(data)
        for problem in _problems(folder):
            assert problem.line >= 1
            assert problem.what
            assert problem.instead
            assert len(str(problem).splitlines()) == 1


def _problems(folder: Path) -> tuple[Problem, ...]:
    try:
        summary(load(folder), "ko")
    except SeminarError as error:
        return error.problems
    return ()


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_scrap_put_anywhere_is_answered_with_problems(data: st.DataObject) -> None:
    file = data.draw(st.sampled_from(sorted(small.FILES)))
    text = small.FILES[file]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    scrap = data.draw(_SCRAPS | _ANY_TEXT)
    _read({file: (text[:start] + scrap + text[end:]).encode()})


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(sorted(small.FILES)), st.binary(max_size=200))
def test_a_file_of_any_bytes_is_answered_with_problems(file: str, data: bytes) -> None:
    _read({file: data})


@settings(max_examples=150, deadline=None)
@given(st.lists(_SCRAPS | _ANY_TEXT, max_size=30).map("".join))
def test_any_text_is_a_tree_or_a_problem(text: str) -> None:
    log = Log("any.yaml")
    assert (parse(text, log) is not None) or log.problems


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_libyaml_reads_what_ruamel_reads(data: st.DataObject) -> None:
    text = small.FILES[data.draw(st.sampled_from(sorted(small.FILES)))]
    start = data.draw(st.integers(0, len(text)))
    text = text[:start] + data.draw(st.lists(_SCRAPS | _ANY_TEXT, max_size=3).map("".join)) + text[start:]
    log = Log("any.yaml")
    assume(source.is_clean(text, log))
    quick = source.with_libyaml(text, log)
    assert quick is None or quick == source.with_ruamel(text, log)


def test_the_sample_is_read_quickly_and_alike() -> None:
    files = sorted(SAMPLE.rglob("*.yaml"))
    assert len(files) > 10
    for file in files:
        text, log = file.read_text("utf-8"), Log(file.name)
        assert source.with_libyaml(text, log) == source.with_ruamel(text, log)
        assert log.problems == []
