"""How the documentation is built; `sphinx-build -n -W docs docs/_build` makes it."""

import ast
import importlib.util
import pkgutil
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.domains.python import PythonDomain
from sphinx.environment import BuildEnvironment

import revisit_policy

sys.path.insert(0, str(Path(__file__).parent))
from llms_text import llms_text
from notebook_pages import NOTEBOOKS, scrolling
from reference_pages import PAGES
from search_words import SearchInBoth

project = "revisit_policy"
author = "The revisit_policy authors"
copyright = "the revisit_policy authors, Apache-2.0"
language = "en"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build", "examples", "benchmarks", "notebooks"]
html_theme = "furo"
html_title = "revisit_policy"

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_default_options = {"members": True, "member-order": "bysource", "show-inheritance": True}
# a signature shows its types; the text below it tells what they mean
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_custom_sections = [("Source", "notes_style"), ("When it occurs", "notes_style"), ("How to fix it", "notes_style")]

nitpicky = True

PASSED_ON = {"revisit_policy.facts"}

ROOMS = Path(__file__).parent / "reference" / "rooms"
MADE = Path(__file__).parent / "reference" / "made"


def _modules(room: str) -> list[str]:
    """The room itself and its public modules, in the order of their names; those of a room within it follow that room."""
    folder = Path(revisit_policy.__file__).parent.joinpath(*room.split(".")[1:])
    inside = sorted(module.name for module in pkgutil.iter_modules([str(folder)])) if folder.is_dir() else []
    return [room, *(module for name in inside if not name.startswith("_") for module in _modules(f"{room}.{name}"))]


def _page(room: str) -> str:
    title = room.rpartition(".")[2]
    parts = [f"# {title}\n"]
    modules = _modules(room)
    for module in modules:
        heading = "" if module == room else f"## {module.removeprefix(room)[1:]}\n\n"
        # a room and the front door to the facts only pass on what is described where it is defined
        passes_on = module in PASSED_ON or any(other.startswith(f"{module}.") for other in modules)
        options = "   :no-members:\n" if passes_on else ""
        parts.append(f"{heading}```{{eval-rst}}\n.. automodule:: {module}\n{options}```\n")
    return "\n".join(parts)


def _write_reference(_: Sphinx) -> None:
    """Write a page for every room that there is, so that none can be forgotten and none outlives its room."""
    for folder in (ROOMS, MADE):
        folder.mkdir(exist_ok=True)
    for name, made in (PAGES | NOTEBOOKS).items():
        _write(MADE / name, scrolling(made()) if name.endswith(".svg") else made())
    rooms = {module.name: _page(f"revisit_policy.{module.name}") for module in pkgutil.iter_modules(revisit_policy.__path__)}
    for page in ROOMS.glob("*.md"):
        if page.stem not in rooms:
            page.unlink()
    for name, text in rooms.items():
        _write(ROOMS / f"{name}.md", text)


def _write(page: Path, text: str) -> None:
    """Write *page* if it says anything else, so that an unchanged one is not built again."""
    if not page.exists() or page.read_text(encoding="utf-8") != text:
        page.write_text(text, encoding="utf-8")


@cache
def _imported(module: str) -> dict[str, str]:
    """What the names are that a *module* imports, for type checking alone or not: each with the place that it comes from."""
    found = importlib.util.find_spec(module)
    if found is None or found.origin is None or not found.origin.endswith(".py"):
        return {}
    tree = ast.parse(Path(found.origin).read_text(encoding="utf-8"))
    froms = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return {alias.asname or alias.name: f"{node.module}.{alias.name}" for node in froms for alias in node.names}


class ExactPython(PythonDomain):
    """Names of Python, of which several may be borne by two rooms: a short one means what it means in the module that says it."""

    def find_obj(self, env: BuildEnvironment, modname: str, classname: str, name: str, *rest: Any) -> list[tuple[str, Any]]:  # noqa: ANN401 - as Sphinx hands them on
        """What *name* can be; what the class or the module has by it, or imports, before what else bears it."""
        found = super().find_obj(env, modname, classname, name, *rest)
        if len(found) < 2 or not modname:
            return found
        first, _, more = name.lstrip(".").partition(".")
        home = _imported(modname).get(first, f"{modname}.{first}")
        meant = {f"{modname}.{classname}.{name}", f"{home}.{more}" if more else home}
        return [each for each in found if each[0] in meant] or found


def _exists(target: str, *, module: str, owner: str) -> bool:
    """True if Python finds *target*, seen from *owner* in *module*."""
    for path in (f"{module}:{owner}.{target}", f"{module}:{target}", target):
        with suppress(AttributeError, ImportError, ValueError):
            pkgutil.resolve_name(path)
            return True
    return False


def _find_or_accept(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, shown: nodes.Element
) -> nodes.Element | None:
    """Link a short name that one documented object bears; accept what a type checker or Python itself has found.

    Signatures hold names that are imported for type checking alone, aliases of types, and names of the standard
    library, whose index the build does not reach for. In running text, a name that does not exist is an error.
    """
    if node.get("refdomain") != "py":
        return None
    target = node["reftarget"]
    bearers = [name for name in env.domains.python_domain.objects if name.endswith(f".{target}")]
    if len(bearers) == 1:
        python, here = env.domains.python_domain, node.get("refdoc", env.docname)
        return python.resolve_xref(env, here, app.builder, "obj", bearers[0], node, shown)
    in_a_signature = not isinstance(shown, nodes.literal)
    known = in_a_signature or _exists(target, module=node.get("py:module") or "builtins", owner=node.get("py:class") or "")
    return shown if known else None


def _keep_colon(_: Sphinx, what: str, *rest: object) -> None:
    """Keep napoleon from reading `Counts: whole numbers` below an attribute as its type and its text."""
    lines = rest[-1]
    if what in {"attribute", "data", "property"} and isinstance(lines, list):
        lines.insert(0, "")


def _write_llms_text(app: Sphinx, problem: Exception | None) -> None:
    """Beside the pages for people a list of their Markdown for programs."""
    if problem is None and app.builder.format == "html":
        _write(Path(app.outdir) / "llms.txt", llms_text())


def setup(app: Sphinx) -> None:
    """Write the reference before Sphinx looks for pages, and read names and docstrings as this project means them."""
    app.add_domain(ExactPython, override=True)
    app.connect("builder-inited", _write_reference)
    app.connect("missing-reference", _find_or_accept)
    app.add_search_language(SearchInBoth)
    app.connect("build-finished", _write_llms_text)
    app.connect("autodoc-process-docstring", _keep_colon, priority=400)  # napoleon comes at 500
