"""From the SQL of Redshift to that of PostgreSQL 15."""

import re

from sql_text import closing, code, split_at_commas, tokens, unquoted

MAXIMUM_WIDTH = 65_535


class Refusal(Exception):
    """What Redshift would refuse, with its SQLSTATE."""

    def __init__(self, state, message, detail=None):
        super().__init__(message)
        self.state, self.message, self.detail = state, message, detail


def rewritten(sql, copy_id=-1, copy_count=-1):
    """A statement as PostgreSQL takes it; COPY, UNLOAD, TRUNCATE and VACUUM are not statements for it."""
    items = code(sql)
    head = [item.word for item in items[:4]]
    if head[:1] == ["CREATE"] and "TABLE" in head[:4]:
        return create_table(sql)
    if head[:1] == ["ALTER"] and "TABLE" in head[:2]:
        return alter_table(items)
    if head[:1] == ["BEGIN"] or head[:2] == ["START", "TRANSACTION"]:
        words = [item.word for item in items]
        return "BEGIN ISOLATION LEVEL SERIALIZABLE" + (" READ ONLY" if words[-2:] == ["READ", "ONLY"] else "")
    if head[:1] == ["ANALYZE"]:
        return " ".join(item.text for item in items if item.word not in ("PREDICATE", "COLUMNS", "ALL"))
    sql = functions(sql, copy_id, copy_count)
    return re.sub(r"\s+WITH\s+NO\s+SCHEMA\s+BINDING\s*$", "", sql, flags=re.IGNORECASE)


# --- tables ----------------------------------------------------------------------------------------------------------


def create_table(sql):
    items = code(sql)
    start = next(i for i, item in enumerate(items) if item.word == "TABLE") + 1
    if [item.word for item in items[start : start + 3]] == ["IF", "NOT", "EXISTS"]:
        start += 3
    end = start + 1
    while end < len(items) and items[end].text == ".":
        end += 2
    head = " ".join(item.text for item in items[:start]) + " " + "".join(item.text for item in items[start:end])
    body = ""
    if end < len(items) and items[end].text == "(":
        last = closing(items, end)
        kept = [column(part) for part in split_at_commas(items[end + 1 : last])]
        body = " (" + ", ".join(part for part in kept if part) + ")"
        end = last + 1
    query = table_attributes(items, end)
    if query is None:
        return head + body
    # The query keeps its blanks: it is cut from the text behind the last attribute.
    return head + body + " AS " + functions(query_text(sql, items[query].text, query), -1, -1)


def query_text(sql, _, index):
    """The text from the code token with an index on."""
    position, seen = 0, 0
    for token in tokens(sql):
        if token.kind not in ("space", "comment"):
            if seen == index:
                return sql[position:]
            seen += 1
        position += len(token.text)
    return ""


def table_attributes(items, index):
    """Reads DISTSTYLE, DISTKEY, SORTKEY, ENCODE AUTO, BACKUP; returns where a query begins, or None."""
    while index < len(items):
        word = items[index].word
        if word == "AS":
            return index + 1
        if word in ("DISTSTYLE", "BACKUP", "ENCODE"):
            index += 2
        elif word in ("COMPOUND", "INTERLEAVED"):
            index += 1
        elif word in ("DISTKEY", "SORTKEY"):
            if index + 1 < len(items) and items[index + 1].text == "(":
                index = closing(items, index + 1) + 1
            else:
                index += 2  # SORTKEY AUTO
        else:
            raise Refusal("42601", f'syntax error at or near "{items[index].text}"')
    return None


def column(part):
    """One line of a table; nothing for keys, which Redshift does not enforce."""
    words = [item.word for item in part]
    if words[0] in ("PRIMARY", "UNIQUE", "FOREIGN"):
        return ""
    if words[0] == "CONSTRAINT":
        return ""
    if words[0] == "LIKE":
        return "LIKE " + "".join(item.text for item in part[1:2]) + rest_of_name(part, 2) + " INCLUDING CONSTRAINTS"
    name = part[0].text
    kind, check, index = data_type(part, 1, name)
    kept = []
    while index < len(part):
        word = words[index]
        if word == "ENCODE":
            index += 2
        elif word in ("DISTKEY", "SORTKEY", "UNIQUE"):
            index += 1
        elif word == "PRIMARY":
            index += 2
        elif word == "REFERENCES":
            index += 2
            if index < len(part) and part[index].text == "(":
                index = closing(part, index) + 1
        elif word == "IDENTITY":
            last = closing(part, index + 1)
            start, _, step = (item.text for item in part[index + 2 : last])
            kept.append(f"GENERATED ALWAYS AS IDENTITY (START {start} INCREMENT {step})")
            index = last + 1
        else:
            kept.append(part[index].text)
            index += 1
    return " ".join([name, kind] + kept + check)


def rest_of_name(part, index):
    return "".join(item.text for item in part[index : index + 2]) if part[index : index + 1] and part[index].text == "." else ""


def data_type(part, index, name):
    """A type, the check that counts its bytes, and where the next word stands."""
    words = [item.word for item in part[index : index + 2]]
    if words[0] == "SUPER":
        return "jsonb", [], index + 1
    if words[0] in ("VARCHAR", "TEXT", "NVARCHAR", "CHAR", "CHARACTER", "BPCHAR"):
        index += 2 if words[:2] == ["CHARACTER", "VARYING"] else 1
        width = 256 if words[0] != "CHAR" else 1
        if index < len(part) and part[index].text == "(":
            last = closing(part, index)
            given = part[index + 1].text
            width = MAXIMUM_WIDTH if given.upper() == "MAX" else int(given)
            index = last + 1
        if width > MAXIMUM_WIDTH:
            raise Refusal("42601", f"length for type character varying cannot exceed {MAXIMUM_WIDTH}")
        return "text", [f"CHECK (octet_length({name}) <= {width})"], index
    kept = [part[index].text]
    index += 1
    while index < len(part) and part[index].word in ("PRECISION", "WITH", "WITHOUT", "TIME", "ZONE", "VARYING"):
        kept.append(part[index].text)
        index += 1
    if index < len(part) and part[index].text == "(":
        last = closing(part, index)
        kept.append("".join(item.text for item in part[index : last + 1]))
        index = last + 1
    return " ".join(kept), [], index


def alter_table(items):
    """ADD COLUMN with a type of Redshift; keys are taken and forgotten; DISTKEY and SORTKEY change nothing."""
    words = [item.word for item in items]
    if "ADD" in words:
        at = words.index("ADD")
        rest = items[at + 1 :]
        if rest[0].word in ("PRIMARY", "UNIQUE", "FOREIGN", "CONSTRAINT"):
            return "SELECT 1 WHERE FALSE"
        if rest[0].word == "COLUMN":
            rest = rest[1:]
        return " ".join(item.text for item in items[:at]) + " ADD COLUMN " + column(rest)
    if "ALTER" in words[1:] and any(word in ("DISTKEY", "SORTKEY", "DISTSTYLE", "ENCODE") for word in words):
        return "SELECT 1 WHERE FALSE"
    return " ".join(item.text for item in items)


# --- functions -------------------------------------------------------------------------------------------------------


def functions(sql, copy_id, copy_count):
    items = list(tokens(sql))
    output = []
    index = 0
    while index < len(items):
        token = items[index]
        following = next((i for i in range(index + 1, len(items)) if items[i].kind not in ("space", "comment")), None)
        called = following is not None and items[following].text == "(" and token.kind == "word"
        word = token.word
        if called and word in ("DATEDIFF", "DATEADD"):
            unit = next(i for i in range(following + 1, len(items)) if items[i].kind not in ("space", "comment"))
            output.append(f"{token.text}('{items[unit].text.strip(chr(39)).lower()}'")
            index = unit + 1
        elif called and word == "CAST":
            last = closing(items, following)
            output.append(cast(items[following + 1 : last], copy_id, copy_count))
            index = last + 1
        elif called and word == "LISTAGG":
            text, index = listagg(items, following, copy_id, copy_count)
            output.append(text)
        elif called and word in ("PG_LAST_COPY_ID", "PG_LAST_COPY_COUNT"):
            output.append(str(copy_id if word == "PG_LAST_COPY_ID" else copy_count))
            index = closing(items, following) + 1
        elif called and word == "VERSION":
            output.append("CAST('PostgreSQL 8.0.2, a stand-in for Redshift' AS text)")
            index = closing(items, following) + 1
        elif not called and word == "SYSDATE":
            output.append("getdate()")
            index += 1
        else:
            output.append(token.text)
            index += 1
    return "".join(output)


def cast(inner, copy_id, copy_count):
    """A cast; one to VARCHAR(n) cuts at n bytes, as Redshift's does."""
    visible = [i for i, item in enumerate(inner) if item.kind not in ("space", "comment")]
    depth, at = 0, None
    for i in visible:
        depth += {"(": 1, ")": -1}.get(inner[i].text, 0) if inner[i].kind == "symbol" else 0
        if depth == 0 and inner[i].word == "AS":
            at = i
    value = functions("".join(item.text for item in inner[:at]), copy_id, copy_count).strip()
    kind = [item for item in inner[at + 1 :] if item.kind not in ("space", "comment")]
    if kind[0].word == "SUPER":
        return f"to_jsonb({value})"
    if kind[0].word in ("VARCHAR", "TEXT", "CHAR", "CHARACTER", "NVARCHAR"):
        numbers = [item.text for item in kind if item.kind == "number"]
        return f"redshift_cut(CAST({value} AS text), {numbers[0] if numbers else 256})"
    return f"CAST({value} AS {' '.join(item.text for item in kind)})"


def listagg(items, start, copy_id, copy_count):
    """LISTAGG(x, ',') WITHIN GROUP (ORDER BY y) as string_agg."""
    last = closing(items, start)
    visible = [i for i in range(last + 1, len(items)) if items[i].kind not in ("space", "comment")][:3]
    inner = functions("".join(item.text for item in items[start + 1 : last]), copy_id, copy_count)
    if [items[i].word for i in visible[:2]] == ["WITHIN", "GROUP"]:
        end = closing(items, visible[2])
        order = "".join(item.text for item in items[visible[2] + 1 : end])
        return f"string_agg({inner} {order})", end + 1
    return f"string_agg({inner})", last + 1


# --- names -----------------------------------------------------------------------------------------------------------


def literal(token):
    return unquoted(token.text)
