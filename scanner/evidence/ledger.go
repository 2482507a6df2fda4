package evidence

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"plugvet/scanner/atomicfile"
	"plugvet/scanner/trust"

	"golang.org/x/sys/unix"
)

// Names in a ledger's directory: an entry is a bundle as a tar, named by its
// sequence; head names the last one; lock keeps two sweeps apart.
const (
	headFile = "head"
	lockFile = "lock"
)

var (
	entryName = regexp.MustCompile(`^[0-9]{6,18}\.tar$`)
	// leftover is what a sweep that was killed leaves behind (see atomicfile).
	leftover = regexp.MustCompile(`^(head|[0-9]{6,18}\.tar)\.[A-Z2-7]+\.tmp$`)
)

// maxHead bounds the head file, in bytes.
const maxHead = 1 << 20

// ErrBusy says that another sweep holds the ledger.
var ErrBusy = errors.New("another sweep is at work")

// A Ledger is a directory of bundles, each of which names the one before it.
// It is open for one more.
type Ledger struct {
	dir    string
	lock   *os.File
	behind *head // what the head should be, where a sweep was ended before it
	// stage writes a file beside its place; a test has it fail.
	stage func(path string, data []byte) (*atomicfile.File, error)
}

// OpenLedger opens the ledger in a directory for a sweep, and makes the
// directory where there is none. It fails at once with [ErrBusy] where another
// sweep is under way, and where nothing can be written.
func OpenLedger(dir string) (*Ledger, error) {
	if err := os.Mkdir(dir, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	lock, err := os.OpenFile(filepath.Join(dir, lockFile), os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	if err := unix.Flock(int(lock.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		if errors.Is(err, unix.EWOULDBLOCK) {
			err = ErrBusy
		}
		return nil, errors.Join(&Error{Path: dir, Err: err}, lock.Close())
	}
	l := &Ledger{dir: dir, lock: lock, stage: atomicfile.Stage}
	if err := l.clean(); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

// Close lets other sweeps in.
func (l *Ledger) Close() error { return l.lock.Close() }

// clean removes what sweeps that were killed left behind, and finds out early
// whether the directory can be written to.
func (l *Ledger) clean() error {
	entries, err := os.ReadDir(l.dir)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if leftover.MatchString(entry.Name()) {
			if err := os.Remove(filepath.Join(l.dir, entry.Name())); err != nil {
				return err
			}
		}
	}
	probe, err := l.stage(filepath.Join(l.dir, headFile), nil)
	if err != nil {
		return err
	}
	probe.Discard()
	return nil
}

// Last returns the last entry, or nil where there is none. An entry or a head
// that do not hold, or that nobody signed whom t trusts, are an error: a chain
// is not continued from a broken link.
func (l *Ledger) Last(t Trust) (*Bundle, error) {
	sequences, err := entries(l.dir)
	if err != nil {
		return nil, err
	}
	h, err := readHead(l.dir)
	switch {
	case errors.Is(err, fs.ErrNotExist) && len(sequences) == 0:
		return nil, nil
	case err != nil:
		return nil, l.broken("%s: %w", headFile, err)
	case len(sequences) == 0 && *h == noEntry: // killed before the first entry
		return nil, nil
	case len(sequences) == 0:
		return nil, l.broken("%s: names entry %d, and there is none", headFile, h.sequence)
	}
	last := sequences[len(sequences)-1]
	name := entryFile(last)
	v := Verify(filepath.Join(l.dir, name), t)
	switch {
	case !v.OK():
		return nil, l.broken("%s: %s", name, v.Faults[0])
	case v.Bundle.Index.Sequence != last:
		return nil, l.broken("%s: is entry %d", name, v.Bundle.Index.Sequence)
	case h.sequence == last && h.digest != v.Bundle.Digest():
		return nil, l.broken("%s: is not the entry that %s names", name, headFile)
	case h.sequence == last-1 && *h != noEntry && h.digest != v.Bundle.Index.Previous:
		return nil, l.broken("%s: does not follow on the entry that %s names", name, headFile)
	case h.sequence != last && h.sequence != last-1:
		return nil, l.broken("%s: names entry %d, and the last one is %d", headFile, h.sequence, last)
	}
	if h.sequence == last && t.Allowed != nil {
		line, signatures, err := readHeadFile(l.dir)
		if err != nil {
			return nil, l.broken("%s: %w", headFile, err)
		}
		signed := &LedgerVerification{}
		if signed.headSignatures(line, signatures, v.Bundle, v.trust); !signed.OK() {
			return nil, l.broken("%s", signed.Faults[0])
		}
	}
	if h.sequence != last {
		l.behind = &head{last, v.Bundle.Digest()}
	}
	return v.Bundle, nil
}

func (l *Ledger) broken(format string, args ...any) error {
	return &BrokenError{&Error{Path: l.dir, Err: fmt.Errorf(format, args...)}}
}

// A BrokenError is a ledger that does not verify.
type BrokenError struct{ Err error }

func (e *BrokenError) Error() string { return e.Err.Error() }
func (e *BrokenError) Unwrap() error { return e.Err }

// Append adds the bundle that follows on the last entry. At any moment the
// ledger on disk is either without or with it: the entry is written beside its
// place, synced and renamed, and then the head likewise. A head that is one
// entry behind is all that may be left of it, which the next sweep mends.
// Before the first entry there is a head that names none, so that an entry
// without a head always says that something was removed.
func (l *Ledger) Append(b *Bundle, keys []*trust.Key) error {
	entry, err := b.Tar()
	if err != nil {
		return err
	}
	top, err := encodeHead(head{b.Index.Sequence, b.Digest()}, keys)
	if err != nil {
		return err
	}
	path := filepath.Join(l.dir, entryFile(b.Index.Sequence))
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return &fs.PathError{Op: "write", Path: path, Err: fs.ErrExist}
	}
	if l.behind != nil { // the head that the last sweep did not come to, or it could come to be two behind
		if err := l.writeHead(*l.behind, keys); err != nil {
			return err
		}
	}
	// Both are on disk before either appears, so that a full disk changes nothing.
	stagedEntry, err := l.stage(path, entry)
	if err != nil {
		return err
	}
	defer stagedEntry.Discard()
	stagedHead, err := l.stage(filepath.Join(l.dir, headFile), top)
	if err != nil {
		return err
	}
	defer stagedHead.Discard()
	if b.Index.Sequence == 1 {
		if err := l.writeHead(noEntry, keys); err != nil {
			return err
		}
	}
	if err := stagedEntry.Commit(); err != nil {
		return err
	}
	return stagedHead.Commit()
}

func (l *Ledger) writeHead(h head, keys []*trust.Key) error {
	data, err := encodeHead(h, keys)
	if err != nil {
		return err
	}
	staged, err := l.stage(filepath.Join(l.dir, headFile), data)
	if err != nil {
		return err
	}
	defer staged.Discard()
	return staged.Commit()
}

func entryFile(sequence int64) string { return fmt.Sprintf("%06d.tar", sequence) }

// sequenceOf reads what entryFile writes, which has one spelling.
func sequenceOf(name string) (int64, bool) {
	if !entryName.MatchString(name) {
		return 0, false
	}
	n, err := strconv.ParseInt(strings.TrimSuffix(name, ".tar"), 10, 64)
	return n, err == nil && n > 0 && entryFile(n) == name
}

func isEntry(name string) bool {
	_, ok := sequenceOf(name)
	return ok
}

// entries lists the sequences of the entries that are there, sorted.
func entries(dir string) ([]int64, error) {
	files, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var list []int64
	for _, file := range files {
		if n, ok := sequenceOf(file.Name()); ok {
			list = append(list, n)
		}
	}
	slices.Sort(list)
	return list, nil
}

// A head names the last entry of a ledger. Written "7/sha256:…" it can be kept
// elsewhere, in git, a ticket or a log, as proof of how far the ledger went.
type head struct {
	sequence int64
	digest   string // of the entry's index.json
}

// noEntry is the head of a ledger that has no entry yet.
var noEntry = head{0, digest(nil)}

func (h head) String() string { return fmt.Sprintf("%d/%s", h.sequence, h.digest) }

// parseHead reads what String writes.
func parseHead(text string) (head, error) {
	number, digest, ok := strings.Cut(text, "/")
	n, err := strconv.ParseInt(number, 10, 64)
	h := head{n, digest}
	if !ok || err != nil || n < 1 && h != noEntry || !digestForm.MatchString(digest) || h.String() != text {
		return head{}, fmt.Errorf("%q is not a head, expected one such as 7/sha256:… with 64 hexadecimal digits", text)
	}
	return h, nil
}

// encodeHead makes the head file: a line with the head, and below it the
// signatures over that line.
func encodeHead(h head, keys []*trust.Key) ([]byte, error) {
	line := []byte(h.String() + "\n")
	data := line
	for _, key := range keys {
		signature, err := key.Sign(trust.NamespaceEvidence, line)
		if err != nil {
			return nil, err
		}
		data = append(data[:len(data):len(data)], signature...)
	}
	return data, nil
}

// readHead reads the head of a ledger and verifies nothing.
func readHead(dir string) (*head, error) {
	line, _, err := readHeadFile(dir)
	if err != nil {
		return nil, err
	}
	h, err := parseHead(strings.TrimSuffix(string(line), "\n"))
	return &h, err
}

// readHeadFile returns the first line and the signatures below it.
func readHeadFile(dir string) (line []byte, signatures [][]byte, err error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, nil, err
	}
	defer root.Close()
	data, err := readRegular(root, headFile, maxHead)
	if err != nil {
		return nil, nil, err
	}
	line, rest, ok := bytes.Cut(data, []byte("\n"))
	if !ok {
		return nil, nil, errors.New("expected a line")
	}
	begin := []byte("-----BEGIN")
	for len(rest) > 0 {
		end := len(rest)
		if i := bytes.Index(rest[1:], begin); i >= 0 {
			end = i + 1
		}
		signatures = append(signatures, rest[:end])
		rest = rest[end:]
	}
	return data[:len(line)+1], signatures, nil
}

// Head is the head of the ledger in a directory, as "7/sha256:…". Nothing is
// verified.
func Head(dir string) (string, error) {
	h, err := readHead(dir)
	if err != nil {
		return "", &Error{Path: dir, Err: fmt.Errorf("%s: %w", headFile, err)}
	}
	return h.String(), nil
}
