"""Write docs/reference: the pages that are made from the code, so that they cannot drift. `--check` says whether they are up to date."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"
COMMANDS = (
    "init",
    "demo",
    "serve",
    "strategy start",
    "strategy examples",
    "strategy interview",
    "strategy from-facts",
    "strategy check",
    "strategy ask",
    "strategy save",
    "strategy show",
    "strategy history",
    "strategy paper",
    "strategy sheet",
    "strategy share",
    "strategy shares",
    "strategy close-share",
    "draft begin",
    "draft list",
    "draft show",
    "draft save",
    "draft plan",
    "draft compare",
    "draft adopt",
    "draft lay-aside",
    "draft reopen",
    "import",
    "fit",
    "forecast",
    "curves import",
    "curves export",
    "experiment read",
    "experiment compare",
    "plan",
    "approve",
    "refuse",
    "done",
    "next-week",
    "review",
    "correct",
    "answer",
    "status",
    "loads",
    "members",
    "account list",
    "account add",
    "account password",
    "account two-factor-off",
    "export",
)


def pages() -> dict[str, str]:
    """File name -> content of every generated page."""
    return {
        "glossary.md": glossary(),
        "metrics.md": metrics(),
        "facts.md": facts(),
        "commands.md": commands(),
        "checks.md": checks(),
        "codes.md": codes(),
        "findings.md": findings(),
        "strategy.schema.json": schema(),
    }


def glossary() -> str:
    """The words, one a line."""
    from quarterdeck.kernel.glossary import GLOSSARY

    return _page(
        "Glossary",
        "One word per idea. Screens, reports, code and documents use these words and no others for these ideas.",
        [f"**{word}**: {meaning}" for word, meaning in GLOSSARY.items()],
    )


def metrics() -> str:
    """Metrics with unit, direction and meaning."""
    from quarterdeck.kernel.metrics import METRICS

    rows = [f"| `{metric.id}` | {metric.name} | {metric.unit} | {metric.direction} | {metric.meaning} |" for metric in METRICS.values()]
    return _page(
        "Metrics",
        "What objectives, KPIs and outcomes can be named by.",
        ["\n".join(["| id | name | unit | good is | meaning |", "|---|---|---|---|---|", *rows])],
    )


def facts() -> str:
    """Tables of facts, column by column, and the SQL of each metric."""
    from quarterdeck.facts.metric_queries import METRIC_QUERIES
    from quarterdeck.facts.schemas import TABLES

    parts = []
    for table in TABLES.values():
        rows = [
            f"| `{column.name}` | {column.type} | {'yes' if column.required else ''} | {column.meaning} | {column.example} |"
            for column in table.columns
        ]
        parts.append(
            "\n".join(
                [
                    f"## {table.name}",
                    "",
                    table.meaning,
                    "",
                    f"One row for each: {', '.join(table.key)}.",
                    "",
                    "| column | type | needed | meaning | example |",
                    "|---|---|---|---|---|",
                    *rows,
                ]
            )
        )
    parts += [
        f"## Query `{query.id}`\n\n{query.definition}\n\n```sql\n{re.sub(chr(10) + ' +', chr(10), query.sql)}\n```"
        for query in METRIC_QUERIES.values()
    ]
    return _page("Facts", "What happened, as tables. `quarterdeck import TABLE FILE` fills them.", parts)


def commands() -> str:
    """The help of every command, as it is printed."""
    parts = [f"## quarterdeck {name}\n\n```text\n{_help(name)}\n```" for name in COMMANDS]
    return _page(
        "Commands",
        "Every command has `--help` and `--json`. Exit codes: 0 done, 1 refused (or a check found an error), 2 input was invalid, 70 a fault of ours.",
        parts,
    )


def checks() -> str:
    """Every check of the strategy with its code."""
    from quarterdeck.strategy.checks.all_checks import CHECKS

    rows = [f"| `{check.code}` | {check.severity} | {check.explanation} |" for check in CHECKS]
    return _page(
        "Checks of the strategy",
        "`quarterdeck strategy check FILE` says what it finds, where, why, and the way out.",
        ["\n".join(["| code | severity | what it looks at |", "|---|---|---|", *rows])],
    )


def codes() -> str:
    """Every stable code in the code, and where it is given."""
    found: dict[str, set[str]] = {}
    for file in sorted((ROOT / "src").rglob("*.py")):
        for code in re.findall(
            r'"((?:ACCOUNT|ACT|EXPORT|FACTS|FILE|FIT|LAKE|LEDGER|MARKET|PAPER|PLAN|REHEARSE|RESPONSE|REVIEW|ROLE|SAMPLE|SITE|STRATEGY)-\d{3})"',
            file.read_text(encoding="utf-8"),
        ):
            found.setdefault(code, set()).add(file.relative_to(ROOT / "src" / "quarterdeck").parts[0])
    rows = [f"| `{code}` | {', '.join(sorted(rooms))} |" for code, rooms in sorted(found.items())]
    return _page(
        "Codes",
        "Problems and refusals carry a code that stays the same from version to version. The sentence beside it says where, what was expected, what was found, "
        "what to do, and how things stand.",
        ["\n".join(["| code | room |", "|---|---|", *rows])],
    )


def findings() -> str:
    """What is said about facts and fits, and which of it makes a plan careful."""
    from quarterdeck.response.findings.findings import FINDING_CODES, MISLEADING

    rows = [f"| `{code}` | {meaning} | {'yes' if code in MISLEADING else ''} |" for code, meaning in FINDING_CODES.items()]
    return _page(
        "Findings",
        "What Quarterdeck says about facts and about what was learned from them. Each comes with a sentence that names the channel and the weeks, why it matters "
        "and what to do. After those with a yes a channel's curve may be sure of itself and wrong: a plan raises such a channel no further than one of which "
        "nothing is known. How often each speaks where it should, and where it should not: docs/proof/findings.md.",
        ["\n".join(["| code | says | may mislead |", "|---|---|---|", *rows])],
    )


def schema() -> str:
    """JSON Schema of the strategy document, for editors."""
    import json

    from quarterdeck.strategy.parts.json_schema import json_schema

    return json.dumps(json_schema(), indent=1, ensure_ascii=False) + "\n"


def _page(title: str, lead: str, parts: list[str]) -> str:
    return "\n\n".join([f"# {title}", "<!-- Made by `make docs` from the code; change the code, not this page. -->", lead, *parts]) + "\n"


def _help(name: str) -> str:
    environment = {"PATH": "/usr/bin:/bin", "COLUMNS": "110", "NO_COLOR": "1", "TERM": "dumb", "PYTHONUTF8": "1"}
    program = [str(Path(sys.executable).with_name("quarterdeck")), *name.split(), "--help"]
    return subprocess.run(program, capture_output=True, text=True, check=True, env=environment).stdout.strip()


def main() -> int:
    """0 when the pages are (now) as they should be."""
    wanted = {REFERENCE / name: content for name, content in pages().items()}
    stale = [path for path, content in wanted.items() if not path.exists() or path.read_text(encoding="utf-8") != content]
    if "--check" in sys.argv:
        for path in stale:
            print(f"{path.relative_to(ROOT)} is out of date: run `make docs` and commit it.")
        return 1 if stale else 0
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for path in stale:
        path.write_text(wanted[path], encoding="utf-8")
        print(f"wrote {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
