"""The search of the site in Chinese and English: where no blank parts words, every two signs that stand together are one."""

import re

from sphinx.search.en import SearchEnglish

_RUN = re.compile(r"[\u3400-\u9fff]+|[^\W\u3400-\u9fff]+")


def words_of(text: str) -> list[str]:
    """The words of a *text*: those of English, and of Chinese every two signs that stand together, or the one that stands alone."""
    found: list[str] = []
    for run in _RUN.findall(text):
        is_chinese = "\u3400" <= run[0] <= "\u9fff"
        found += [run[at : at + 2] for at in range(max(len(run) - 1, 1))] if is_chinese else [run]
    return found


class SearchInBoth(SearchEnglish):
    """English as Sphinx has it, and Chinese by pairs of signs; a browser parts what is asked for in the same way."""

    js_splitter_code = r"""
function splitQuery(query) {
  var found = [];
  query.split(/[^\p{Letter}\p{Number}_\p{Emoji_Presentation}]+/u).forEach(function (part) {
    part.split(/([\u3400-\u9fff]+)/).filter(Boolean).forEach(function (run) {
      if (run.length === 1 || !/[\u3400-\u9fff]/.test(run)) { found.push(run); return; }
      Array.from({ length: run.length - 1 }).forEach(function (_, at) { found.push(run.substr(at, 2)); });
    });
  });
  return found;
}
"""

    def split(self, input: str) -> list[str]:  # noqa: A002 - as Sphinx calls it
        """The words of *input*."""
        return words_of(input)
