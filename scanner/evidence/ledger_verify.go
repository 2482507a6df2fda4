package evidence

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"plugvet/scanner/trust"
)

// LedgerTrust says what a ledger is held against.
type LedgerTrust struct {
	Trust
	Head  string   // one that was kept elsewhere, "7/sha256:…"; empty: none
	Every Interval // that was promised; zero: none
}

// A LedgerVerification is what came out of checking a ledger.
type LedgerVerification struct {
	Dir     string
	Entries int
	First   time.Time // when the first and the last sweep began
	Last    time.Time
	Head    string   // of what is there, "7/sha256:…"; empty where nothing is
	Faults  []string // each begins with the file at fault; none means that all holds
	Notes   []string

	headKept bool // elsewhere, and was held against the ledger
}

// OK reports whether everything holds.
func (v *LedgerVerification) OK() bool { return len(v.Faults) == 0 }

func (v *LedgerVerification) fault(format string, args ...any) {
	v.Faults = append(v.Faults, fmt.Sprintf(format, args...))
}

func (v *LedgerVerification) note(format string, args ...any) {
	v.Notes = append(v.Notes, fmt.Sprintf(format, args...))
}

// VerifyLedger checks every entry of a ledger, that each names the one before
// it, and that the head names the last. The keys of the last entry and of the
// head must be valid at t.At; those of earlier entries at the time that the
// entry states, since the last one vouches for them. The error is about a
// directory that cannot be read, or a head in t that is none.
func VerifyLedger(dir string, t LedgerTrust) (*LedgerVerification, error) {
	var kept head
	if t.Head != "" {
		var err error
		if kept, err = parseHead(t.Head); err != nil {
			return nil, err
		}
	}
	v := &LedgerVerification{Dir: dir}
	if err := v.strangers(); err != nil {
		return nil, err
	}
	sequences, err := entries(dir)
	if err != nil {
		return nil, err
	}
	v.Entries = len(sequences)
	if len(sequences) == 0 {
		v.fault("%s: holds no entry", dir)
	}
	digests := map[int64]string{}
	var before *Bundle
	next := int64(1)
	for i, n := range sequences {
		if n == next+1 {
			v.fault("%s: is missing", entryFile(next))
		} else if n > next {
			v.fault("%s: is missing, and all up to %s", entryFile(next), entryFile(n-1))
		}
		if n != next {
			before = nil
		}
		next = n + 1
		before = v.entry(n, before, t, i == len(sequences)-1)
		if before != nil {
			digests[n] = before.Digest()
		}
	}
	v.head(next-1, digests, before, t.Trust)
	if t.Head != "" {
		v.headKept = true
		v.keptHead(kept, next-1, digests)
	}
	if before != nil && t.Every.missed(before.Report.Run.Started, t.At) {
		v.fault("%s: %s", entryFile(next), lateText(t.Every, before.Report.Run.Started, t.At.UTC().Truncate(time.Second)))
	}
	return v, nil
}

// strangers finds files that have no place in a ledger.
func (v *LedgerVerification) strangers() error {
	files, err := os.ReadDir(v.Dir)
	if err != nil {
		return err
	}
	for _, file := range files {
		switch name := file.Name(); {
		case !file.Type().IsRegular():
			v.fault("%s: not a regular file", name)
		case name == lockFile:
			if info, err := file.Info(); err == nil && info.Size() > 0 {
				v.fault("%s: holds something, and is empty in a ledger", name)
			}
		case name == headFile || isEntry(name):
		case leftover.MatchString(name):
			v.note("%s: was left behind by a sweep that was ended; the next one removes it", name)
		default:
			v.fault("%q: has no place in a ledger", name)
		}
	}
	return nil
}

// entry checks one entry and its link to the one before it, where that is
// known. It returns nil where the entry cannot be read.
func (v *LedgerVerification) entry(n int64, before *Bundle, t LedgerTrust, last bool) *Bundle {
	name := entryFile(n)
	at := t.At
	files, err := readFiles(filepath.Join(v.Dir, name))
	if err != nil {
		v.fault("%s: %v", name, err)
		return nil
	}
	if !last {
		at = time.Time{} // that of the entry
	}
	one := &Verification{trust: Trust{Allowed: t.Allowed, Required: t.Required, At: at}}
	one.files(files)
	for _, fault := range one.Faults {
		v.fault("%s: %s", name, fault)
	}
	b := one.Bundle
	if b == nil {
		return nil
	}
	if b.Index.Sequence != n {
		v.fault("%s: is entry %d by its index", name, b.Index.Sequence)
	}
	for _, odd := range b.Index.Irregular {
		v.note("%s: %s", name, odd)
	}
	if len(one.Signers) == 0 {
		v.note("%s: was made without a signature", name)
	}
	started := b.Report.Run.Started
	if v.First.IsZero() {
		v.First = started
	}
	v.Last = started
	if before == nil {
		return b
	}
	if b.Index.Previous != before.Digest() {
		v.fault("%s: does not follow on %s", name, entryFile(n-1))
	}
	if len(before.Index.Signers) > 0 && len(b.Index.Signers) == 0 {
		v.fault("%s: was made without a signature, and %s is signed", name, entryFile(n-1))
	}
	if odd := backwards(b.Index.At, before.Index.At); odd != "" {
		if !slices.Contains(b.Index.Irregular, odd) {
			v.fault("%s: %s, and the entry does not say so", name, odd)
		} else if t.Every.length > 0 {
			v.fault("%s: %s, so that nothing shows whether a sweep was missed", name, odd)
		}
	}
	if from := before.Report.Run.Started; t.Every.missed(from, started) {
		v.fault("%s: %s", name, lateText(t.Every, from, started))
	}
	return b
}

// head holds the head file against the last entry.
func (v *LedgerVerification) head(last int64, digests map[int64]string, b *Bundle, t Trust) {
	if b != nil {
		v.Head = head{last, digests[last]}.String()
	}
	line, signatures, err := readHeadFile(v.Dir)
	if errors.Is(err, fs.ErrNotExist) {
		v.fault("%s: is not there: the ledger may have been truncated", headFile)
		return
	}
	var h head
	if err == nil {
		h, err = parseHead(string(line[:len(line)-1]))
	}
	if err != nil {
		v.fault("%s: %v", headFile, err)
		return
	}
	v.headSignatures(line, signatures, b, t)
	switch {
	case h.sequence > last:
		v.fault("%s: names entry %d, and the last one is %d: the ledger was truncated", headFile, h.sequence, last)
	case h.sequence < last-1:
		v.fault("%s: names entry %d, and the last one is %d", headFile, h.sequence, last)
	case digests[h.sequence] != "" && digests[h.sequence] != h.digest:
		v.fault("%s: names another entry %d than the one that is there", headFile, h.sequence)
	case h.sequence == last-1:
		v.note("%s: is one entry behind; a sweep was ended before it, and the next one writes it", headFile)
	}
}

// headSignatures checks the signatures of the head, of which there must be one
// by each signer of the last entry or, where the head is behind, any.
func (v *LedgerVerification) headSignatures(line []byte, signatures [][]byte, b *Bundle, t Trust) {
	var signers []trust.Signer
	check := Verification{trust: t}
	for _, signature := range signatures {
		signer, err := check.verify(trust.NamespaceEvidence, line, signature)
		if err != nil {
			v.fault("%s: signature %v", headFile, err)
			return
		}
		signers = append(signers, signer)
	}
	if len(signers) == 0 && b != nil && len(b.Index.Signers) > 0 {
		v.fault("%s: has no signature, and the last entry has", headFile)
	}
	if got, required := trust.CountPrincipals(signers), t.required(); required > 0 && got < required {
		v.fault("%s: signed by %d of the %d principals that are required", headFile, got, required)
	}
}

// keptHead holds a head that was kept elsewhere against the ledger, which may
// have grown since.
func (v *LedgerVerification) keptHead(kept head, last int64, digests map[int64]string) {
	switch is := digests[kept.sequence]; {
	case kept.sequence > last:
		v.fault("%s: is missing: the head that was kept names it, and the last one is %d: the ledger was truncated", entryFile(kept.sequence), last)
	case is != "" && is != kept.digest:
		v.fault("%s: is not the entry that the head that was kept names", entryFile(kept.sequence))
	}
}
