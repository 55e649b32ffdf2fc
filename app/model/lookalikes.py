"""Which signs are drawn like a Latin letter, for comparing names: a table of our own, small enough to be read.

Small capitals stand with the capital that they show. What Unicode itself counts as another form of a letter (wide,
mathematical, Roman numerals, ligatures) and accents are taken apart before, and are not listed.
"""

from __future__ import annotations

_CHEROKEE = {
    **{"A": "Ꭺ", "B": "Ᏼ", "C": "Ꮯ", "D": "Ꭰ", "E": "Ꭼ", "G": "ᏀᏳ", "H": "Ꮋ", "I": "Ꮖ", "J": "Ꭻ", "K": "Ꮶ", "L": "Ꮮ"},
    **{"M": "Ꮇ", "P": "Ꮲ", "R": "ᎡᏒ", "S": "ᏚᏕ", "T": "Ꭲ", "V": "Ꮩ", "W": "ᎳᏔ", "Y": "ᎩᎽ", "Z": "Ꮓ"},
}

_OTHERS = {
    # Cyrillic, Greek, Armenian, Coptic, Lisu, and Latin letters beside the usual ones.
    "A": "АΑⲀꓮᴀ",
    "B": "ВвΒⲂꓐʙ",
    "C": "СϹⲤꓚᴄ",
    "D": "ꓓᴅ",
    "E": "ЕΕⲈꓰᴇ",
    "F": "Ϝꓝꜰ",
    "G": "Ԍꓖɢԍ",
    "H": "НнΗⲎꓧʜ",
    "I": "ІΙⲒꓲɪ",
    "J": "ЈͿꓙᴊ",
    "K": "КкΚκⲔꓗᴋ",
    "L": "ԼꓡʟⳐ",
    "M": "МмΜϺⲘꓟᴍ",
    "N": "ΝⲚꓠɴ",
    "O": "ОΟՕⲞꓳᴏ",
    "P": "РΡⲢꓑᴘ",
    "Q": "Ԛ",
    "R": "ꓣʀ",
    "S": "ЅՏꓢꜱ",
    "T": "ТтΤτⲦꓔᴛ",
    "U": "Սꓴᴜ",
    "V": "Ѵꓦᴠ",
    "W": "Ԝꓪᴡ",
    "X": "ХΧⲬꓫ",
    "Y": "УҮҰΥⲨꓬʏ",
    "Z": "ΖⲌꓜᴢ",
    "a": "аαⲁɑ",
    "b": "ьЬƄƅ",
    "c": "сϲⲥ",
    "d": "ԁ",
    "e": "еҽⲉ℮",
    "g": "ցɡ",
    "h": "һհ",
    "i": "іιⲓıɩ",
    "j": "јϳյȷ",
    "l": "1|ǀӏӀ∣│ⵏاן١۱ߊ",
    "n": "пηող",
    "o": "0оοօⲟ߀०০੦૦௦౦೦൦๐໐ഠဝჿ",
    "p": "рρⲣ",
    "q": "ԛզգ",
    "r": "гⲅ",
    "s": "ѕ",
    "u": "иυսʋ",
    "v": "νѵ",
    "w": "ԝѡωա",
    "x": "хχⲭ",
    "y": "уүγ",
    "ss": "ß",
    "SS": "ẞ",
}

LATIN = {
    **{sign: letter for letter, signs in _CHEROKEE.items() for sign in signs + signs.lower()},
    **{sign: letter for letter, signs in _OTHERS.items() for sign in signs},
}
"""A sign -> the Latin letter, or two, that it looks like."""

PAIRS = {"w": "vv", "W": "vv"}
"""A letter -> the two that look like it side by side, whatever its capitals. In the fonts of the window m and rn can be
told apart, and Marnie and Mamie are two names."""
