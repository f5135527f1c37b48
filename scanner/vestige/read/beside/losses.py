"""Losses: what of a file beside the images was not read, by the code of its problem."""

LOSSES = {
    "member-unread": "a file inside it is of a kind that nothing here reads",
    "archive-budget": "files inside it are more, larger or deeper than are read of one file",
    "text-budget": "it holds more text than is read of one file of its kind",
    "structure-lost": "it is too long to be read by its keys, and was read as lines from there on",
    "protected": "it, or a file inside it, is encrypted or asks for a password",
    "damaged": "it, or a file inside it, is damaged: what stands behind the damage was not read",
    "document-without-text": "pages of it have no text that can be read, as scans have",
    "not-installed": "what reads its kind is not installed",
    "form-unread": "something in it is written in a form that nothing here reads",
}
"""What is told of a loss; whatever the file, nothing of it stands here."""
