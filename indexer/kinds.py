"""The kinds of files that a person names in a sentence, and what a file's name says of its kind."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum


class Kind(StrEnum):
    """What a file is to a person. A file has exactly one; a query may name several.

    `SCREENSHOT` is a picture whose name or folder says so; `NOTE` is a text that a person wrote for themselves (md,
    rst, org); `CSV` is a spreadsheet kept as text.
    """

    ARCHIVE = "archive"
    AUDIO = "audio"
    CODE = "code"
    CSV = "csv"
    DATA = "data"
    DOCUMENT = "document"
    EBOOK = "ebook"
    MAIL = "mail"
    NOTE = "note"
    NOTEBOOK = "notebook"
    OTHER = "other"
    PDF = "pdf"
    PICTURE = "picture"
    PRESENTATION = "presentation"
    SCREENSHOT = "screenshot"
    SPREADSHEET = "spreadsheet"
    TEXT = "text"
    VIDEO = "video"
    WEB = "web"


_EXTENSIONS: dict[Kind, str] = {
    Kind.ARCHIVE: "7z bz2 cab dmg gz iso jar lz lz4 lzma rar tar tbz2 tgz txz whl xpi xz z zip zst",
    Kind.AUDIO: "aac aif aiff ape caf flac m4a m4b mid midi mka mp3 oga ogg opus wav wma wv",
    Kind.CODE: (
        "asm awk bas bash bat c cbl cc cjs clj cls cmake cmd coffee cpp cs css cu cxx d dart el elm erl ex exs f f90 "
        "fish for frag fs fsx gd glsl go gradle groovy h hcl hh hpp hrl hs hxx inc ino java jl js jsx kt kts less lisp "
        "lua m4 mjs mk ml mli mm nim nix pas patch diff perl php pl pm proto ps1 psm1 py pyi pyw r rb rkt rs s sass sbt "
        "scala scm scss sh sql sv swift tcl tex tf ts tsx v vb vbs vert vhd vhdl vim vue wgsl zig zsh sty svelte"
    ),
    Kind.CSV: "csv tsv tab",
    Kind.DATA: (
        "avro cfg conf db geojson gpx har ics ini json json5 jsonc jsonl kml ndjson npy npz onnx parquet plist "
        "properties safetensors sqlite sqlite3 toml vcf xml xsd xsl xslt yaml yml opml topojson h5 hdf5 mat rds pkl"
    ),
    Kind.DOCUMENT: "doc docm docx dot dotm dotx fodt odt ott pages rtf sxw wpd wps",
    Kind.EBOOK: "azw azw3 djvu epub fb2 mobi",
    Kind.MAIL: "eml emlx mbox mbx msg oft pst ost",
    Kind.NOTE: "adoc asciidoc markdown md mdown mdx mkd org rst textile wiki rmd qmd",
    Kind.NOTEBOOK: "ipynb",
    Kind.PDF: "pdf",
    Kind.PICTURE: (
        "ai arw avif bmp cr2 cr3 dng emf eps gif heic heif hif ico icns j2k jfif jp2 jpe jpeg jpg jxl nef orf pbm pcx "
        "pgm png pnm ppm psb psd raf rw2 svg svgz tga tif tiff webp wmf xcf xpm"
    ),
    Kind.PRESENTATION: "fodp key odp otp pot potm potx pps ppsm ppsx ppt pptm pptx sxi",
    Kind.SPREADSHEET: "fods numbers ods ots sxc xls xlsb xlsm xlsx xlt xltm xltx",
    Kind.TEXT: "ans asc changelog diz err lst log me nfo out readme srt sub text textclipping txt vtt",
    Kind.VIDEO: "3g2 3gp asf avi flv m2ts m4v mkv mov mp4 mpe mpeg mpg mts ogv qt vob webm wmv",
    Kind.WEB: "htm html mht mhtml shtml url webarchive webloc xht xhtml",
}
_BY_EXTENSION = {extension: kind for kind, words in _EXTENSIONS.items() for extension in words.split()}

_BY_NAME = {
    "makefile": Kind.CODE,
    "gnumakefile": Kind.CODE,
    "dockerfile": Kind.CODE,
    "containerfile": Kind.CODE,
    "rakefile": Kind.CODE,
    "gemfile": Kind.CODE,
    "justfile": Kind.CODE,
    "vagrantfile": Kind.CODE,
    "jenkinsfile": Kind.CODE,
    "cmakelists.txt": Kind.CODE,
    "readme": Kind.TEXT,
    "license": Kind.TEXT,
    "licence": Kind.TEXT,
    "copying": Kind.TEXT,
    "copyright": Kind.TEXT,
    "changelog": Kind.TEXT,
    "changes": Kind.TEXT,
    "news": Kind.TEXT,
    "authors": Kind.TEXT,
    "todo": Kind.TEXT,
    "mbox": Kind.MAIL,
}

# What the systems and the common tools call a picture of the screen, case-folded; also the folders they keep them in.
_SCREEN_WORDS = (
    r"screen[ _-]?shots?",
    r"screen[ _-]?captures?",
    r"screen[ _-]?grabs?",
    r"screen[ _-]?clip(?:ping)?s?",
    r"screencap",
    r"screenie",
    "bildschirmfotos?",
    "bildschirmaufnahmen?",
    r"captures? d[’' _]?[ée]cran",
    r"captures?[ _]?[ée]cran",
    r"capturas? de (?:pantalla|ecr[ãa]|tela)",
    r"captur[ăa] de ecran",
    "schermata",
    "schermate",
    "schermafbeelding(?:en)?",
    "schermafdruk",
    "sk[äa]rm(?:avbild|bild|klipp)(?:er)?",
    "skjermbilder?",
    "sk[æa]rmbilleder?",
    "näyttökuva",
    "kuvakaappau(?:s|kset)",
    "zrzuty? ekranu",
    "sn[íi]mky? obrazovky",
    "snímek obrazovky",
    "ekran (?:görüntüsü|görüntüleri|resmi|alıntısı)",
    "képernyő(?:fotó|kép|felvétel)(?:ek|ok)?",
    "снимки? экрана",
    "снимок экрана",
    "скриншоты?",
    "знімок екрана",
    "στιγμιότυπ[οα] (?:οθόνης)?",
    "スクリーンショット",
    "スクリーン ショット",
    "屏幕截图",
    "屏幕快照",
    "螢幕截圖",
    "截图",
    "截圖",
    "截屏",
    "스크린샷",
    "화면 캡처",
    "لقطة شاشة",
    "צילום מסך",
    "स्क्रीनशॉट",
    r"\d{4}-\d{2}-\d{2}-\d{6}_\d+x\d+_scrot",
    r"\d{4}-\d{2}-\d{2}[-_]\d{6}_scrot",
    r"scr-\d{8}-\w+",
    r"snip[ _-]?\d",
    r"snipping tool",
    r"snipaste",
    r"flameshot",
    r"spectacle",
    r"greenshot",
    r"sharex",
)
_SCREEN_NAME = re.compile(r"(?<![^\W\d_])(?:" + "|".join(_SCREEN_WORDS) + r")(?![^\W\d_])", re.IGNORECASE | re.UNICODE)


def extension_of(name: str) -> str:
    """The extension of `name` in small letters without its dot; "" where there is none (`.bashrc` has none)."""
    stem, dot, extension = name.rpartition(".")
    return extension.lower() if dot and stem.strip(".") else ""


def kind_of(name: str, folder: str = "") -> Kind:
    """The kind that a file's name promises; `folder` is the name or path of its folder (for screenshots).

    It knows nothing of the contents: a reader that looks inside may find another.
    """
    extension = extension_of(name)
    kind = _BY_EXTENSION.get(extension)
    if kind is None or name.lower() in _BY_NAME:
        # `changelog.Debian`, `README.source`: the part before the dot is the telling one.
        lower = name.lower()
        kind = _BY_NAME.get(lower) or kind or _BY_NAME.get(lower.partition(".")[0], Kind.OTHER)
    if kind is Kind.PICTURE and _says_screen(name, folder):
        return Kind.SCREENSHOT
    return kind


def _says_screen(name: str, folder: str) -> bool:
    """Whether a picture's name, or the name of the folder it lies in, calls it a picture of the screen."""
    last = re.split(r"[/\\]", folder.rstrip("/\\"))[-1]
    # macOS stores names decomposed: é is two characters there.
    return any(_SCREEN_NAME.search(unicodedata.normalize("NFC", word).casefold()) for word in (name, last) if word)
