"""Trees: the public probes, golden roots, and every proof of small trees."""

from __future__ import annotations

import json
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.proofs.edges import Edge
from events.proofs.merkle import (
    EMPTY,
    Tree,
    consistency_proof,
    consistent,
    includes,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root_of,
    subtree_consistent,
    subtree_includes,
    valid_subtree,
)
from events.proofs.tiles import WIDTH, Place, Tiles, tiles_of
from events.proofs.verdicts import Incomplete, Malformed
from tests.proofs.vectors import VECTORS, found, needs_vectors

LEAVES = [leaf_hash(str(n).encode()) for n in range(700)]
WHOLE = Tree(LEAVES)


def _judge(kind: str, probe: dict[str, Any]) -> bool:
    def raw(name: str) -> bytes:
        return b64decode(probe[name] or "")

    proof = [b64decode(one) for one in probe["proof"] or []]
    match kind:
        case "inclusion":
            span = probe["leafIdx"], probe["treeSize"]
            return includes(*span, raw("leafHash"), proof, raw("root"))
        case "consistency":
            sizes = probe["size1"], probe["size2"]
            return consistent(*sizes, raw("root1"), raw("root2"), proof)
        case "subtreeinclusion":
            span3 = probe["leafIdx"], probe["start"], probe["end"]
            return subtree_includes(*span3, raw("leafHash"), proof, raw("root"))
    span3 = probe["start"], probe["end"], probe["size"]
    return subtree_consistent(*span3, raw("root1"), raw("root2"), proof)


@needs_vectors
@pytest.mark.parametrize(
    ("kind", "many"),
    [
        ("inclusion", 98),
        ("consistency", 98),
        ("subtreeinclusion", 204),
        ("subtreeconsistency", 118),
    ],
)
def test_every_public_probe_is_judged_rightly(kind: str, many: int) -> None:
    probes = found(f"merkle/testdata/{kind}/**/*.json")
    assert len(probes) >= many
    wrong: list[Path] = []
    for path in probes:
        probe = json.loads(path.read_text())
        if _judge(kind, probe) == probe.get("wantErr", False):
            wrong.append(path)
    assert not wrong


@needs_vectors
def test_the_golden_roots_and_consistency_proofs() -> None:
    roots = json.loads((VECTORS / "golden/roots.json").read_text())
    log = VECTORS / "golden/log-767"
    tree = Tiles(lambda place: (log / str(place)).read_bytes(), 767)
    whole = Tree(tree.subtree(0, n) for n in range(767))
    assert all(whole.root(int(size)) == b64decode(root) for size, root in roots.items())
    for case in json.loads((VECTORS / "golden/consistency.json").read_text()):
        proof = [b64decode(one) for one in case["proof"]]
        assert consistency_proof(case["old"], case["new"], tree.subtree) == proof
        old, new = b64decode(case["old_root"]), b64decode(case["new_root"])
        assert consistent(case["old"], case["new"], old, new, proof)


def test_the_empty_tree_and_the_first_leaves() -> None:
    a, b, c = LEAVES[:3]
    assert root_of([]) == WHOLE.root(0) == Edge().root == EMPTY
    assert root_of([a]) == a
    assert root_of([a, b, c]) == node_hash(node_hash(a, b), c)


def test_every_inclusion_proof_of_every_size_to_300() -> None:
    for size in (*range(1, 20), *range(20, 301, 7), 255, 256, 257, 300):
        root = WHOLE.root(size)
        assert root == root_of(LEAVES[:size])
        for index in range(size):
            proof = inclusion_proof(index, size, WHOLE.subtree)
            assert includes(index, size, LEAVES[index], proof, root)
            assert not includes(index, size, LEAVES[index], [*proof, root], root)
            assert not includes(index, size, LEAVES[index + 1], proof, root)
            assert not proof or not includes(index, size, LEAVES[index], proof[1:], root)


def test_every_consistency_proof_to_300() -> None:
    for new in (*range(1, 33), 63, 64, 65, 127, 200, 255, 256, 257, 300):
        for old in range(1, new + 1):
            proof = consistency_proof(old, new, WHOLE.subtree)
            roots = WHOLE.root(old), WHOLE.root(new)
            assert consistent(old, new, *roots, proof)
            assert not consistent(old, new, roots[0], LEAVES[0], proof) or new == 1
            if old < new:
                assert not consistent(old, new, *roots, [*proof, EMPTY])
                assert not consistent(old, new, *roots, proof[:-1])


def test_proofs_of_what_is_not_there_are_refused() -> None:
    with pytest.raises(ValueError, match="no leaf 3"):
        inclusion_proof(3, 3, WHOLE.subtree)
    with pytest.raises(ValueError, match="does not grow"):
        consistency_proof(4, 3, WHOLE.subtree)
    assert consistency_proof(0, 7, WHOLE.subtree) == []
    assert consistency_proof(7, 7, WHOLE.subtree) == []
    assert not consistent(0, 7, EMPTY, WHOLE.root(7), [])


@given(st.integers(1, 700), st.data())
def test_a_subtree_of_a_tree_is_shown_by_its_own_proof(size: int, data: st.DataObject) -> None:
    width = data.draw(st.integers(1, size))
    full = 1 << max(width - 1, 0).bit_length()
    start = data.draw(st.integers(0, (size - width) // full)) * full
    end = start + width
    assert valid_subtree(start, end)
    index = data.draw(st.integers(start, end - 1))
    local = Tree(LEAVES[start:end])
    proof = inclusion_proof(index - start, width, local.subtree)
    assert subtree_includes(index, start, end, LEAVES[index], proof, local.root())


@given(st.integers(0, 600), st.integers(0, 100))
def test_an_edge_grows_as_the_tree_does(first: int, more: int) -> None:
    edge, grown = Edge().extend(LEAVES[:first])
    assert Edge.from_bytes(first, bytes(edge)) == edge
    edge, later = edge.extend(LEAVES[first : first + more])
    assert (edge.size, edge.root) == (first + more, WHOLE.root(first + more))
    tiles = {(level, place): hash_ for level, place, hash_ in (*grown, *later)}
    size = first + more
    assert len(tiles) == len(grown) + len(later) == sum(size >> 8 * level for level in range(3))
    assert all(WHOLE.subtree(8 * level, place) == h for (level, place), h in tiles.items())


@pytest.mark.parametrize(("size", "data"), [(3, b""), (1, b"\0" * 31), (2, b"\0" * 64)])
def test_an_edge_of_another_size_is_refused(size: int, data: bytes) -> None:
    with pytest.raises(Malformed, match="the edge"):
        Edge.from_bytes(size, data)


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 511, 512, 700])
def test_tiles_serve_every_subtree_and_each_tile_is_read_once(size: int) -> None:
    read: list[Place] = []

    def tile(place: Place) -> bytes:
        read.append(place)
        first = place.number * WIDTH
        return b"".join(
            WHOLE.subtree(8 * (place.level or 0), first + n) for n in range(place.width)
        )

    tiles = Tiles(tile, size)
    for index in range(size):
        proof = inclusion_proof(index, size, tiles.subtree)
        assert proof == inclusion_proof(index, size, WHOLE.subtree)
    assert len(read) == len(set(read))
    assert set(read) <= set(tiles_of(size))


def test_a_tile_that_is_too_short_is_said() -> None:
    with pytest.raises(Incomplete, match=r"tile/0/000.p/5 is too short"):
        Tiles(lambda place: b"\0" * 64, 5).subtree(0, 4)
