"""Lasting problems: those that a file has as long as its bytes are the same."""

LASTING = frozenset(
    {
        *("truncated", "length-beyond-end", "unparsed", "nesting-too-deep", "too-many-elements"),
        *("too-many-fragments", "deflate-bomb", "bad-deflate", "long-tail", "budget"),
        *("blob-unread", "document-unread", "document-without-text"),
        *("member-unread", "archive-budget", "text-budget", "protected", "damaged", "form-unread"),
    }
)
"""What can be carried over to a later scan of the same bytes; all other problems may pass."""

OF_ALL = LASTING | {
    *("names-unread", "hunt-budget", "hunt-protected", "hunt-unopened", "hunt-damaged"),
}
"""What is the same as long as nothing on the whole volume has changed."""
