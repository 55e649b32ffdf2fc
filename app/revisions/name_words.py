"""Words of names that say little by themselves: titles, particles, and ordinary words that are names too.

The ordinary words are English and German ones that people are called by, as a given or a family name, and that stand in
texts about agents, teams and work. A table of our own: it need not be complete, and every word in it is found in fewer
places when somebody is erased.
"""

from __future__ import annotations

from app.revisions.folding import folded

SALUTATIONS = ("dr", "frau", "herr", "miss", "mr", "mrs", "ms", "prof", "sir")
TITLES = {*SALUTATIONS, "dame", "hr", "fr", "ing", "dipl", "mag", "med", "phd", "mba", "jr", "sr", "ii", "iii", "iv"}
PARTICLES = {
    *("van", "von", "vom", "der", "den", "de", "del", "della", "di", "da", "do", "dos", "das", "du", "des", "la", "le"),
    *("les", "el", "al", "bin", "ibn", "ben", "ten", "ter", "te", "zu", "zum", "zur", "y", "e", "und"),
}
"""Words of a name by which nobody is known."""

_TABLE = """
amber april art august autumn bill chance charity chase christian clay daisy dawn dean dot drew earl faith frank
gene ginger glen grace grant guy hazel heather holly hope iris ivy joy june lance lily mark max may mercy merit
miles nick norm olive pat pearl penny ray rich rob rose ruby sage skip star stormy sue summer sunny trace
trinity trust violet wade ward will winter baker banks barber bishop butcher carpenter carter cook cooper driver
farmer fisher foreman hunter judge keeper king knight major mason master merchant miller minor page parker
porter potter priest prince ranger rider sheriff shepherd singer smith steward tanner trainer turner walker
weaver wheeler ash bank bay branch bridge brook bush castle church court cross day dale field fields ford frost
garden gardens gate gates grove hall hill hills lake lane mill mills moon north park place plant rain river
rivers road rock snow south spring springs stone storm street temple tower towers town water waters way well
wells west east wind wood woods able best big black blue bold brave bright brown close cool dark early fair fast
fine free friend gay good gray great green grey happy hard hardy high just keen large little long loud moody new
noble old power proud quick red savage sharp short small smart stern strong sweet swift tall true wise young
white agent ball bell blood bolt bond book box bow brand card case cash change dollar friday game glass gold
hand hands head heart hook horn key lamp law lead leaf lever light link list lock loop love map market money
needle nail order owner pack past peace person plan point post pound price quest queue reason reply risk root
rule rush sale sales salt self sell shell shields silver staff stage steel stock strange table team test ticket
wall walls waste watch wing wish work works worth
alt breit braun echt eigen ernst fest frei froh fröhlich früh ganz grau groß grün gut hart heil heiß hell hoch
jung kalt klar klein klug knapp kraus kurz lang laut leicht licht lieb mild neu recht rein roh rot sanft sauer
scharf schmal schnell schön schwarz stark starr still stolz süß tief treu voll warm wach weich weise weit weiß
welt wohl zart
"""
ORDINARY_WORDS = tuple(_TABLE.split())
"""In small letters, as a dictionary has them."""


def is_ordinary(word: str) -> bool:
    """Whether a word of a name, whatever its capitals and accents, is an ordinary word too."""
    return folded(word) in _FOLDED


_WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_FOLDED = frozenset(folded(each) for word in ORDINARY_WORDS for each in (word, word.translate(_WRITTEN_OUT)))
