"""Writes the Typst of each page, node by node."""

from dataclasses import replace
from functools import partial

from bookpress.errors import PressError

from .. import placement, tree
from ..columns import column_count, is_group_name, lay_out, lay_out_alike
from ..measures import COLUMN, SET_IN
from ..order import read_from_the_right
from ..tags import ABBREVIATION, LABEL, ROW_ID
from ..tree import plain_text, walk
from .code import code_arguments
from .literals import boolean, quoted
from .nodes import cell_arguments, is_short_section, labels_of, last_rows, lead_ins, name_of, naming_columns, parting
from .short import bare, dated, first_sentence, host, is_bare, short_name, without_pages, words_and_addresses

TEXT_SIZE = 11  # points; as in report.typ
UNEVEN = 30  # letters; a longer word makes gaps in a line that is set flush
LONG_BOX = 800  # letters; a longer box may break over pages, others stay whole
COLUMNS, COLUMNS_END = "#in-columns[\n", "] // in columns\n\n"  # around a bibliography; parts of one share them
ACROSS, ACROSS_END = "#across[\n", "] // across\n\n"  # around tables on pages across; one and the next share them
MANY_TABLES = 15  # of an annex, each in a section of its own: a work of reference, of which the lists have none
IN_ITEM, IN_BOX = "1.25em", "10pt"  # how far words of a list's item, or of a box, are set in; report.typ sets the same


class Writer:
    """Writes one page after the other, and remembers what a later one asks of an earlier."""

    def __init__(self, pages, paper="a4"):
        nodes = list(walk(page.blocks for page in pages))
        references = [node for node in nodes if isinstance(node, tree.Reference)]
        self.labels = labels_of(nodes)
        self.sources = {node.label: short_name(node) for node in nodes if isinstance(node, tree.Entry)}
        self.cited = {plain_text(node.children).strip() for node in references if node.label in self.sources}
        links = [node for node in nodes if isinstance(node, tree.Link)]
        self.bare = {node.url for node in links} - {node.url for node in links if not is_bare(node)}
        self.addresses = {}  # of sources: what links to them are announced by
        self.called = {self.labels.get(node.label, node.label) for node in references}
        self.from_the_right = frozenset(read_from_the_right(nodes))
        self.name = self.part = ""  # of the page being written
        self.is_annex = False  # whether that page is one, which begins a page of the paper
        self.in_part = False  # whether a part has opened: its chapters stand one level below it
        self.paged = set()  # labels whose page the paragraph has told already
        self.brackets = 0  # round brackets that are open in the paragraph
        self.paper = paper
        self.top = True  # whether the block stands on the page itself, not in a list or box
        self.inward = IN_ITEM  # how far it is set in there
        self.images = {}
        self.said_first = ""  # before the words for the pictures of a figure: its number
        self.waits = set()  # the ids of headings before which figures must stand
        self.lead = set()  # the ids of paragraphs that stand on one page with the table or code below them
        self.led = set()  # the ids of these tables
        self.unlisted = set()  # the ids of tables that the lists leave out, for a heading says of each what it is
        self.parting = set()  # the ids of headings that part a bibliography of the page
        self.layouts = {}  # by the id of a table
        self.named_by = []  # of each table written, the columns that name its rows
        self.set_apart = []  # what a tag of their own makes of words, in their order: see `Source`
        self.in_text = False  # whether a paragraph of the running text is written, whose abbreviations are explained

    def page(self, page):
        self.name, self.part = page.name, page.part
        self.in_part = self.in_part or bool(page.part)
        self.parting = parting(page.blocks)
        self.is_annex = page.number.isalpha()
        opening = f"#show: annex.with({quoted(page.number)})\n" if self.is_annex else ""
        for tables in placement.alike(page.blocks):
            self.layouts |= zip(map(id, tables), lay_out_alike(tables, placement.forms_of(self.paper)) or ())
        if self.is_annex:
            for table in placement.tables_across(page.blocks, self.layout, self.height_of):
                self.layout(table, across=self.layout(table).form.name != "landscape")
        return opening + self.blocks(page.blocks, top=True)

    def above_table(self, nodes):
        """How many of some blocks stand above a table on its page across: a heading and few words below it, else none."""
        if not isinstance(nodes[0], tree.Heading) or (nodes[0].level == 1 and not self.is_annex):
            return 0
        first = next((number for number, node in enumerate(nodes) if isinstance(node, tree.Table)), 0)
        before = nodes[:first]
        few = len(plain_text(before)) < placement.FEW_WORDS and not any(
            isinstance(node, tree.Figure) for node in before
        )
        return first if few and first and self.layout(nodes[first]).form.name == "landscape" else 0

    def cover(self, pages, name):
        """The name of the picture of a figure; `name` is the one that its author gave."""
        for node in walk(page.blocks for page in pages):
            if isinstance(node, tree.Figure) and node.label.rpartition("--")[2] == name:
                return next(self.images[image.path] for image in walk(node.blocks) if isinstance(image, tree.Image))
        raise PressError(f"the cover: no figure that is printed has the name {name}")

    # --- inline -------------------------------------------------------------------------------------------------------

    def inlines(self, nodes):
        return "".join(self.inline(node) for node in nodes)

    def inline(self, node):
        return getattr(self, f"inline_{type(node).__name__.lower()}")(node)

    def inline_text(self, node):
        self.brackets += node.text.count("(") - node.text.count(")")
        return "".join(
            f"#address({quoted(run)});" if kind == "address" else f"#{quoted(run)};"
            for kind, run in words_and_addresses(node.text)
        )

    def inline_styled(self, node):
        return f"#{node.style}[{self.inlines(node.children)}];"

    def inline_code(self, node):
        return f"#inline-code({quoted(node.text)});"

    def inline_link(self, node):
        return f"#link({quoted(node.url)})[{self.inlines(node.children)}];"

    def inline_reference(self, node):
        label = self.labels.get(node.label)
        if label is None:
            raise PressError(f"page {self.name}: link to {node.label}: is not printed anywhere")
        if label in self.sources:
            words = dated(node.children) if self.in_text else node.children  # columns of tables reckon with the blank
            return f"#citation({quoted(label)})[{self.inlines(words)}];"
        bracketed = self.brackets > 0
        words = self.inlines(node.children)
        if node.with_page and label not in self.paged:
            self.paged.add(label)
            return f"#far-reference(label({quoted(label)}), bracketed: {boolean(bracketed)})[{words}];"
        return f"#reference(label({quoted(label)}))[{words}];"

    def inline_note(self, node):
        before, self.in_text = self.in_text, False  # it stands elsewhere among the tags
        words, self.in_text = self.inlines(node.children), before
        return f"#[#footnote[{words}]#label({quoted(node.label)})];"

    def inline_noteagain(self, node):
        return f"#footnote(label({quoted(node.label)}));"

    def inline_language(self, node):
        return f"#foreign({quoted(node.lang)}, {quoted(node.direction)})[{self.inlines(node.children)}];"

    def inline_abbreviation(self, node):
        words = self.inlines(node.children)
        self.set_apart += [(ABBREVIATION, node.name, node.lang)] * self.in_text
        return f"#set-apart[{words}];" if self.in_text else words

    def inline_rowid(self, node):
        self.set_apart.append((ROW_ID, node.text, ""))
        return f"#row-id({quoted(node.text)});"

    def inline_drawn(self, node):
        return ""

    def inline_anchor(self, node):
        if node.label in self.called and self.labels[node.label] == node.label:
            return f"#anchor({quoted(node.label)});"
        return ""

    def inline_linebreak(self, node):
        return "#linebreak();"

    def inline_image(self, node):
        return f"#inline-picture({self.image_arguments(node)});"

    def inline_formula(self, node):
        if node.width * TEXT_SIZE > COLUMN:
            raise PressError(
                f"page {self.name}: the formula {node.alt}: is wider than the column; write it as several, one below another"
            )
        return f"#formula({quoted(self.image_name(node.path))}, {quoted(node.alt)}, {node.height}, {node.drop});"

    # --- block --------------------------------------------------------------------------------------------------------

    def blocks(self, nodes, top=False):
        before, self.top = self.top, top
        self.lead |= lead_ins(nodes)
        if top:
            nodes = placement.at_section_ends(nodes)
            letters = partial(placement.letters_of, height_of=self.height_of, paper=self.paper)
            self.waits |= placement.waiting(nodes, letters)
            if self.is_annex:
                short = list(filter(is_short_section, zip(nodes, nodes[1:], nodes[2:])))
                self.lead |= {id(words) for _, words, _ in short}
                self.led |= {id(table) for *_, table in short}
                if len(short) > MANY_TABLES:
                    self.unlisted |= {id(table) for heading, _, table in short if heading.level > 1}
        written, number = "", 0
        runs = dict(placement.runs_of(nodes, self.parts, letters)) if top else {}
        ends = list(runs.values())
        while number < len(nodes):
            is_inside = number in runs and any(start < number < end for start, end in runs.items())
            room = placement.room_to_call(nodes[number:], self.paper, is_inside) if top else None
            if number in runs:
                words = next((node for node in nodes[number : runs[number]] if not isinstance(node, tree.Figure)), None)
                heads, needed = boolean(isinstance(words, tree.Heading)), f"{room:.0f}pt" if room else "none"
                written += f"#run(heads: {heads}, room: {needed})[\n"
            elif room:
                written += f"#room-for({room:.0f}pt)\n"
            count = self.above_table(nodes[number:]) if top else 0
            part = "".join(map(self.block, nodes[number : number + max(count, 1)]))
            written += f"{ACROSS}#above-table[{part}]\n{ACROSS_END}" if count else part
            number += max(count, 1)
            written += "]\n\n" * ends.count(number)
        self.top = before
        return written.replace(ACROSS_END + ACROSS, "").replace(COLUMNS_END + COLUMNS, "")

    def block(self, node):
        if isinstance(node, tree.Paragraph):
            self.paged, self.brackets = set(), 0
        return getattr(self, f"block_{type(node).__name__.lower()}")(node)

    def block_heading(self, node):
        flush = "#place.flush()\n" if id(node) in self.waits else ""
        if node.number:
            self.set_apart.append((LABEL, node.number, ""))
        number = quoted(node.number) if node.number else "none"
        label = quoted(node.labels[0]) if node.labels else "none"
        level, opening = min(node.level + self.in_part, 6), ""
        if node.level == 1:
            part = quoted(self.part) if self.part else "none"
            opening, self.part = f"#opening(part: {part}, fresh: {boolean(self.is_annex)})\n", ""
        is_parting = id(node) in self.parting
        # the contents have of annexes their names alone
        listed = node.level == 1 or not (self.is_annex or is_parting)
        arguments = f"{level}, {node.level}, {number}, {label}, listed: {boolean(listed)}"
        written = f"{opening}{flush}#head({arguments})[{self.inlines(node.children)}]\n\n"
        return f"{COLUMNS}{written}{COLUMNS_END}" if is_parting else written

    def block_paragraph(self, node):
        self.in_text, label = bool(node.number), len(self.set_apart)
        words, self.in_text = self.inlines(node.children), False
        if not words:
            return ""
        if node.number:
            self.set_apart.insert(label, (LABEL, node.number, ""))
            words = f"#paragraph-number({quoted(node.number)}, inward: {'0pt' if self.top else self.inward});{words}"
        if node.lang or node.direction:
            return f"#foreign-paragraph({quoted(node.lang)}, {quoted(node.direction)})[{words}]\n\n"
        if any(len(word) > UNEVEN for word in plain_text(node.children).split()):
            words = f"#ragged[{words}]"
        return f"#leading-on[{words}]\n\n" if id(node) in self.lead else f"{words}\n\n"

    def block_image(self, node):
        return f"#picture({self.image_arguments(node)}, hanging: {boolean(self.top)})\n\n"

    def block_list(self, node):
        items = ", ".join(self.item(item) for item in node.items)
        tight = f"tight: {boolean(node.tight)}"
        if node.tasks:
            return f"#tasks({items})\n\n"
        if node.ordered:
            return f"#enum(start: {node.start}, numbering: {quoted(node.numbering)}, {tight}, {items})\n\n"
        return f"#list({tight}, {items})\n\n"

    def item(self, blocks):
        """An item of a list; a short one stays whole, so that no figure parts it."""
        short = len(plain_text(blocks)) < LONG_BOX and all(isinstance(node, tree.Paragraph) for node in blocks)
        return f"whole[{self.blocks(blocks)}]" if short else f"[{self.blocks(blocks)}]"

    def block_definitions(self, node):
        items = []
        for terms, blocks in node.items:
            words = "#linebreak();".join(self.inlines(term) for term in terms)
            items.append(f"terms.item([{words}], [{self.blocks(blocks)}])")
        return f"#terms({', '.join(items)})\n\n"

    def block_quote(self, node):
        return f"#quote(block: true)[{self.blocks(node.blocks)}]\n\n"

    def block_admonition(self, node):
        return f"#admonition({quoted(node.kind)}, {self.box(node)})\n\n"

    def block_titled(self, node):
        return f"#titled({self.box(node)})\n\n"

    def box(self, node):
        self.set_apart += [(LABEL, "", "")] if node.title else []
        title, self.inward = self.inlines(node.title), IN_BOX
        body, self.inward = self.blocks(node.blocks), IN_ITEM
        return f"[{title}], [{body}], long: {boolean(len(plain_text(node.blocks)) > LONG_BOX)}"

    def block_codeblock(self, node):
        return f"#code-block({quoted(node.kind)}, {code_arguments(node.text, COLUMN if self.top else COLUMN - SET_IN)})\n\n"

    def block_rule(self, node):
        return "#rule()\n\n"

    def block_bibliography(self, node):
        # No key if the book cites by author and year.
        marks = {entry: entry.mark if entry.mark in self.cited else "" for entry in node.entries}
        for entry in node.entries:
            for link in walk(entry.children):
                if isinstance(link, tree.Link) and link.url in self.bare:
                    self.addresses.setdefault(link.url, f"{self.sources[entry.label]}, {host(link.url)}")
        entries = (
            f"entry({quoted(e.label)}, {quoted(marks[e])}, {quoted(self.sources[e.label])})[{self.inlines(e.children)}]"
            for e in node.entries
        )
        return f"{COLUMNS}#entries({', '.join(entries)})\n{COLUMNS_END}"

    def block_figure(self, node):
        said = f"page {self.name}: <figure> {(node.caption and node.caption.number) or node.label}"
        arguments = f"{quoted(node.label)}, {self.caption(node.caption)}, {self.number(node.caption)}, moves: {boolean(self.top)}, said: {quoted(said)}"
        self.said_first = f"{node.caption.number}. " if node.caption and node.caption.number else ""
        body, self.said_first = self.blocks(node.blocks, top=self.top), ""
        return f"#figure-of({arguments})[{body}]\n\n"

    def number(self, caption):
        return f"number: {quoted(caption.number)}" if caption and caption.number else "number: none"

    def caption(self, node):
        """The caption in two dresses: in full, and its first sentence bare of notes and links for the lists of figures and tables."""
        if node is None:
            return "none"
        legend = f"[{self.blocks(node.legend)}]" if node.legend else "none"
        listed = self.inlines(first_sentence(bare(node.children)))
        # A page reference in a caption would be one more number among its numbers.
        full = self.inlines(without_pages(node.children))
        return f"caption-of({quoted(node.number)}, [{full}], [{listed}], legend: {legend})"

    def layout(self, node, across=False):
        """The layout of a table, worked out once, and once more where it is told to stand across. Raises PressError for one that fits on no page."""
        if id(node) in self.layouts and not across:
            return self.layouts[id(node)]
        if not column_count(node):
            raise PressError(f"page {self.name}: <table> {node.label}: has no cells")
        layout = lay_out(replace(node, landscape=True) if across else node, placement.forms_of(self.paper, self.top))
        if layout is None:
            raise PressError(
                f"page {self.name}: <table> {name_of(node)}: is too wide for a page; show fewer columns, or leave it to the screen with the"
                " class or the cell's tag noprint"
            )
        self.layouts[id(node)] = layout
        return layout

    def parts(self, nodes):
        """Whether the first of some blocks ends a run: the name of a chapter, or a table over pages or on pages across with what stands above it."""
        node = nodes[0]
        if isinstance(node, tree.Table):
            return self.height_of(node) is None or self.layout(node).form.name == "landscape"
        return isinstance(node, tree.Heading) and (node.level == 1 or self.above_table(nodes) > 0)

    def height_of(self, node):
        """The height of a table in points, or None of one that may break over pages."""
        height = self.layout(node).height
        return height if placement.stands_whole(node, height) else None

    def block_table(self, node):
        layout = self.layout(node)
        head = sum(node.head, ())
        rows = [f"table.header({self.row(head)}, below-head)"] if head else []
        body = [row for row in node.body if row]
        self.named_by.append(naming_columns(body))
        is_long = self.height_of(node) is None
        last = len(body) - (last_rows(body, layout.heights) if is_long else 0)
        rows += [self.group_name(row[0]) if is_group_name(row) else self.row(row) for row in body[:last]]
        ending = "".join(
            f"{self.group_name(row[0], 'last-group-name') if is_group_name(row) else self.row(row)}, "
            for row in body[last:]
        )
        widths = ", ".join(f"{width:.1f}pt" for width in layout.widths)
        arguments = ", ".join(
            [
                quoted(node.label),
                self.caption(node.caption),
                quoted(layout.form.name),
                f"{layout.form.size}pt",
                f"({widths},)",
                f"({', '.join(layout.aligns)},)",
                self.number(node.caption),
                f"listed: {boolean(id(node) not in self.unlisted)}",
                f"gutter: {layout.gutter:.1f}pt",
                f"note: [{self.blocks(node.note)}]" if node.note else "note: none",
                f"opening: {placement.room_to_begin(layout, self.paper, id(node) in self.led):.1f}pt"
                if is_long
                else "opening: none",
                f"last: ({ending})",
            ]
        )
        written = f"#table-of({arguments},\n  " + ",\n  ".join(rows) + ")\n\n"
        return ACROSS + written + ACROSS_END if layout.form.name == "landscape" else written

    def row(self, cells):
        return ", ".join(self.cell(cell) for cell in cells)

    def group_name(self, cell, look="..group-name"):
        return f"{look}({cell.colspan})[{self.blocks(cell.blocks).strip()}]"

    def cell(self, cell):
        given = cell_arguments(cell)
        body = self.blocks(cell.blocks).strip()
        body = f"#strong[{body}]" if cell.head and body else body
        return f"table.cell({', '.join(given)})[{body}]" if given else f"[{body}]"

    def image_arguments(self, node):
        given = [quoted(self.image_name(node.path)), quoted(self.said_first + node.alt)]
        return ", ".join(given + [f"width: {node.width}"] * bool(node.width))

    def image_name(self, path):
        return self.images.setdefault(path, f"images/{len(self.images) + 1}{path.suffix.lower()}")
