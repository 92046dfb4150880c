package main

import (
	"bytes"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const (
	height = 8
	width  = 1 << height
)

// stored has the hashes of a tree in the order of tlog.StoredHashIndex.
type stored []tlog.Hash

func (s stored) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		if index >= int64(len(s)) {
			return nil, fmt.Errorf("no hash %d", index)
		}
		found[i] = s[index]
	}
	return found, nil
}

// bundle reads every entry of a directory as C2SP tlog-tiles lays it out, makes the tree anew, and
// compares its root with the checkpoint's and every tile with the file that is there.
func bundle(verifier note.Verifier, directory string) {
	h := open(verifier, read(directory, "checkpoint"))
	var hashes stored
	for index := int64(0); index < h.size; {
		tile := tlog.Tile{H: height, L: -1, N: index / width, W: int(least(width, h.size-index))}
		entries := unpack(read(directory, place(tile)))
		if len(entries) != tile.W {
			log.Fatalf("%s has %d entries", place(tile), len(entries))
		}
		for _, entry := range entries {
			more, err := tlog.StoredHashesForRecordHash(index, tlog.RecordHash(entry), hashes)
			check(err)
			hashes = append(hashes, more...)
			index++
		}
	}
	root, err := tlog.TreeHash(h.size, hashes)
	check(err)
	if root != h.root {
		log.Fatal("the entries lead to another root")
	}
	for _, tile := range tlog.NewTiles(height, 0, h.size) {
		// NewTiles names every width that a growing tile ever had; here is the last.
		if tile.W < width && int64(tile.W) != (h.size>>(height*tile.L))%width {
			continue
		}
		data, err := tlog.ReadTileData(tile, hashes)
		check(err)
		if !bytes.Equal(data, read(directory, place(tile))) {
			log.Fatalf("%s is not what the entries make", place(tile))
		}
	}
	fmt.Println(h.size, h.root)
}

// place is where a tile lies: Go's own paths name the height and call entries data.
func place(tile tlog.Tile) string {
	path := strings.TrimPrefix(tile.Path(), fmt.Sprintf("tile/%d/", height))
	return "tile/" + strings.Replace(path, "data/", "entries/", 1)
}

func unpack(data []byte) (entries [][]byte) {
	for len(data) > 0 {
		if len(data) < 2 || len(data) < 2+int(data[0])<<8+int(data[1]) {
			log.Fatal("an entry is cut off")
		}
		end := 2 + int(data[0])<<8 + int(data[1])
		entries, data = append(entries, data[2:end]), data[end:]
	}
	return entries
}

func read(directory, name string) []byte {
	data, err := os.ReadFile(filepath.Join(directory, filepath.FromSlash(name)))
	check(err)
	return data
}

func least(one, other int64) int64 {
	if one < other {
		return one
	}
	return other
}
