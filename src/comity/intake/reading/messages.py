"""What a reading says to a person: every sentence has a code, so that the web can translate it."""

from dataclasses import dataclass, field


def N_(sentence: str) -> str:  # noqa: N802  (the name that message extraction knows)
    """Mark a sentence for translation without translating it here."""
    return sentence


REFUSALS: dict[str, str] = {
    "missing": N_("The file “{name}” was not found. Check its name and place."),
    "directory": N_("“{name}” is a folder, not a file. Choose the document in it."),
    "unreadable": N_("The file “{name}” could not be opened. Check the rights to read it."),
    "empty": N_("The file is empty (0 bytes). Send it again."),
    "too_large": N_(
        "The file has {size} MB; at most {limit} MB are read. Split it or drop pictures."
    ),
    "picture": N_(
        "The file is a picture, not a document. Send the Word, Excel or text PDF original."
    ),
    "program": N_("The file is a program, not a document. Only documents are read."),
    "rtf": N_("The file is in RTF. Open it in Word, save it as .docx and send it again."),
    "archive": N_("The file is an archive. Unpack it and send the document itself."),
    "legacy_word": N_(
        "The file is in the old Word format. Save it as .docx (or .odt) and send it again."
    ),
    "legacy_excel": N_("The file is in the old Excel format. Save it as .xlsx and send it again."),
    "legacy_office": N_(
        "The file is in an old office format. Save it as .docx or .xlsx and send it again."
    ),
    "password": N_(
        "The file is protected by a password. Save it without a password and send it again."
    ),
    "damaged": N_("The file is damaged or incomplete. Ask for it to be sent again."),
    "unpacks_too_large": N_(
        "The file unpacks to more than {limit} MB, which no programme of measures needs. "
        "Save it anew and send it again."
    ),
    "too_many_members": N_(
        "The file has more than {limit} parts inside. Save it anew in Word or Excel."
    ),
    "doctype": N_(
        "The file declares XML entities, which no office program writes. It was not read."
    ),
    "slides": N_("The file is a presentation. Send the programme as a Word, Excel or PDF file."),
    "opendocument_other": N_(
        "The file is an OpenDocument file of another kind than text. Save it as .odt or .xlsx."
    ),
    "binary_workbook": N_(
        "The file is a binary Excel workbook. Save it as .xlsx and send it again."
    ),
    "unknown_zip": N_("The file is neither a Word nor an Excel nor an OpenDocument text file."),
    "unknown": N_(
        "The kind of the file was not recognised. Send .docx, .odt, .xlsx, .csv, .pdf or .html."
    ),
    "office_xml": N_(
        "The file is a single XML office file. Save it as .docx or .xlsx and send it again."
    ),
    "web_archive": N_("The file is a web archive. Save the page as .html and send it again."),
    "plain_text": N_(
        "The file is plain text without a table. Send the table as .docx, .xlsx or .csv."
    ),
    "too_many_rows": N_("The file has more than {limit} rows. Split it into several files."),
    "too_many_pages": N_(
        "The PDF has {pages} pages; at most {limit} are read. Send the part with the table."
    ),
    "too_slow": N_(
        "The file took longer than {seconds} seconds to read. Split it, or save it anew as .docx "
        "or .xlsx without pictures."
    ),
    "too_much_memory": N_(
        "The file needs more memory to read than any programme of measures should. Split it, or "
        "save it anew without pictures."
    ),
    "cannot_be_read": N_(
        "The file could not be read. Save it anew as .docx, .xlsx or .pdf and send it again."
    ),
    "scan": N_(
        "The PDF is a scan without text. Send the Word file, or a PDF with recognised text."
    ),
}

WARNINGS: dict[str, str] = {
    "no_measures": N_("No measures were found in the document."),
    "extension": N_(
        "The file is named {extension} but is in fact {format}; it was read as {format}."
    ),
    "macros": N_("The file contains macros; they were not run, only the text was read."),
    "nul_bytes": N_("The file contains NUL bytes; they were left out."),
    "mixed_encodings": N_("The file mixes encodings; line by line the likelier one was taken."),
    "undecodable": N_("Some characters of the file could not be decoded."),
    "hidden_text": N_("The document has hidden text; it is listed among the texts not placed."),
    "formula_without_value": N_(
        "Cell {cell} holds a formula without a stored value; its text was kept as it is."
    ),
    "cell_error": N_("Cell {cell} holds the error {error}."),
    "pages_without_text": N_(
        "{count} pages of the PDF have no text (pictures?); they were not read."
    ),
    "due_not_understood": N_("The deadline “{text}” was not understood."),
    "due_several": N_("The deadline “{text}” names several times; the whole stretch was taken."),
    "due_doubtful": N_("The deadline “{text}” can be read in more than one way; please check."),
    "due_no_year": N_("The deadline “{text}” has no year, and the programme is for several years."),
    "due_fiscal_year": N_(
        "The deadline “{text}” names a fiscal year; the calendar year was taken."
    ),
    "due_recurrence": N_("The recurrence “{text}” was taken as {recurrence}."),
    "due_reversed": N_("The deadline “{text}” ends before it begins; please check."),
    "due_impossible": N_("The deadline “{text}” names a day that does not exist."),
    "funding_several": N_("“{text}” names several amounts; {decision}"),
    "funding_currency": N_("The currency of “{text}” could not be told."),
    "body_without_name": N_("“{text}” is no name of a body; please check."),
    "number_repeated": N_("The number {number} occurs more than once."),
}


@dataclass(frozen=True, slots=True)
class ReadingWarning:
    """One doubt of the reader: a code, and what to put into its sentence."""

    code: str
    params: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return WARNINGS[self.code].format(**self.params)


class Refused(Exception):
    """The file is not read; `str()` is one English sentence that says why and what to do."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        return REFUSALS[self.code].format(**self.params)
