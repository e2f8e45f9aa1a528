"""Where a rule comes from, in one short sentence."""

from django.utils.translation import gettext as _

from hatnhan.rulebook.rule import Rule


def reference(rule: Rule) -> str:
    """Document and place: "Quy định 294-QĐ/TW, mục 20.2"; in English "Regulation 294-QĐ/TW, item 20.2"."""
    document = rule.document
    kind = str(document.kind)
    name = kind if document.own or document.number == document.kind.vi else f"{kind} {document.number}"
    if not rule.article or not str(document.part):
        return name
    return _("%(document)s, %(part)s %(article)s") % {
        "document": name,
        "part": str(document.part),
        "article": rule.article,
    }


def doubt(rule: Rule) -> str:
    """Why the rule only warns, in a few words; empty for a verified rule and for the program's own conventions."""
    if rule.verified or rule.document.own:
        return ""
    if rule.carried and rule.document.replaced_by and rule.window.start >= rule.document.window.end:
        return _("văn bản này đã được thay bằng %(document)s, quy định mới chưa đối chiếu với văn bản gốc") % {
            "document": rule.document.replaced_by
        }
    if rule.mark == "L":
        return _("hướng dẫn của một địa phương, nơi khác có thể quy định khác")
    return _("chưa đối chiếu với văn bản gốc")


def sentence(rule: Rule) -> str:
    """The source as shown beside every refusal, warning and computed date."""
    why = doubt(rule)
    return f"{reference(rule)} ({why})" if why else reference(rule)


def sourced(rule: Rule) -> str:
    """The source of a rule in a sentence, and in words how it was seen, where that leaves a doubt."""
    seen = doubt(rule)
    return f"{sentence(rule)}; {seen}" if seen else sentence(rule)
