"""The files inside the PDF: what is taken, how it is told, and what is refused."""

import json
import subprocess

import pypdf
import pytest

from bookpress.book.attachments import NUMBERS, collect, read_package
from bookpress.book.edition import EditionError


@pytest.fixture
def package(small_book):
    return read_package(small_book / "data" / "datapackage.json")


def test_the_digest_is_what_the_printed_command_gives_a_reader_of_the_pdf(package, built_book, tmp_path):
    for name, (content,) in pypdf.PdfReader(built_book / "build" / "small-book-1.2.0.pdf").attachments.items():
        (tmp_path / name).write_bytes(content)
    run = subprocess.run(package.check, shell=True, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert run.stdout.split()[0] == package.digest


def test_one_changed_byte_changes_the_digest(package, small_book):
    table = small_book / "data" / "shapes.csv"
    table.write_text(table.read_text().replace("4", "5"))
    assert read_package(package.descriptor).digest != package.digest


def test_the_package_comes_first_then_what_is_named_then_quoted_numbers_and_the_data_of_figures_and_tables(
    package, small_book, built_book
):
    found = collect(small_book / "book", built_book / "build" / "html", package)
    assert [(file.path.name, file.relationship, file.description) for file in found] == [
        ("datapackage.json", "data", "Shapes: descriptor of the tables"),
        ("shapes.csv", "data", "Shapes: One row is one shape."),
        ("01-shapes.ipynb", "source", "The notebook"),
        ("CITATION.cff", "supplement", "How to cite"),
        ("quoted-numbers.csv", "data", NUMBERS),
        ("fig-shapes.csv", "data", "Data (CSV) of Figure 1"),
        ("tab-shapes-grouped.csv", "data", "Data (CSV) of Table 2"),
        ("tab-shapes.csv", "data", "Data (CSV) of Table 1"),
    ]


def test_a_reader_of_the_pdf_gets_the_files_it_was_built_from(built_book, package):
    pdf = pypdf.PdfReader(built_book / "build" / "small-book-1.2.0.pdf")
    for path in [*(built_book / "data").iterdir(), built_book / "CITATION.cff", *(built_book / "notebooks").iterdir()]:
        assert pdf.attachments[path.name] == [path.read_bytes()]
    assert package.digest in "".join(page.extract_text() for page in pdf.pages).replace("\n", "")


def attach(entry):
    def change(project):
        config = project / "book" / "_config.yml"
        config.write_text(
            config.read_text().replace(
                "{files: ../CITATION.cff, relationship: supplement, description: How to cite}", entry
            )
        )

    return change


def descriptor(change):
    def apply(project):
        file = project / "data" / "datapackage.json"
        fields = json.loads(file.read_text())
        change(fields)
        file.write_text(json.dumps(fields))

    return apply


FAULTS = {
    "a pattern without files": (
        attach("{files: ../gone.md, relationship: data, description: x}"),
        "_config.yml: bookpress: attach: ../gone.md: no such file",
    ),
    "an unknown relationship": (
        attach("{files: ../CITATION.cff, relationship: friend, description: x}"),
        "relationship 'friend' is none of",
    ),
    "an entry without description": (
        attach("{files: ../CITATION.cff, relationship: data}"),
        "needs files, relationship and description",
    ),
    "a table that is gone": (lambda project: (project / "data" / "shapes.csv").unlink(), "shapes.csv is missing"),
    "a descriptor that is no JSON": (
        lambda project: (project / "data" / "datapackage.json").write_text("{"),
        "datapackage.json: Expecting",
    ),
    "a descriptor that is gone": (lambda project: (project / "data" / "datapackage.json").unlink(), "No such file"),
    "a descriptor without version": (descriptor(lambda fields: fields.pop("version")), "field 'version' is missing"),
    "a table without title": (
        descriptor(lambda fields: fields["resources"][0].pop("title")),
        "field 'title' is missing",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named(small_book, built_book, fault):
    change, told = FAULTS[fault]
    change(small_book)
    with pytest.raises(EditionError, match=None) as caught:
        collect(
            small_book / "book", built_book / "build" / "html", read_package(small_book / "data" / "datapackage.json")
        )
    assert told in str(caught.value)
