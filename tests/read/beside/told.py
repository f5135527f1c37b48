"""What a reader tells of bytes, by the pointers of its places."""

from vestige.read.beside.parts import Bounds, Held, Inner, Lost, Reader, Told, each


def told(read: Reader, data: bytes) -> dict[str, list[str]]:
    """The texts that are told, by pointer; losses are under "lost", files inside under "inner"."""
    found: dict[str, list[str]] = {}
    for part in each(read(Held(data), Bounds(len(data)))):
        if isinstance(part, Told):
            found.setdefault(part.place.pointer, []).extend(part.texts)
        elif isinstance(part, Lost):
            found.setdefault("lost", []).append(part.code)
        elif isinstance(part, Inner):
            found.setdefault("inner", []).append(part.name.decode())
    return found
