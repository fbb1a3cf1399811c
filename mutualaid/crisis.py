"""Words of crisis in what somebody writes, in English and Spanish.

They open help lines, and bring a person to look first. They never stop anybody, and nobody is told what was seen. Where
in doubt they are seen: a look too many costs a moderator a minute. A plain "not" just before them is believed, and
nothing cleverer than that: irony, quotation and the past are beyond a list of words.
"""

import re

SELF = r"(?:my ?self|me)"
WANT = r"(?:want|wants|wanted|wanting|ready|going|plan|planning|like|rather)"
KIN = (
    r"(?:he|she|they|husband|wife|partner|ex|boyfriend|girlfriend|father|mother|dad|daddy|mom|mum|brother|sister|son"
    r"|step ?(?:father|mother|dad|mom)|uncle|aunt|room ?mate|somebody|someone)"
)
# On a phone, apostrophes are left out.
ENGLISH = (
    r"suicid\w*",
    rf"kill(?:ing)? {SELF}|(?:un ?alive|hang|hanging|shoot|shooting|drown|drowning) (?:my ?self)|(?<!\d)(?<!\d )kms",
    r"(?:end|ending|take|taking) (?:my (?:own )?life|it all)",
    rf"{WANT} to (?:die|be dead|disappear for ?ever|never wake up)|(?:wanna|gonna) (?:die|be dead)",
    r"rather be dead",
    r"(?:wish|wished) (?:i was|i were|to be) dead",
    r"better off (?:dead|without me)",
    r"(?:no|not any) reason to (?:live|go on)",
    r"(?:can ?not|can'?t|do not want to|don'?t want to|don'?t wanna|do not wanna|no longer want to)"
    r" (?:go on|live|be alive|be here any ?more|do this any ?more|take it any ?more|take this any ?more|wake up"
    r"|keep going|cope any ?more)",
    r"self[ -]?harm\w*",
    rf"(?:cut|cutting|hurt|hurting|harm|harming) {SELF}",
    r"overdos\w*",
    rf"{KIN} (?:is |are |keeps |keep )?(?:hit|beat|chok|threaten|hurt|abus|strangl)(?:s|es|ing|ting)? me",
    r"(?:am|i'?m|feel|is) (?:not|un) ?safe",
)
SPANISH = (
    r"suicid\w*",
    r"(?:matarme|quitarme la vida|acabar con (?:mi vida|todo))|me quiero matar",
    r"(?:quiero|quisiera|quería|voy a|ganas de) morir(?:me)?|me quiero morir",
    r"(?:no quiero|ya no quiero) (?:vivir|seguir|despertar)",
    r"(?:no puedo|ya no puedo) (?:más|mas|seguir)",
    r"(?:mejor|estarían mejor) (?:muert[oa]|sin mí|sin mi)",
    r"(?:cortarme|lastimarme|hacerme daño|autolesi\w*)",
    r"sobredosis",
    r"me (?:pega|golpea|amenaza|maltrata)",
    r"no estoy (?:a salvo|segur[oa])",
)
WORDS = re.compile(rf"\b(?:{'|'.join(ENGLISH + SPANISH)})(?!\w)", re.IGNORECASE)
# "I am not suicidal", "never wanted to die", "no voy a hacerme daño". Up to two words may stand between.
DENIED = re.compile(
    r"\b(?:not|never|no longer|isn'?t|am not|wasn'?t|don'?t|do not|didn'?t|without|no|nunca|sin|tampoco)"
    r"(?:\s+(?:feeling|being|feel|want to|going to|any|thoughts of|un|a|voy a|quiero|estoy|pienso"
    r"|pensamientos de)){0,2}"
    r"[\s,]*$",
    re.IGNORECASE,
)
# These say themselves that something is not so, and are no less a cry for it.
ITSELF = re.compile(r"^(?:no|not|can|do|don|ya|am|feel|is)\b", re.IGNORECASE)


def sounds_like(words: str) -> bool:
    plain = " ".join(words.replace("’", "'").split())
    return any(ITSELF.match(hit[0]) or not DENIED.search(plain[: hit.start()]) for hit in WORDS.finditer(plain))
