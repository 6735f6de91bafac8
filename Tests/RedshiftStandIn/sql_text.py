"""SQL as a list of tokens: enough to split statements, to look for words outside of literals, and to rewrite."""

import re
from typing import NamedTuple

PATTERN = re.compile(
    r"""
    (?P<space>\s+)
  | (?P<comment>--[^\n]*|/\*.*?\*/)
  | (?P<string>[eE]?'(?:[^'\\]|''|\\.)*')
  | (?P<dollar>\$(?P<tag>[A-Za-z_]*)\$.*?\$(?P=tag)\$)
  | (?P<quoted>"(?:[^"]|"")*")
  | (?P<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)
  | (?P<word>[^\W\d][\w$]*)
  | (?P<parameter>\$\d+)
  | (?P<symbol>::|<>|<=|>=|!=|\|\||.)
    """,
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    kind: str
    text: str

    @property
    def word(self):
        """The word in capitals; nothing for a literal or a quoted name."""
        return self.text.upper() if self.kind in ("word", "symbol") else ""


def tokens(sql):
    return [Token(match.lastgroup if match.lastgroup != "tag" else "dollar", match.group()) for match in PATTERN.finditer(sql)]


def code(sql):
    """The tokens without spaces and comments."""
    return [token for token in tokens(sql) if token.kind not in ("space", "comment")]


def statements(sql):
    """The statements of a text; the semicolons of literals, comments and $$ bodies separate nothing."""
    parts = [[]]
    for token in tokens(sql):
        if token.text == ";" and token.kind == "symbol":
            parts.append([])
        else:
            parts[-1].append(token)
    return ["".join(t.text for t in part).strip() for part in parts if any(t.kind not in ("space", "comment") for t in part)]


def bare(sql):
    """The text that patterns look at: comments gone, literals emptied, single blanks."""
    parts = []
    for token in tokens(sql):
        if token.kind in ("space", "comment"):
            parts.append(" ")
        else:
            parts.append("''" if token.kind in ("string", "dollar") else token.text)
    return re.sub(r"\s+", " ", "".join(parts)).strip()


def closing(items, start):
    """The index of the parenthesis that closes the one at `start`."""
    depth = 0
    for index in range(start, len(items)):
        if items[index].text == "(" and items[index].kind == "symbol":
            depth += 1
        elif items[index].text == ")" and items[index].kind == "symbol":
            depth -= 1
            if depth == 0:
                return index
    raise ValueError("a parenthesis is not closed")


def split_at_commas(items):
    parts, depth = [[]], 0
    for token in items:
        if token.kind == "symbol":
            depth += {"(": 1, ")": -1}.get(token.text, 0)
        if token.kind == "symbol" and token.text == "," and depth == 0:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def unquoted(literal):
    """The text of a string literal; a backslash stands for itself before anything but a backslash and a quote."""
    inner = literal[literal.index("'") + 1 : -1].replace("''", "'")
    return re.sub(r"\\([\\'])", r"\1", inner)
