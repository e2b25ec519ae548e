"""Write the pages that show the rules of the Chinese housing rulebook, from the rules themselves.

``python docs/render_rulebook.py`` writes them; ``--check`` writes nothing and fails if one is not up to date.
"""

import sys
from collections import Counter
from pathlib import Path

from revisit_policy import Label, Lang, RevisitPolicy, Standing
from revisit_policy.rulebooks import cn_housing

FOLDER = Path(__file__).parent / "reference"
PAGES = {Lang.EN: FOLDER / "cn-housing-rules.md", Lang.ZH: FOLDER / "cn-housing-rules-zh.md"}

TITLE = Label("中国个人住房贷款回访规则全表", "The Chinese housing rulebook, rule by rule")
WRITTEN = Label(
    "本页由规则本身生成，请勿手改；规则有变时运行 `python docs/render_rulebook.py`。",
    "This page is written from the rules themselves: do not edit it, run `python docs/render_rulebook.py` when they change.",
)
MEANING = Label(
    "依据一栏依次为文件与条款、效力（法律、司法解释、行政法规、部门规章、规范性文件、监管报表说明、国家标准、自律规则、银行惯例或系统建议值）、"
    "已与原文核对者为何（数值、条文号、文字）；未核对者须由人工对照正式文本后，方可称为法律或监管规定。",
    "A source tells the document and article, its standing (law, judicial interpretation, administrative regulation, departmental "
    "rule, normative document, instruction of a return, national standard, self-regulation, bank practice or a proposal), and what "
    "of it was compared with the text. What is not verified must be held against the official text by a person before anybody "
    "calls it law.",
)
COUNTS = Label("规则数", "rules")
STANDING = Label("效力", "standing")
CHECKED = Label("其中核对过", "of them verified")
SHEET = Label("参数表", "The parameter sheet")
FIGURES = Label(
    "银行可改任一数值而不动规则，规则的文字随之改变。", "A bank changes a figure without touching a rule; the sentences of the rules follow."
)
OLD = Label("2007年分类指引下的分类", "Grades under the 2007 guideline")
ALIKE = Label(
    "未重新分类的存量贷款按下表分类，其余各表与上文相同，唯不设重组观察期内的间隔上限：此类贷款已属不良，按月回访。",
    "Older loans not yet re-classified are graded by this table. All other tables are as above, without the cap on the interval "
    "during observation: such a loan is non-performing and visited monthly.",
)


def main(words: list[str]) -> int:
    texts = {page: page_of(lang) for lang, page in PAGES.items()}
    stale = [page for page, text in texts.items() if not page.exists() or page.read_text(encoding="utf-8") != text]
    if "--check" in words:
        for page in stale:
            print(f"{page.name} is not up to date: run python docs/render_rulebook.py")
        return 1 if stale else 0
    for page in stale:
        page.write_text(texts[page], encoding="utf-8")
        print(f"wrote {page.name}")
    return 0


def page_of(lang: Lang) -> str:
    policy, old = cn_housing.policy(), cn_housing.policy_2007()
    parts = [
        f"# {TITLE.text(lang)}\n",
        f"{WRITTEN.text(lang)}\n",
        f"{MEANING.text(lang)}\n",
        counts(policy, lang),
        f"## {policy.label.text(lang)}\n",
        *(table.to_markdown(lang) for table in policy.tables),
        policy.notes_to_markdown(lang),
        f"## {OLD.text(lang)}\n",
        f"{ALIKE.text(lang)}\n",
        old.grade.to_markdown(lang),
        f"## {SHEET.text(lang)}\n",
        f"{FIGURES.text(lang)}\n",
        cn_housing.DEFAULTS.to_markdown(lang),
    ]
    return "\n".join(parts)


def counts(policy: RevisitPolicy, lang: Lang) -> str:
    """How many rules rest on what."""
    found = Counter((rule.source.standing, bool(rule.source.verified)) for table in policy.tables for rule in table.rules)
    standings = [standing for standing in Standing if found[standing, True] + found[standing, False]]
    rows = [f"| {standing.label(lang)} | {found[standing, True] + found[standing, False]} | {found[standing, True]} |" for standing in standings]
    head = " | ".join(label.text(lang) for label in (STANDING, COUNTS, CHECKED))
    return "\n".join([f"| {head} |", "|---|---:|---:|", *rows]) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
