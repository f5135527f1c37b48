"""Compared: which files an earlier scan has read that still hold the same, by their digests."""

from vestige.carried import NONE_CARRIED
from vestige.read.compared import ComparedFolder
from vestige.read.file import Folder
from vestige.walk import Siblings


def compared(siblings: Siblings, folder: Folder) -> Siblings:
    """Entries of an open folder, of which only what holds the same bytes is still carried over.

    Where times decide what has changed, nothing is read, and they are given as they came.
    """
    if not siblings.carried or not isinstance(folder, ComparedFolder):
        return siblings
    listed = siblings.listed
    carried = {
        place: one
        for place, one in siblings.carried.items()
        if one.digest and folder.holds(listed[place][0], listed[place][2], one.digest)
    }
    return siblings._replace(carried=carried or NONE_CARRIED)
