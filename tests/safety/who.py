"""Who may see and do what, by visibility: the promise that every address is held to.

Readers are named by the place of their role and the role: `party.observer` has it in an authority
that is a side of each agreement and programme, `programme.observer` in the internal programme only,
`outsider` coordinates an enterprise that is no side of anything, `stranger` has an account alone.
"""

from tests.safety.world import VISIBILITIES

WORD_OF = {
    "*": (
        "nobody stranger outsider party.observer party.coordinator party.administrator "
        "programme.observer programme.coordinator programme.administrator "
        "whole.observer whole.coordinator whole.administrator"
    ),
    "party": "party.observer party.coordinator party.administrator",
    "party.writers": "party.coordinator party.administrator",
    "programme": "programme.observer programme.coordinator programme.administrator",
    "programme.writers": "programme.coordinator programme.administrator",
    "whole": "whole.observer whole.coordinator whole.administrator",
    "whole.writers": "whole.coordinator whole.administrator",
}
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
    "agreement": by_visibility("*", "party whole", "party.writers whole"),
    "programme": by_visibility("*", "party whole", "party.writers programme whole"),
    "issued": by_visibility("party whole", "party whole", "party.writers programme whole"),
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
    "give roles in programme": by_visibility(
        "party.administrator whole.writers",
        "party.administrator whole.writers",
        "party.administrator programme.administrator whole.writers",
    ),
    "keep authority": alike("party.writers whole.writers"),
    "keep park": alike("whole.writers"),
    "give roles in authority": alike("party.administrator whole.administrator"),
    "keep the whole": alike("whole.writers"),
    "bring in": alike("outsider party.writers programme.writers whole.writers"),
}

#: Whose texts each reader may meet anywhere, by what the texts begin with.
TEXTS = {
    **{f"agr{v}": SEE["agreement"][v] for v in VISIBILITIES},
    **{f"pro{v}": SEE["programme"][v] for v in VISIBILITIES},
    **{f"draft{v}": SEE["draft"][v] for v in VISIBILITIES},
    **{f"grantee{v}": MAY["give roles in programme"][v] for v in VISIBILITIES},
    "contact": SEE["contact"][""],
    "member": people("*") - {"nobody"},
}
