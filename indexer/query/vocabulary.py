"""The English words of the query language, as data: what names a kind, a time, a size, a place, and what only looks so.

The grammar beside it knows only the small words that its own forms are made of ("the", "between", "than").
"""

from __future__ import annotations

from dataclasses import dataclass

from indexer.kinds import Kind


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


# --- words that carry no meaning of their own -----------------------------------------------------------------------

QUESTION_WORDS = _set("how what when where which who whom whose why")

STOP_WORDS = QUESTION_WORDS | _set(
    """
    a about above after again all also am an and any are aren as at be because been before being below between both
    but by can cannot could couldn did didn do does doesn doing don down during each few for from further had hadn
    has hasn have haven having he her here hers herself him himself his i if in into is isn it its itself just let
    ll me more most my myself no nor not of off on once only or other our ours ourselves out over own re same shan
    she should shouldn so some such than that the their theirs them themselves then there these they this those
    through to too under until up upon us ve very was wasn we were weren will with without won would wouldn you your
    yours yourself yourselves s t d m
    """
)

ARTICLES = _set("the a an my our his her their your")

# A request before the thing asked for: dropped from the text once something else was understood.
LEADS = _set(
    """
    find show me get give open list search for look looking locate where is are the my our all any some every a an i
    need want which please can could you do have what that those these im i'm did put there see
    """
)

# Sentences that begin so ask about a subject; only signs and operators filter them.
TOPIC_QUESTIONS = _set("how why who whose when should does")
TOPIC_WHAT = _set("is are was were s does to if")

# After a verb of doing, a kind is the object of the doing ("take notes", "merge pdfs").
TASK_VERBS = _set(
    """
    add adding annotate annotating backup back archive archiving attach attaching compress compressing convert
    converting copy copying create creating crop cropping delete deleting design designing draw drawing edit editing
    embed embedding encrypt export exporting extract extracting fix generate import importing insert install learn
    make making manage managing merge merging move moving organise organising organize organizing paste play playing
    prepare preparing print printing process processing protect read reading record recording recover recovering
    remove removing rename repair resize resizing restore restoring rotate scan scanning sell selling send sending
    share sharing shoot shooting sign signing sort sorting split stitch stop stream sync syncing take taking teach
    train transcribe transfer transferring translate translating understanding unzip upload uploading use using view
    watermark write writing
    """
)

# --- kinds ----------------------------------------------------------------------------------------------------------

P = Kind  # short in the table below


@dataclass(frozen=True)
class KindNoun:
    """One thing that people call files.

    `one` and `many` are its forms, separated by "|". `passes` are the kinds of file it lets through, `labels` what it
    is shown as. `before` are the words after it that show it means files, beside the ones of every noun; `many_before` count
    after its plural alone. `tail`: its
    plural may end a name ("wedding photos"). `opens`: its plural may open one ("photos rome"). `inner`: its singular
    may stand inside, before a filter ("tax pdf from 2022"). `not_after` are words that make another thing of it
    ("google photos"), `not_before` others after it.
    """

    labels: tuple[str, ...]
    passes: frozenset[Kind]
    one: str
    many: str
    before: frozenset[str] = frozenset()
    many_before: frozenset[str] = frozenset()
    tail: bool = False
    opens: bool = False
    inner: bool = False
    not_after: frozenset[str] = frozenset()
    not_before: frozenset[str] = frozenset()


def _noun(
    labels: str,
    passes: tuple[Kind, ...],
    one: str,
    many: str,
    *,
    before: str = "",
    many_before: str = "",
    tail: bool = False,
    opens: bool = False,
    inner: bool = False,
    not_after: str = "",
    not_before: str = "",
) -> KindNoun:
    return KindNoun(
        tuple(labels.split()), frozenset(passes), one, many, _set(before), _set(many_before), tail, opens, inner,
        _set(not_after), _set(not_before),
    )  # fmt: skip


_PICTURES = (P.PICTURE, P.SCREENSHOT)
_PAPERS = (P.DOCUMENT, P.PDF, P.TEXT, P.NOTE, P.EBOOK)

KIND_NOUNS: tuple[KindNoun, ...] = (
    _noun(
        "picture", _PICTURES, "photo|photograph|pic|selfie", "photos|photographs|pics|selfies",
        before="of with by from", many_before="in at", tail=True, opens=True, inner=True,
        not_after="google apple icloud amazon stock passport adobe lightroom",
    ),
    _noun(
        "picture", _PICTURES, "picture", "pictures",
        before="of with by from", many_before="in at", tail=True, opens=True, inner=True,
        not_after="motion moving columbia paramount big",
    ),
    _noun(
        "picture", _PICTURES, "image file|picture file|photo file|jpg|jpeg|png",
        "images|jpgs|jpegs|pngs|image files|picture files|photo files",
        before="of with by from", tail=True,
        not_after="docker container disk disc boot iso vm machine system mirror",
    ),
    _noun("picture", _PICTURES, "image", "", before="with from", not_after="disk docker boot iso self mirror"),
    _noun(
        "screenshot", (P.SCREENSHOT,), "screenshot|screen shot|screen capture|screengrab|screen grab",
        "screenshots|screen shots|screen captures|screengrabs|screen grabs",
        before="of with from", tail=True, opens=True, inner=True,
    ),
    _noun(
        "pdf", (P.PDF,), "pdf|pdf file|pdf document", "pdfs|pdf files|pdf documents|pdf's",
        before="of with by from on for", tail=True, opens=True, inner=True,
    ),
    _noun(
        "presentation", (P.PRESENTATION,), "presentation|pptx|powerpoint|powerpoint presentation|powerpoint file|slideshow",
        "presentations|powerpoints|powerpoint presentations|powerpoint files|slideshows|power points",
        before="from on with by for", tail=True, inner=True,
    ),
    _noun(
        "presentation", (P.PRESENTATION,), "slide deck|deck|powerpoint deck", "slides|slide decks|powerpoint slides",
        before="from on with by for", tail=True, not_after="google water microscope hair photo playground colour color",
        not_before="rule",
    ),
    _noun(
        "spreadsheet", (P.SPREADSHEET, P.CSV), "spreadsheet|spread sheet", "spreadsheets|spread sheets",
        before="of with from for by", tail=True, opens=True, inner=True,
    ),
    _noun(
        "spreadsheet", (P.SPREADSHEET, P.CSV),
        "xlsx|excel sheet|excel file|excel spreadsheet|excel workbook|excel document|excel table",
        "excel sheets|excel files|excel spreadsheets|excel workbooks|excel documents|excel tables|excels",
        before="of with from for by", tail=True, opens=True, inner=True,
    ),
    _noun(
        "document", (P.DOCUMENT,), "docx|word document|word doc|word file|ms word document|microsoft word document",
        "word documents|word docs|word files|ms word documents|microsoft word documents",
        before="of with from for by on", tail=True, opens=True, inner=True,
    ),
    _noun(
        "document", _PAPERS, "document", "documents", before="from with by",
        not_after="google",
    ),
    _noun("document", _PAPERS, "doc", "docs", before="from with", not_after="google api read online what's whats"),
    _noun(
        "note text", (P.NOTE, P.TEXT), "", "notes", before="from on with by",
    ),
    _noun(
        "note", (P.NOTE,), "markdown file|md file|markdown note|markdown document|org file",
        "markdown files|md files|markdown notes|markdown documents|org files",
        before="from on with by", tail=True, opens=True, inner=True,
    ),
    _noun(
        "text", (P.TEXT, P.NOTE), "text file|txt file|plain text file", "text files|txt files|plain text files|txts",
        before="from with of", tail=True, opens=True, inner=True,
    ),
    _noun(
        "mail", (P.MAIL,), "email|e-mail|mail|email message|mail message",
        "emails|e-mails|mails|email messages|mail messages",
        before="from to with of", tail=True, inner=True, not_after="chain junk royal", not_before="address addresses",
    ),
    _noun("audio", (P.AUDIO,), "song", "songs", before="by from", tail=True, not_after="list of"),
    _noun("audio", (P.AUDIO,), "music", "", before="by"),
    _noun(
        "audio", (P.AUDIO, P.VIDEO), "recording|audio recording|voice recording|sound recording",
        "recordings|audio recordings|voice recordings|sound recordings", before="of from with by", tail=True,
        inner=True,
    ),
    _noun(
        "audio", (P.AUDIO,), "audio file|music file|sound file|voice memo|voice note|mp3|mp3 file|wav file|audio clip",
        "audio files|music files|sound files|voice memos|voice notes|mp3s|mp3 files|wav files|audio clips|audio",
        before="of from with by", tail=True, opens=True, inner=True,
    ),
    _noun(
        "video", (P.VIDEO,), "video|video clip|video file|video recording|screen recording|mp4",
        "videos|video clips|video files|video recordings|screen recordings|mp4s|mp4 files|movie files",
        before="of from with by", many_before="in at", tail=True, opens=True, inner=True,
        not_after="youtube", not_before="game games card conference conferencing editing editor",
    ),
    _noun("video", (P.VIDEO,), "", "clips|movies|films|footage", before="from by"),
    _noun(
        "code", (P.CODE,), "source file|code file|python file|python script|shell script|bash script|python program",
        "source files|code files|source code|python files|python scripts|shell scripts|bash scripts|javascript files"
        "|python code|java code|javascript code|c code|c++ code|rust code|sql scripts|sql files",
        before="from with by for that", tail=True,
    ),
    _noun("code", (P.CODE,), "", "code|scripts"),
    _noun(
        "archive", (P.ARCHIVE,), "zip|zip file|zip archive|tarball|rar file|archive file|zip folder",
        "zips|zip files|zip archives|tarballs|rar files|archive files|compressed files|7z files|tar files",
        before="from with", tail=True, inner=True, not_before="code codes",
    ),
    _noun("archive", (P.ARCHIVE,), "", "archives", before="with"),
    _noun(
        "ebook", (P.EBOOK,), "ebook|e-book|epub|epub file", "ebooks|e-books|epubs|epub files|kindle books",
        before="by of from on", tail=True, opens=True, inner=True,
        not_before="reader readers store",
    ),
    _noun(
        "notebook", (P.NOTEBOOK,), "jupyter notebook|ipython notebook|ipynb file|ipynb|colab notebook",
        "jupyter notebooks|ipython notebooks|ipynb files|ipynbs|colab notebooks|notebooks",
        before="from with on for", inner=True,
    ),
    _noun("csv", (P.CSV,), "csv|csv file", "csvs|csv files", before="from of with", tail=True, opens=True, inner=True),
    _noun(
        "web", (P.WEB,), "web page|webpage|html file|html page|saved page",
        "web pages|webpages|html files|html pages|saved pages|saved web pages", before="from of", tail=True, inner=True,
    ),
    _noun("data", (P.DATA,), "json file|xml file|yaml file", "json files|xml files|yaml files", inner=True, tail=True),
)  # fmt: skip

# Only with `kind:`, where nothing else can be meant.
KIND_NAMES: dict[str, str] = {
    "archives": "zip files", "archive": "zip files", "audio": "audio files", "code": "code files", "data": "json files",
    "doc": "documents", "film": "videos", "html": "html files", "mail": "emails", "markdown": "markdown files",
    "movie": "videos", "note": "notes", "notebook": "jupyter notebook", "slide": "slides", "text": "text files",
    "txt": "text files", "web": "web pages", "word": "word documents", "excel": "excel files",
}  # fmt: skip

# Words for any file. They never filter; they show that files are meant.
ANY_FILES = _set("files file things thing stuff everything anything something items")

# After any noun for files, these show that files are meant.
KIND_CONNECTORS = _set(
    """
    about regarding concerning containing mentioning named called titled entitled that i we where did
    """
)
TOPIC_CONNECTORS = _set("about regarding concerning containing mentioning")

# What people do to files: before a date or after a noun for files, these say nothing of the contents.
FILE_VERBS = _set(
    """
    saved modified changed edited created added made downloaded uploaded updated opened written wrote took taken
    scanned received sent recorded shot copied moved exported attached dated shared save make take write edit
    download send receive record scan
    """
)
FILLERS = _set("did i we that which was were i've have had has been is are we've it")

RECEIVERS = _set("me us him her them")  # "that Anna sent me"

# What the text loses at its edges once something else was understood.
EDGES = ARTICLES | _set("of about from in on with by for to and or at is are was were that which i we as")

# A plural that opens a sentence with one of these after it is not about files ("photos app").
ABOUT_PROGRAMS = _set(
    """
    account app apps application backup converter download editor export extension folder format icon icons import
    issue library lyrics maker manager marketing merger permission plugin policy reader recovery server service
    settings setup software template templates theme tips tool tools tutorial tutorials update viewer website widget
    """
)

# --- dates ----------------------------------------------------------------------------------------------------------

MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
            "november", "december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
# Only beside a day or a year.
MONTHS_SHORT: dict[str, int] = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11,
    "dec": 12,
}  # fmt: skip
NAMES_TOO = _set("april may june august")  # people, too: "emails from April"

WEEKDAYS: dict[str, int] = {
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
}  # fmt: skip

# First month of three; winter runs into the next year.
SEASONS: dict[str, int] = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}

UNITS: dict[str, str] = {
    "day": "day", "days": "day", "week": "week", "weeks": "week", "fortnight": "fortnight", "fortnights": "fortnight",
    "month": "month", "months": "month", "quarter": "quarter", "quarters": "quarter", "year": "year", "years": "year",
    "decade": "decade", "decades": "decade",
}  # fmt: skip

NUMBERS: dict[str, int] = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "sixty": 60, "ninety": 90,
    "couple": 2, "few": 5,
}  # fmt: skip
ORDINALS: dict[str, int] = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}

DECADES: dict[str, int] = {
    "fifties": 1950, "sixties": 1960, "seventies": 1970, "eighties": 1980, "nineties": 1990, "noughties": 2000,
}  # fmt: skip

TODAY = frozenset(("today", "tonight"))
YESTERDAY = "yesterday"
DAY_PARTS = _set("morning afternoon evening")
LAST = _set("last past previous")
THIS = _set("this current")
AGO = "ago"
THIRDS: dict[str, int] = {
    "early": 0, "beginning": 0, "start": 0, "mid": 1, "middle": 1, "late": 2, "end": 2,
}  # fmt: skip
THIRDS_WITH_OF = _set("beginning start middle end")
HALVES: dict[str, int] = {"first": 0, "1st": 0, "second": 1, "2nd": 1}

# Feasts: (month, day, days) or a rule of the grammar by name.
FEASTS: dict[str, tuple[int, int, int] | str] = {
    "christmas": (12, 24, 3),
    "xmas": (12, 24, 3),
    "christmas eve": (12, 24, 1),
    "boxing day": (12, 26, 1),
    "halloween": (10, 31, 1),
    "easter": "easter",
    "new year": (12, 31, 2),
    "new year eve": (12, 31, 1),
    "new years": (12, 31, 2),
    "new years eve": (12, 31, 1),
    "valentine day": (2, 14, 1),
    "valentines day": (2, 14, 1),
}

WITHIN = _set("from in on during dated at over within")
SINCE = frozenset(("since",))
AFTER = _set("after newer")
BEFORE = frozenset(("before",))
UNTIL = _set("until till")
AROUND = _set("around circa")
VERSIONS = _set("version v release build")  # "version 12.05.2024"
SET_IN = _set("set situated placed located based")  # a story's time, not the file's
RANGE_FROM = frozenset(("from",))
RANGE_TO = _set("to until till through thru - – —")
AND = _set("and or &")
OF = _set("of in")
ONWARDS = _set("on onwards onward")

# A date may be followed by these and still be one; "march of the" and "may in" are another matter.
AFTER_DATE = _set(
    """
    about regarding concerning with in of by for from on without not but that which containing mentioning named
    called larger bigger smaller over under
    """
)
AFTER_WEAK_DATE = AFTER_DATE - {"of", "in", "for", "by", "on", "from"}

# What comes back every year or week: "weather in may" and "shops open on sunday" ask for no date.
USUAL = _set(
    """
    weather climate temperature temperatures rain snow festivals holidays holiday flowers vegetables fruits planting
    sowing harvest bloom blooming gardening hiking skiing travel travelling traveling visit visiting always born
    closed day days never night nights open opening work working snows
    """
)

# --- places ---------------------------------------------------------------------------------------------------------

INSIDE = _set("in inside under within from")
FOLDER_WORDS = _set("folder directory dir folders")

# Folders that every system makes for its people.
KNOWN_FOLDERS = _set(
    """
    desktop documents downloads dropbox movies music onedrive pictures projects public templates videos
    """
)
# A folder of such a name says nothing: "careers in music" is no place unless written so.
COMMON_WORDS = _set(
    """
    a action america art black blue business chemistry class code colour color comics common crisis danger death
    design detail development documents draft economics education english europe film finance form france french
    games general german germany god green hand health heaven history home india it italy japan japanese java kind
    law life line literature london love maths mathematics medicine memory mind motion movies music new office old
    order other paris part person physics pictures place plain politics practice print private process progress
    psychology public python question read red research rome rust school science search self sound spain spanish
    sport stock student study summer support tax teaching technology templates test theory time town training
    transit transition translation travel trouble truth turkey use videos view white winter wonderland word work
    world writing york
    """
)

# --- sizes ----------------------------------------------------------------------------------------------------------

SIZE_UNITS: dict[str, int] = {
    "b": 1, "byte": 1, "bytes": 1,
    "k": 10**3, "kb": 10**3, "kilobyte": 10**3, "kilobytes": 10**3, "kib": 2**10,
    "mb": 10**6, "meg": 10**6, "megs": 10**6, "megabyte": 10**6, "megabytes": 10**6, "mib": 2**20,
    "gb": 10**9, "gig": 10**9, "gigs": 10**9, "gigabyte": 10**9, "gigabytes": 10**9, "gib": 2**30,
    "tb": 10**12, "terabyte": 10**12, "terabytes": 10**12, "tib": 2**40,
}  # fmt: skip
LARGER = _set("larger bigger greater heavier")
SMALLER = _set("smaller lighter")
MORE = _set("more over above exceeding")
LESS = _set("less under below")
THAN = "than"
OF_SIZE = _set("of with having size")

# --- leaving words out ----------------------------------------------------------------------------------------------

WITHOUT = frozenset(("without",))
NOT = frozenset(("not",))
# "not found" and "not available" say something; they leave nothing out.
NOT_LEFT_OUT = _set(
    """
    enough available found guilty free real sure possible true compatible responsive only yet here there alone dead
    again today now well good bad safe valid visible so too very just even quite really for known shown
    """
)

# What titles and turns of phrase are without: "doctors without borders", "without prejudice".
TURNS_WITHOUT = _set(
    """
    benefits borders bounds bread cause charley consent delay doors doubt end fail faith fear frontiers god hands
    hats hope houses interruption limits love maps meaning men mercy motive notice organs pain parole password
    permission pity prejudice punishment purpose qualities question reason regret regrets representation shame sin
    summer tears trial trust warning wax windows women words
    """
)
# What slogans are not: "make love, not war".
TURNS_NOT = _set(
    """
    bombs bullets bars fear fiction flesh lest machine quantity reason silence starve want war white words things
    """
)

# Programs whose options begin with a dash, and how many letters such an option has at most: "python -snake" is none.
COMMANDS: dict[str, int] = {
    **dict.fromkeys(["brew", "cat", "cut", "find", "go", "java", "kill", "make", "python", "sort", "top", "zip"], 2),
    **dict.fromkeys(
        [
            "apt",
            "awk",
            "bash",
            "cargo",
            "cd",
            "chmod",
            "chown",
            "cmake",
            "cp",
            "curl",
            "dd",
            "df",
            "diff",
            "docker",
            "du",
            "ffmpeg",
            "gcc",
            "git",
            "grep",
            "gzip",
            "kubectl",
            "ln",
            "ls",
            "mkdir",
            "mount",
            "mv",
            "npm",
            "ping",
            "pip",
            "ps",
            "rm",
            "rsync",
            "scp",
            "sed",
            "ssh",
            "sudo",
            "tar",
            "unzip",
            "wget",
            "xargs",
        ],
        4,
    ),
}

# --- names of works that read like filters --------------------------------------------------------------------------

# One a line; matched whole, wherever they stand, whatever their case. Only such as the rules alone would misread.
TITLES = """
christmas in connecticut
christmas in july
darling buds of may
death in june
five days in may
i know what you did last summer
images of broken light
letters from iwo jima
music by prudence
music for airports
music from another dimension
music from big pink
music from the motion picture
never on sunday
notes from a dead house
notes from a small island
notes from an exhibition
notes from the house of the dead
notes from the underground
notes from underground
notes of a native son
notes on a nervous planet
notes on a scandal
notes on camp
notes on grief
notes on nationalism
notes on the cinematograph
notes on the state of virginia
notes on the synthesis of form
one day in september
photograph by ringo starr
pictures at an exhibition
pictures from an institution
pictures from italy
pictures of fidelman
pictures of lily
pictures of matchstick men
pictures of the gone world
pictures of you
picture of dorian gray
picture of dorian grey
seven days in may
sometimes it snows in april
song from a secret garden
song without words
songs about jane
songs by sinatra
songs from a room
songs from an american movie
songs from the big chair
songs from the capeman
songs from the labyrinth
songs from the second floor
songs from the west coast
songs from the wood
songs without words
suddenly last summer
this time last year
"""
