package manifests

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"plugvet/scanner/atomicfile"
	"plugvet/scanner/boundedfile"
	"plugvet/scanner/strict"
	"plugvet/scanner/tree"
	"plugvet/scanner/trust"

	"golang.org/x/sys/unix"
)

// Seen remembers, in a directory, the latest manifest of each id that was
// accepted, so that nobody puts an older one in its place: that was signed too.
type Seen struct{ Dir string }

// A record is what is remembered of one id.
type record struct {
	ID       string `toml:"id"`
	Sequence int64  `toml:"sequence"`
	SHA256   string `toml:"sha256"`
	At       Time   `toml:"at"` // when it was last accepted
}

// maxRecord bounds a record's file, in bytes.
const maxRecord = 64 << 10

// clockSlack is how far clocks that are set by the network may disagree.
const clockSlack = 5 * time.Minute

// Accept refuses a manifest that is older than one that was accepted before,
// or has the same sequence and other bytes, and remembers it otherwise. It
// refuses too where the clock went backwards, since the end of an approval or
// of a key's validity means nothing then. A refusal is a [*trust.Distrust]; any other
// error says that the directory cannot be used.
func (s Seen) Accept(m *Manifest, digest string, now time.Time) error {
	if err := os.MkdirAll(s.Dir, 0o700); err != nil {
		return fmt.Errorf("state: %w", err)
	}
	unlock, err := lock(filepath.Join(s.Dir, "lock"))
	if err != nil {
		return fmt.Errorf("state: %w", err)
	}
	defer unlock()
	path := s.path(m.ID)
	last, err := readRecord(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return &trust.Distrust{
			Reason: fmt.Sprintf("what was accepted before is not known: %v", err),
			Hint:   "find out what happened to that file; without it the next manifest is believed whatever its sequence",
		}
	default:
		if err := last.precedes(m, digest, now, path); err != nil {
			return err
		}
		if now.Before(last.At.Time) { // within the slack, which must not add up
			now = last.At.Time
		}
	}
	var e encoder
	e.text("id", m.ID)
	e.number("sequence", m.Sequence)
	e.text("sha256", digest)
	e.raw("at", NewTime(now).Format(time.RFC3339))
	if err := writePrivate(path, e.Bytes()); err != nil {
		return fmt.Errorf("state: %w", err)
	}
	return nil
}

// path is the file of an id, which may hold anything.
func (s Seen) path(id string) string {
	sum := sha256.Sum256([]byte(id))
	return filepath.Join(s.Dir, "manifest-"+hex.EncodeToString(sum[:16])+".toml")
}

func readRecord(path string) (*record, error) {
	data, err := boundedfile.Read(path, maxRecord)
	if err != nil {
		return nil, err
	}
	r := new(record)
	if err := strict.Decode(path, data, r); err != nil {
		return nil, err
	}
	if r.Sequence < 1 || !isSHA256(r.SHA256) || r.At.IsZero() {
		return nil, fmt.Errorf("%s: sequence, sha256 or at is missing", path)
	}
	return r, nil
}

func (r *record) precedes(m *Manifest, digest string, now time.Time, path string) error {
	switch at := r.At.Format(time.RFC3339); {
	case m.Sequence < r.Sequence:
		return &trust.Distrust{
			Reason: fmt.Sprintf("sequence %d of %s went backwards: %d was accepted here at %s", m.Sequence, tree.Visible(m.ID), r.Sequence, at),
			Hint:   "use the latest manifest; to go back to what an older one approves, approve it anew",
		}
	case m.Sequence == r.Sequence && digest != r.SHA256:
		return &trust.Distrust{
			Reason: fmt.Sprintf("sequence %d of %s was accepted here at %s with other bytes (%s)", m.Sequence, tree.Visible(m.ID), at, r.SHA256),
			Hint:   "find out why there are two; a change must raise the sequence, as plugvet approve does",
		}
	case now.Before(r.At.Add(-clockSlack)):
		return &trust.Distrust{
			Reason: fmt.Sprintf("the clock went backwards: it is %s, and this manifest was accepted here at %s", now.UTC().Format(time.RFC3339), at),
			Hint:   "set the clock; if it was wrong before and is right now, remove " + path,
		}
	}
	return nil
}

// lock waits until nobody else has the file locked. The system unlocks it at
// the end of the process, however that comes.
func lock(path string) (unlock func(), err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	for {
		if err = unix.Flock(int(f.Fd()), unix.LOCK_EX); err != unix.EINTR {
			break
		}
	}
	if err != nil {
		f.Close()
		return nil, &fs.PathError{Op: "lock", Path: path, Err: err}
	}
	return func() { f.Close() }, nil
}

func writePrivate(path string, data []byte) error {
	f, err := atomicfile.StagePrivate(path, data)
	if err != nil {
		return err
	}
	defer f.Discard()
	return f.Commit()
}
