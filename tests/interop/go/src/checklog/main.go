// Command checklog checks a log's files with Go's own code for transparency logs, not ours.
//
// It uses note.Open, tlog.CheckRecord and tlog.CheckTree, and makes tiles itself from the entries to
// compare them: before golang.org/x/mod v0.40 (CVE-2026-56865) tlog.TileHashReader accepts a forged
// tile.
//
//	checklog checkpoint VKEY FILE
//	checklog inclusion VKEY ENTRY PROOF
//	checklog consistency VKEY OLD NEW PROOF
//	checklog bundle VKEY DIRECTORY
package main

import (
	"encoding/base64"
	"fmt"
	"log"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type head struct {
	size int64
	root tlog.Hash
}

func main() {
	log.SetFlags(0)
	if len(os.Args) < 4 {
		log.Fatal("usage: checklog checkpoint|inclusion|consistency|bundle VKEY FILE...")
	}
	verifier, err := note.NewVerifier(os.Args[2])
	check(err)
	if os.Args[1] == "bundle" {
		bundle(verifier, os.Args[3])
		return
	}
	files := make([][]byte, len(os.Args)-3)
	for i, name := range os.Args[3:] {
		files[i], err = os.ReadFile(name)
		check(err)
	}
	switch os.Args[1] {
	case "checkpoint":
		h := open(verifier, files[0])
		fmt.Println(h.size, h.root)
	case "inclusion":
		inclusion(verifier, files[0], string(files[1]))
	case "consistency":
		old, now := open(verifier, files[0]), open(verifier, files[1])
		check(tlog.CheckTree(hashes(string(files[2])), now.size, now.root, old.size, old.root))
	default:
		log.Fatal("unknown check")
	}
}

// inclusion checks a proof in the format c2sp.org/tlog-proof@v1.
func inclusion(verifier note.Verifier, entry []byte, proof string) {
	above, checkpoint, found := strings.Cut(proof, "\n\n")
	lines := strings.Split(above, "\n")
	if !found || lines[0] != "c2sp.org/tlog-proof@v1" {
		log.Fatal("not a proof")
	}
	lines = lines[1:]
	if strings.HasPrefix(lines[0], "extra ") {
		lines = lines[1:]
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[0], "index "), 10, 64)
	check(err)
	h := open(verifier, []byte(checkpoint))
	path := hashes(strings.Join(lines[1:], "\n"))
	check(tlog.CheckRecord(path, h.size, h.root, index, tlog.RecordHash(entry)))
}

func open(verifier note.Verifier, data []byte) head {
	n, err := note.Open(data, note.VerifierList(verifier))
	check(err)
	lines := strings.Split(n.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		log.Fatal("not a checkpoint of this log")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	check(err)
	return head{size, hash(lines[2])}
}

func hashes(text string) []tlog.Hash {
	var found []tlog.Hash
	for _, line := range strings.Fields(text) {
		found = append(found, hash(line))
	}
	return found
}

func hash(text string) (h tlog.Hash) {
	data, err := base64.StdEncoding.DecodeString(text)
	check(err)
	if copy(h[:], data) != len(data) || len(data) != tlog.HashSize {
		log.Fatal("not a hash")
	}
	return h
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
