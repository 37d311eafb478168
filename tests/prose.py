"""What the tests of prose share: the texts of the book, and how to find a number typed in them."""

import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted((ROOT / "book").glob("*.md"))
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))

# Parts of MyST that are not prose: code, roles with their content, addresses, labels, front matter.
NOT_PROSE = re.compile(
    r"\A---\n.*?\n---\n|^(`{3,}|~{3,}).*?^\1|^:{3,}.*?$|^:\w+:.*?$|\{[\w:+-]+\}`[^`]*`|`[^`]*`|\]\([^)]*\)|^\([\w-]+\)=$|<[^>]+>",
    re.MULTILINE | re.DOTALL,
)
NUMBER_WORDS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|"
    "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|dozens?"
)
TYPED = re.compile(rf"\d[\d.,]*|\b(?:{NUMBER_WORDS})\b", re.IGNORECASE)

# Numbers that are part of a name, of a rule quoted from a source, or of a sentence about words; nothing that data move.
ALLOWED = {
    "Python 3.11": "version",
    "ShareAlike 4.0": "version of the licence",
    "about four in five reported places lay within fifty kilometres": "quoted from the cited study",
    "“over three months”": "words of the article",
    "(“four days later”)": "words of the article, quoted as an example",
    "two or more": "rule",
    "“Dozens” is coded as a low of two dozen": "rule of coding",
    "Two commands": "the commands that follow",
    "With ten minutes": "a reader's time",
}


def markdown(notebook):
    """The prose of a notebook: its markdown cells, one text."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return "\n\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")


def texts():
    """(name, text) of every page and notebook."""
    return [(page.name, page.read_text(encoding="utf-8")) for page in PAGES] + [
        (nb.name, markdown(nb)) for nb in NOTEBOOKS
    ]


PLAIN_QUOTES = str.maketrans("‘’“”", "''\"\"")  # the pages have curly ones

# Key to text of each published number; tests/unit/headline/test_headline.py holds them against the computed ones.
PUBLISHED = json.loads((ROOT / "tests" / "expected" / "headline.json").read_text(encoding="utf-8"))
GLUE = re.compile(r"\{glue:text\}`([^`]+)`")
FENCED = re.compile(r"^(`{3,})(\{)?.*?^\1$", re.MULTILINE | re.DOTALL)  # a directive, or code that a page prints


def glued(text):
    """What a text glues: keys, with the notebook before those of another page."""
    return GLUE.findall(FENCED.sub(lambda fenced: fenced[0] if fenced[2] else "", text))


def quoted_keys():
    """The key of every computed number that a page or a notebook quotes."""
    return {reference.rpartition("::")[2].partition(":")[0] for _, text in texts() for reference in glued(text)}


def said_alike(text):
    """A text as a page and its source say it alike: white space and the form of quotation marks apart."""
    return " ".join(text.translate(PLAIN_QUOTES).split()).removesuffix("#").strip()


def captions_of(article):
    """What a page says below its figures and over its tables, in order; the title that stands in a drawing is not said again."""
    captions = article.select("figcaption, caption")
    return [
        said_alike(
            "".join(part for part in caption.find_all(string=True) if not part.find_parent(class_="drawn-heading"))
        )
        for caption in captions
    ]


def typed_numbers(text):
    """Numbers written out in prose, as digits or words, each with the words around it."""
    for phrase in ALLOWED:
        text = text.replace(phrase, "")
    prose = NOT_PROSE.sub(" ", text)
    return [prose[max(0, hit.start() - 30) : hit.end() + 30].replace("\n", " ") for hit in TYPED.finditer(prose)]
