"""Who may see and do what, by visibility: the promise that every address is held to.

Readers are named by the place of their role and the role: `party.observer` has it in an authority
that is a side of each agreement and programme, `programme.observer` in the internal programme only,
`outsider` coordinates an enterprise that is no side of anything, `stranger` has an account alone.
"""

from tests.safety.world import ROLES, VISIBILITIES

_PLACES = ("party", "programme", "whole")


def _each(place: str, roles: str) -> str:
    return " ".join(f"{place}.{role}" for role in roles.split())


WORD_OF = {
    **{place: _each(place, " ".join(ROLES)) for place in _PLACES},
    **{f"{place}.writers": _each(place, "coordinator administrator") for place in _PLACES},
    **{f"{place}.inside": _each(place, "coordinator administrator auditor") for place in _PLACES},
    **{
        f"{place}.reporters": _each(place, "reporter coordinator administrator")
        for place in _PLACES
    },
    **{
        f"{place}.verifiers": _each(place, "verifier coordinator administrator")
        for place in _PLACES
    },
}
WORD_OF["*"] = " ".join(("nobody stranger outsider", *(WORD_OF[place] for place in _PLACES)))
READERS = tuple(WORD_OF["*"].split())


def people(words: str) -> frozenset[str]:
    """`party.writers whole` in full: each word stands for a reader or for several."""
    return frozenset(
        name for word in words.split() for name in WORD_OF.get(word, word).split()
    ) & frozenset(READERS)


def alike(words: str) -> dict[str, frozenset[str]]:
    """The same people whatever the visibility."""
    return dict.fromkeys(("", *VISIBILITIES), people(words))


def by_visibility(public: str, parties: str, internal: str) -> dict[str, frozenset[str]]:
    return dict(zip(VISIBILITIES, map(people, (public, parties, internal)), strict=True))


#: Who sees a record; to anybody else it is not there.
SEE = {
    "": alike("*"),
    "agreement": by_visibility("*", "party whole", "party.inside whole"),
    "programme": by_visibility("*", "party whole", "party.inside programme whole"),
    # what was submitted, by those with a part in the programme; a draft, on its own side
    "submitted": by_visibility("party whole", "party whole", "party.inside programme whole"),
    "draft report": by_visibility("party whole", "party whole", "party.inside programme whole"),
    "issued": by_visibility("party whole", "party whole", "party.inside programme whole"),
    "draft": by_visibility("whole.writers", "whole.writers", "programme.writers whole.writers"),
    "second factor": alike(""),
    "contact": alike("outsider party whole"),
}

#: Who may do something with a record that they see.
MAY = {
    "anything": alike("*"),
    "nothing": alike(""),
    "keep agreement": alike("party.writers whole.writers"),
    "register": alike("outsider party.writers whole.writers"),
    "keep programme": by_visibility(
        "party.writers whole.writers",
        "party.writers whole.writers",
        "party.writers programme.writers whole.writers",
    ),
    # the change is proposed by the other side
    "withdraw": by_visibility("whole.writers", "whole.writers", "programme.writers whole.writers"),
    "give roles in programme": by_visibility(
        "party.administrator whole.writers",
        "party.administrator whole.writers",
        "party.administrator programme.writers whole.writers",
    ),
    "close accounts": alike("whole.administrator"),
    "keep authority": alike("party.writers whole.writers"),
    "keep park": alike("whole.writers"),
    "give roles in authority": alike("party.writers whole.writers"),
    "report": by_visibility(
        "party.writers whole.reporters",
        "party.writers whole.reporters",
        "party.writers programme.reporters whole.reporters",
    ),
    "verify": by_visibility(
        "party.verifiers whole.verifiers",
        "party.verifiers whole.verifiers",
        "party.writers programme.verifiers whole.verifiers",
    ),
    "see letters": alike("whole.administrator whole.auditor"),
    "send letters": alike("whole.administrator"),
    "keep the whole": alike("whole.writers"),
    "bring in": alike("outsider party.writers programme.writers whole.writers"),
}

#: Whose texts each reader may meet anywhere, by what the texts begin with.
TEXTS = {
    **{f"agr{v}": SEE["agreement"][v] for v in VISIBILITIES},
    **{f"pro{v}": SEE["programme"][v] for v in VISIBILITIES},
    **{f"draft{v}": SEE["draft"][v] for v in VISIBILITIES},
    **{f"change{v}": SEE["submitted"][v] for v in VISIBILITIES},
    **{f"grantee{v}": MAY["give roles in programme"][v] for v in VISIBILITIES},
    **{f"rep{v}accepted": SEE["programme"][v] for v in VISIBILITIES},
    **{f"rep{v}": SEE["submitted"][v] for v in VISIBILITIES},
    **{f"rep{v}draft": SEE["draft report"][v] for v in VISIBILITIES},
    "letter": MAY["see letters"][""],
    "contact": SEE["contact"][""],
    "member": people("*") - {"nobody"},
}
