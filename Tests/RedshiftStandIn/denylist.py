"""What PostgreSQL takes and Redshift refuses: patterns over text without comments and literals, as data."""

import json
import re
from pathlib import Path

from sql_text import bare

PATTERNS = json.loads(Path(__file__).with_name("denylist.json").read_text(encoding="utf-8"))
for entry in PATTERNS:
    entry["compiled"] = re.compile(("^" if entry["where"] == "start" else "") + entry["pattern"], re.IGNORECASE)


def refused(sql):
    """The entries that a statement meets."""
    text = bare(sql)
    return [entry for entry in PATTERNS if entry["compiled"].search(text)]


def unproven():
    """Entries that miss their own case, or refuse what Redshift takes."""
    wrong = []
    for entry in PATTERNS:
        others = [other["id"] for other in refused(entry["refuses"])]
        if entry["id"] not in others:
            wrong.append(f"{entry['id']} does not refuse: {entry['refuses']}")
        accepted = refused(entry["accepts"])
        if accepted:
            wrong.append(f"{accepted[0]['id']} refuses: {entry['accepts']}")
    return wrong
