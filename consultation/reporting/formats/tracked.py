"""The change from draft to revised wording as Word's own tracked changes, with a comment on each.

Accepting all gives the revised wording, rejecting all the draft, so the people who decide can do either, one by one.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any
from xml.sax.saxutils import quoteattr

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from consultation.reporting.formats import word_style, word_xml
from consultation.reporting.formats.zipped import repacked
from consultation.reporting.revisions import Revision, Stretch
from consultation.reporting.rows import plain
from consultation.text import printable
from consultation.words import Words


def render(revisions: Sequence[Revision], words: Words, *, title: str, author: str, dated: str) -> bytes:
    """A .docx in the built-in look, its revisions by `author` on the day `dated` (ISO)."""
    document = Document(io.BytesIO(word_style.built_in(words.language)))
    body = document.element.body
    for part in list(body)[:-1]:  # all but the section's properties
        body.remove(part)
    for section in document.sections:
        for running in (section.header, section.footer):
            for paragraph in running.paragraphs:
                paragraph.text = title if running is section.header else ""
    document.add_paragraph(printable(title), style="Title")
    document.add_paragraph(words("tracked.lead"), style="Normal")
    mark = _Marker(document, author, dated)
    for revision in revisions:
        for part in _parts(revision, mark):
            body.insert(len(body) - 1, parse_xml(part.replace("<w:p>", f"<w:p {nsdecls('w')}>", 1)))
    core = document.core_properties
    core.title, core.author, core.language, core.last_modified_by = title, author, words.language, author
    core.comments = ""
    out = io.BytesIO()
    document.save(out)
    return repacked(out.getvalue(), dated)


class _Marker:
    """Numbers the revisions and adds the comments of one document."""

    def __init__(self, document: Any, author: str, dated: str) -> None:
        self.comments = document.comments
        self.who = f"w:author={quoteattr(printable(author))} w:date={quoteattr(dated + 'T00:00:00Z')}"
        self.author, self.dated, self.number = author, dated, 0

    def change(self, name: str) -> str:
        """The attributes of the next revision mark."""
        self.number += 1
        return f'<w:{name} w:id="{self.number}" {self.who}'

    def comment(self, text: str) -> int:
        comment = self.comments.add_comment(text=printable(text), author=self.author, initials=self.author[:2].upper())
        comment._comment_elm.set(qn("w:date"), f"{self.dated}T00:00:00Z")
        return int(comment.comment_id)


def _parts(revision: Revision, mark: _Marker) -> Iterator[str]:
    yield word_xml.paragraph(plain(printable(revision.heading)), "Heading2")
    if revision.note:
        yield word_xml.paragraph(plain(printable(revision.note)), "Note")
    came = revision.stretches[0].new if revision.whole else ""
    whole = f"<w:rPr>{mark.change('ins' if came else 'del')}/></w:rPr>" if revision.whole else ""
    told = "".join(_stretch(stretch, mark) for stretch in revision.stretches)
    yield f'<w:p><w:pPr><w:pStyle w:val="Normal"/>{whole}</w:pPr>{told}</w:p>'


def _stretch(stretch: Stretch, mark: _Marker) -> str:
    if stretch.same:
        return f"<w:r>{word_xml.text(printable(stretch.same))}</w:r>"
    told = ""
    if stretch.gone:
        gone = word_xml.text(printable(stretch.gone)).replace("w:t>", "w:delText>").replace("<w:t ", "<w:delText ")
        told += f"{mark.change('del')}><w:r>{gone}</w:r></w:del>"
    if stretch.new:
        told += f"{mark.change('ins')}><w:r>{word_xml.text(printable(stretch.new))}</w:r></w:ins>"
    if not stretch.comment:
        return told
    number = mark.comment(stretch.comment)
    return (
        f'<w:commentRangeStart w:id="{number}"/>{told}<w:commentRangeEnd w:id="{number}"/>'
        f'<w:r><w:commentReference w:id="{number}"/></w:r>'
    )
