"""Which version makes the signatures of a batch: numpy for a few articles, the kernel for many; the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..compiling import compiled
from . import plain

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def signatures(
    first: NDArray[np.int64],
    hashes: NDArray[np.uint32],
    permutations: int = 128,
    seed: int = 1,
    large: bool | None = None,
) -> NDArray[np.uint32]:
    """Return the signatures, uint32 of shape (texts, permutations); text i has hashes[first[i] : first[i + 1]].

    Bit for bit what `datasketch.MinHash(permutations, seed=seed, hashfunc=int)` holds after `update_batch(hashes)`.
    A text without shingles has the largest number in every slot, and two such are alike: give them no keys. `large`
    says that the texts are part of a large batch; left out, their own number decides.

    >>> import numpy as np
    >>> signatures(np.array([0, 2, 2]), np.array([3, 5], dtype=np.uint32), permutations=2)[1].tolist()
    [4294967295, 4294967295]
    """
    if compiled(len(hashes)) if large is None else large:
        from . import kernel

        return kernel.signatures(first, hashes, permutations, seed)
    return plain.signatures(first, hashes, permutations, seed)


def band_keys(
    signature: NDArray[np.uint32], bands: int = 32, rows: int = 4, large: bool | None = None
) -> NDArray[np.uint64]:
    """Return the bucket keys, uint64 of shape (texts, bands), one for each `rows` slots of a signature.

    Texts with equal keys in any band are candidates. Keys of different bands never meet, for the band salts them. An
    empty text's keys are 0, which is no key: it meets nobody. `large` as in `signatures`.

    >>> import numpy as np
    >>> alike = np.array([[1, 2, 3, 4], [1, 2, 9, 9]], dtype=np.uint32)
    >>> keys = band_keys(alike, bands=2, rows=2)
    >>> (keys[0] == keys[1]).tolist()
    [True, False]
    """
    if compiled(signature.size) if large is None else large:
        from . import kernel

        return kernel.band_keys(signature, bands, rows)
    return plain.band_keys(signature, bands, rows)
