"""Words of the trade that explain themselves where they stand: on hover, focus or tap."""

from __future__ import annotations

from django import template
from django.template.base import NodeList, Parser, Token
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from quarterdeck.kernel.glossary import GLOSSARY
from quarterdeck.web import plain_words

register = template.Library()


@register.filter
def for_browser(text: object) -> str:
    """What an operation says, with pages in place of the commands of the terminal."""
    return plain_words.for_browser(str(text))


@register.tag
def term(parser: Parser, token: Token) -> TermNode:
    """`{% term "pace" %}Pace{% endterm %}`: the word with its meaning from the glossary. A word that the glossary lacks is a mistake."""
    parts = token.split_contents()
    name = parts[1].strip("\"'")
    if name not in GLOSSARY:
        raise template.TemplateSyntaxError(f"the glossary does not explain “{name}”")
    inside = parser.parse(("endterm",))
    parser.delete_first_token()
    return TermNode(name, inside)


class TermNode(template.Node):
    """The word, and its meaning in a bubble that needs no JavaScript."""

    def __init__(self, name: str, inside: NodeList) -> None:
        self.name, self.inside = name, inside

    def render(self, context: template.Context) -> SafeString:
        """The word with its bubble."""
        number = context.render_context.get("terms", 0) + 1
        context.render_context["terms"] = number
        return format_html(
            '<span class="term" tabindex="0" role="note" aria-describedby="term-{0}">{1}<span class="tip" role="tooltip" id="term-{0}">{2}</span></span>',
            f"{self.name.replace(' ', '-')}-{number}",
            conditional_escape(self.inside.render(context)),
            GLOSSARY[self.name],
        )
