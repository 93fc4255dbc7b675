// Checks a ledger with the packages of Go's own checksum database: nothing here shares a line with ours.
// Usage: check ADDRESS KEY OLD-CHECKPOINT PROOF; prints "ok" or why not.
package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func fail(what string, err error) {
	if err != nil {
		fmt.Println(what+":", err)
		os.Exit(1)
	}
}

// open checks a checkpoint's signature and reads its size and root.
func open(text string, keys note.Verifiers) tlog.Tree {
	opened, err := note.Open([]byte(text), keys)
	fail("signature", err)
	lines := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	fail("size", err)
	root, err := tlog.ParseHash(lines[2])
	fail("root", err)
	return tlog.Tree{N: size, Hash: root}
}

type tiles struct{ address string }

func (t tiles) Height() int                               { return 8 }
func (t tiles) SaveTiles(_ []tlog.Tile, _ [][]byte)        {}
func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range wanted {
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		reply, err := http.Get(t.address + "/so-cai/" + path)
		if err != nil {
			return nil, err
		}
		body, err := io.ReadAll(reply.Body)
		reply.Body.Close()
		if err != nil || reply.StatusCode != 200 {
			return nil, fmt.Errorf("%s: %d %v", path, reply.StatusCode, err)
		}
		all = append(all, body)
	}
	return all, nil
}

func read(path string) string {
	text, err := os.ReadFile(path)
	fail("file", err)
	return string(text)
}

func main() {
	address := os.Args[1]
	verifier, err := note.NewVerifier(os.Args[2])
	fail("key", err)
	keys := note.VerifierList(verifier)

	reply, err := http.Get(address + "/so-cai/checkpoint")
	fail("checkpoint", err)
	text, err := io.ReadAll(reply.Body)
	fail("checkpoint", err)
	tree := open(string(text), keys)
	reader := tlog.TileHashReader(tree, tiles{address})

	// Every line's hash is in the tree that was signed.
	for n := int64(0); n < tree.N; n++ {
		hashes, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, n)})
		fail("tile", err)
		proof, err := tlog.ProveRecord(tree.N, n, reader)
		fail("inclusion", err)
		fail("inclusion", tlog.CheckRecord(proof, tree.N, tree.Hash, n, hashes[0]))
	}

	old := open(read(os.Args[3]), keys)
	growth, err := tlog.ProveTree(tree.N, old.N, reader)
	fail("consistency", err)
	fail("consistency", tlog.CheckTree(growth, tree.N, tree.Hash, old.N, old.Hash))

	checkOwnProof(read(os.Args[4]), keys)
	fmt.Println("ok", tree.N)
}

// checkOwnProof reads a proof of C2SP tlog-proof, with the line and its nonce in the extra data.
func checkOwnProof(text string, keys note.Verifiers) {
	head, checkpoint, _ := strings.Cut(text, "\n\n")
	tree := open(checkpoint, keys)
	lines := strings.Split(head, "\n")
	bytes, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	fail("extra", err)
	var extra struct{ Nonce, Record string }
	fail("extra", json.Unmarshal(bytes, &extra))
	nonce, err := base64.StdEncoding.DecodeString(extra.Nonce)
	fail("nonce", err)
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
	fail("index", err)
	var proof tlog.RecordProof
	for _, line := range lines[3:] {
		hash, err := tlog.ParseHash(line)
		fail("hash", err)
		proof = append(proof, hash)
	}
	leaf := tlog.RecordHash(append(nonce, extra.Record...))
	fail("proof", tlog.CheckRecord(proof, tree.N, tree.Hash, index, leaf))
}
