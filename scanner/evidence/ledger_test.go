package evidence

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"plugvet/scanner/atomicfile"
	"plugvet/scanner/trust"
)

// sweep appends the scan of a day of November to a ledger.
func sweep(t testing.TB, dir string, day int, keys ...*trust.Key) *Bundle {
	t.Helper()
	l, err := OpenLedger(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	b := entryFor(t, l, day, keys...)
	if err := l.Append(b, keys); err != nil {
		t.Fatal(err)
	}
	return b
}

func entryFor(t testing.TB, l *Ledger, day int, keys ...*trust.Key) *Bundle {
	t.Helper()
	last, err := l.Last(Trust{})
	if err != nil {
		t.Fatal(err)
	}
	in := input(t, "debian", day)
	in.Previous, in.Keys = last, keys
	in.Report.Sweep = SinceLast(last, in.Report, Interval{})
	return create(t, in)
}

func verifyLedger(t testing.TB, dir string, trust LedgerTrust) *LedgerVerification {
	t.Helper()
	v, err := VerifyLedger(dir, trust)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func day(n int) time.Time { return time.Date(2026, 11, n, 3, 1, 0, 0, time.UTC) }

func interval(t *testing.T, text string) Interval {
	t.Helper()
	i, err := ParseInterval(text)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

// mentions reports whether some fault holds every text.
func mentions(faults []string, texts ...string) bool {
	return slices.ContainsFunc(faults, func(fault string) bool {
		return !slices.ContainsFunc(texts, func(text string) bool { return !strings.Contains(fault, text) })
	})
}

func TestATamperedLedgerIsFound(t *testing.T) {
	key, line := newKey(t, "alice@example.com", "-t", "ed25519")
	_, allowed := allow(t, line)
	good := filepath.Join(t.TempDir(), "good")
	for _, n := range []int{2, 9, 16, 23} {
		sweep(t, good, n, key)
	}
	top, err := Head(good)
	if err != nil {
		t.Fatal(err)
	}
	whole := LedgerTrust{Trust: Trust{Allowed: allowed, Required: 1, At: day(24)}, Head: top, Every: interval(t, "7d")}
	if v := verifyLedger(t, good, whole); !v.OK() || v.Entries != 4 || v.Head != top {
		t.Fatalf("%+v", v)
	}
	rename := func(dir, from, to string) error { return os.Rename(filepath.Join(dir, from), filepath.Join(dir, to)) }
	for _, c := range []struct {
		name   string
		do     func(dir string) error
		kept   bool // the head that was kept elsewhere is needed to find it
		faults []string
	}{
		{"an entry removed", func(dir string) error { return os.Remove(filepath.Join(dir, "000002.tar")) }, false, []string{"000002.tar", "missing"}},
		{"the first removed", func(dir string) error { return os.Remove(filepath.Join(dir, "000001.tar")) }, false, []string{"000001.tar", "missing"}},
		{"two entries swapped", func(dir string) error {
			return errors.Join(rename(dir, "000002.tar", "x"), rename(dir, "000003.tar", "000002.tar"), rename(dir, "x", "000003.tar"))
		}, false, []string{"000002.tar", "entry 3"}},
		{"an entry put in twice", func(dir string) error {
			data, err := os.ReadFile(filepath.Join(dir, "000002.tar"))
			return errors.Join(err, os.WriteFile(filepath.Join(dir, "000003.tar"), data, 0o600))
		}, false, []string{"000003.tar", "entry 2"}},
		{"truncated", func(dir string) error { return os.Remove(filepath.Join(dir, "000004.tar")) }, false, []string{"head", "truncated"}},
		{"truncated, head and all", func(dir string) error {
			shorter, err := encodeHead(head{3, digestOf(t, good, 3)}, []*trust.Key{key})
			return errors.Join(err, os.Remove(filepath.Join(dir, "000004.tar")), os.WriteFile(filepath.Join(dir, "head"), shorter, 0o600))
		}, true, []string{"000004.tar", "truncated"}},
		{"truncated to the first, without a head", func(dir string) error {
			return errors.Join(os.Remove(filepath.Join(dir, "000002.tar")), os.Remove(filepath.Join(dir, "000003.tar")),
				os.Remove(filepath.Join(dir, "000004.tar")), os.Remove(filepath.Join(dir, "head")))
		}, false, []string{"head", "truncated"}},
		{"an unsigned entry put in its place", func(dir string) error {
			forged, err := encodeHead(head{3, digestOf(t, dir, 3)}, nil)
			if err != nil {
				return err
			}
			if err := errors.Join(os.Remove(filepath.Join(dir, "000004.tar")), os.WriteFile(filepath.Join(dir, "head"), forged, 0o600)); err != nil {
				return err
			}
			sweep(t, dir, 23)
			return nil
		}, false, []string{"000004.tar", "signed by 0 of"}},
		{"emptied", func(dir string) error {
			return errors.Join(os.RemoveAll(dir), os.Mkdir(dir, 0o755))
		}, false, []string{"holds no entry"}},
		{"the head removed", func(dir string) error { return os.Remove(filepath.Join(dir, "head")) }, false, []string{"head"}},
		{"the head's signature cut off", func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "head"), []byte(top+"\n"), 0o600)
		}, false, []string{"head", "no signature"}},
		{"another file", func(dir string) error { return os.WriteFile(filepath.Join(dir, "000005.tar.bak"), nil, 0o600) }, false, []string{"000005.tar.bak"}},
		{"an entry by another spelling", func(dir string) error { return os.WriteFile(filepath.Join(dir, "0000004.tar"), nil, 0o600) }, false, []string{"0000004.tar", "no place"}},
		{"an entry that is none", func(dir string) error { return os.WriteFile(filepath.Join(dir, "000000.tar"), nil, 0o600) }, false, []string{"000000.tar", "no place"}},
		{"something in the lock", func(dir string) error { return os.WriteFile(filepath.Join(dir, "lock"), []byte("x"), 0o600) }, false, []string{"lock"}},
		{"an entry that is a link", func(dir string) error {
			return errors.Join(rename(dir, "000002.tar", "../moved.tar"), os.Symlink("../moved.tar", filepath.Join(dir, "000002.tar")))
		}, false, []string{"000002.tar"}},
		{"an entry made anew by somebody else", func(dir string) error {
			mallory, _ := newKey(t, "mallory@example.com", "-t", "ed25519")
			if err := errors.Join(os.Remove(filepath.Join(dir, "000004.tar")), os.Remove(filepath.Join(dir, "head"))); err != nil {
				return err
			}
			forged, err := encodeHead(head{3, digestOf(t, dir, 3)}, []*trust.Key{mallory})
			if err != nil {
				return err
			}
			if err := os.WriteFile(filepath.Join(dir, "head"), forged, 0o600); err != nil {
				return err
			}
			sweep(t, dir, 23, mallory)
			return nil
		}, false, []string{"000004.tar", "not allowed"}},
	} {
		dir := filepath.Join(t.TempDir(), "ledger")
		stock(t, "", "cp", "-r", good, dir)
		if err := c.do(dir); err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if v := verifyLedger(t, dir, whole); !mentions(v.Faults, c.faults...) {
			t.Errorf("%s: faults %q, expected one with %q", c.name, v.Faults, c.faults)
		}
		if !c.kept {
			without := whole
			without.Head = ""
			if v := verifyLedger(t, dir, without); v.OK() {
				t.Errorf("%s: goes unnoticed without the head that was kept", c.name)
			}
		}
	}
	// One bit anywhere in an entry or in the head.
	for _, name := range []string{"000002.tar", "000004.tar", "head"} {
		data, err := os.ReadFile(filepath.Join(good, name))
		if err != nil {
			t.Fatal(err)
		}
		dir := filepath.Join(t.TempDir(), "ledger")
		stock(t, "", "cp", "-r", good, dir)
		each(len(data), func(at int, bit byte) {
			altered := bytes.Clone(data)
			altered[at] ^= bit
			if err := os.WriteFile(filepath.Join(dir, name), altered, 0o600); err != nil {
				t.Fatal(err)
			}
			if v := verifyLedger(t, dir, whole); !names(v.Faults, name) {
				t.Errorf("bit %#x of byte %d of %s: %v", bit, at, name, v.Faults)
			}
		})
	}
}

// digestOf is the digest of an entry.
func digestOf(t *testing.T, dir string, n int64) string {
	t.Helper()
	b, err := Read(filepath.Join(dir, entryFile(n)))
	if err != nil {
		t.Fatal(err)
	}
	return b.Digest()
}

// A head that was kept long ago still fits the ledger, which has grown.
func TestALedgerGrowsBeyondAKeptHead(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "ledger")
	sweep(t, dir, 2)
	kept, err := Head(dir)
	if err != nil {
		t.Fatal(err)
	}
	sweep(t, dir, 9)
	if v := verifyLedger(t, dir, LedgerTrust{Head: kept}); !v.OK() {
		t.Error(v.Faults)
	}
	if _, err := VerifyLedger(dir, LedgerTrust{Head: "2"}); err == nil {
		t.Error("2 is a head")
	}
}

func TestAMissedIntervalIsFound(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "ledger")
	for _, n := range []int{2, 9, 23} {
		sweep(t, dir, n)
	}
	v := verifyLedger(t, dir, LedgerTrust{Trust: Trust{At: day(24)}, Every: interval(t, "7d")})
	if len(v.Faults) != 1 || !mentions(v.Faults, "000003.tar", "every 7d", "2026-11-09", "2026-11-23") {
		t.Errorf("two weeks without a sweep: %q", v.Faults)
	}
	if v := verifyLedger(t, dir, LedgerTrust{Trust: Trust{At: day(24)}, Every: interval(t, "2w")}); !v.OK() {
		t.Errorf("every two weeks is kept: %q", v.Faults)
	}
	// None since the last one is as bad.
	late := verifyLedger(t, dir, LedgerTrust{Trust: Trust{At: day(30).AddDate(0, 1, 0)}, Every: interval(t, "2w")})
	if !mentions(late.Faults, "000004.tar", "2026-11-23") {
		t.Errorf("a month after the last sweep: %q", late.Faults)
	}
}

func TestAnIntervalHasALittleGrace(t *testing.T) {
	for _, c := range []struct {
		every  string
		gap    time.Duration
		missed bool
	}{
		{"7d", 7*24*time.Hour + 59*time.Minute, false},
		{"7d", 7*24*time.Hour + 61*time.Minute, true},
		{"1h", 65 * time.Minute, false},
		{"1h", 67 * time.Minute, true},
		{"7d", -time.Hour, false},
	} {
		if got := interval(t, c.every).missed(day(1), day(1).Add(c.gap)); got != c.missed {
			t.Errorf("every %s, after %v: missed %v", c.every, c.gap, got)
		}
	}
	for _, text := range []string{"", "7", "d", "0d", "-1d", "+1d", "1.5d", "7 d", "99999999999999999999d", "200000w", "7dd"} {
		if i, err := ParseInterval(text); err == nil && text != "200000w" {
			t.Errorf("%q is an interval: %v", text, i)
		}
	}
}

func TestAClockThatWentBackwardsIsRecordedAndTold(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "ledger")
	sweep(t, dir, 9)
	last := sweep(t, dir, 2)
	if odd := last.Index.Irregular; len(odd) != 1 || !strings.Contains(odd[0], "backwards") {
		t.Fatalf("recorded: %q", odd)
	}
	v := verifyLedger(t, dir, LedgerTrust{})
	if !v.OK() || !mentions(v.Notes, "000002.tar", "backwards") {
		t.Errorf("faults %q, notes %q", v.Faults, v.Notes)
	}
	// Whoever was promised an interval must know that it is not shown.
	v = verifyLedger(t, dir, LedgerTrust{Trust: Trust{At: day(3)}, Every: interval(t, "7d")})
	if !mentions(v.Faults, "000002.tar", "backwards") {
		t.Errorf("with an interval: %q", v.Faults)
	}
	// An entry that keeps silent about it was made by something else.
	first, err := Read(filepath.Join(dir, "000001.tar"))
	if err != nil {
		t.Fatal(err)
	}
	in := input(t, "debian", 2)
	in.Previous = first
	silent := &Bundle{Files: Files{}, Report: in.Report}
	b := create(t, in)
	silent.Files, silent.Index = clone(b.Files), b.Index
	silent.Index.Irregular = nil
	if silent.Files[indexFile], err = encode(silent.Index); err != nil {
		t.Fatal(err)
	}
	if err := silent.attest(nil); err != nil {
		t.Fatal(err)
	}
	silent.Files[checksumsFile] = silent.Files.checksums()
	if err := silent.WriteTar(filepath.Join(dir, "000002.tar")); err != nil {
		t.Fatal(err)
	}
	if v := verifyLedger(t, dir, LedgerTrust{}); !mentions(v.Faults, "000002.tar", "does not say so") {
		t.Errorf("a silent entry: %q", v.Faults)
	}
}

// Keys come and go in the life of a ledger: an entry counts by the time that it
// was made, the last one by the present.
func TestOldEntriesOutliveTheirKeys(t *testing.T) {
	old, a := newKey(t, "alice@example.com", "-t", "ed25519")
	fresh, b := newKey(t, "bob@example.com", "-t", "ed25519")
	_, allowed := allow(t, strings.Replace(a, " ssh", ` valid-before="20261105Z" ssh`, 1), b)
	dir := filepath.Join(t.TempDir(), "ledger")
	sweep(t, dir, 2, old)
	now := LedgerTrust{Trust: Trust{Allowed: allowed, Required: 1, At: day(10)}}
	if v := verifyLedger(t, dir, now); v.OK() {
		t.Error("the last entry is by a key that is not valid any more")
	}
	sweep(t, dir, 9, fresh)
	if v := verifyLedger(t, dir, now); !v.OK() {
		t.Error(v.Faults)
	}
}

func TestTwoSweepsDoNotMeet(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "ledger")
	first, err := OpenLedger(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := OpenLedger(dir); !errors.Is(err, ErrBusy) {
		t.Errorf("a second sweep: %v", err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	second, err := OpenLedger(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := second.Close(); err != nil {
		t.Fatal(err)
	}
}

// Wherever a sweep ends, the ledger holds, and the next sweep goes on.
func TestASweepThatFailsLeavesALedgerThatVerifies(t *testing.T) {
	noSpace := &fs.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC}
	for failing := range 3 { // the probe, the entry, the head
		dir := filepath.Join(t.TempDir(), "ledger")
		sweep(t, dir, 2)
		before := stock(t, dir, "sh", "-c", "sha256sum *")
		l, err := OpenLedger(dir)
		if err != nil {
			t.Fatal(err)
		}
		b := entryFor(t, l, 9)
		calls := 0
		l.stage = func(path string, data []byte) (*atomicfile.File, error) {
			if calls++; calls > failing {
				return nil, noSpace
			}
			return atomicfile.Stage(path, data)
		}
		if failing == 0 {
			err = l.clean()
		} else {
			calls = 1
			err = l.Append(b, nil)
		}
		if !errors.Is(err, syscall.ENOSPC) {
			t.Errorf("write %d fails: %v", failing, err)
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		if after := stock(t, dir, "sh", "-c", "sha256sum *"); !bytes.Equal(before, after) {
			t.Errorf("write %d fails, and the ledger is another one:\n%s", failing, after)
		}
		sweep(t, dir, 16)
		if v := verifyLedger(t, dir, LedgerTrust{}); !v.OK() || v.Entries != 2 {
			t.Errorf("write %d fails: %+v", failing, v)
		}
	}
}

// Between the two renames the head is one entry behind.
func TestAHeadThatIsBehindIsMended(t *testing.T) {
	for _, entriesBefore := range []int{0, 1} {
		dir := filepath.Join(t.TempDir(), "ledger")
		if err := os.Mkdir(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		head := []byte(noEntry.String() + "\n")
		for n := range entriesBefore {
			sweep(t, dir, 2+n)
			var err error
			if head, err = os.ReadFile(filepath.Join(dir, headFile)); err != nil {
				t.Fatal(err)
			}
		}
		sweep(t, dir, 9)
		path := filepath.Join(dir, headFile)
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, head, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path+".ABCDEFGHIJKLMNOPQRSTUVWXYZ.tmp", []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
		if v := verifyLedger(t, dir, LedgerTrust{}); !v.OK() || len(v.Notes) < 2 {
			t.Errorf("after %d entries: faults %q, notes %q", entriesBefore, v.Faults, v.Notes)
		}
		sweep(t, dir, 16)
		if v := verifyLedger(t, dir, LedgerTrust{}); !v.OK() || v.Entries != entriesBefore+2 || mentions(v.Notes, headFile) {
			t.Errorf("after the next sweep: %+v", v)
		}
	}
}

// A disk that is really full, where a small one can be mounted.
func TestAFullDiskLeavesALedgerThatVerifies(t *testing.T) {
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=320k", "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("no tmpfs can be mounted: %v %s", err, out)
	}
	t.Cleanup(func() { stock(t, "", "umount", dir) })
	ledger := filepath.Join(dir, "ledger")
	full := false
	for n := 1; n < 20 && !full; n++ {
		l, err := OpenLedger(ledger)
		if err != nil {
			t.Fatal(err)
		}
		err = l.Append(entryFor(t, l, n), nil)
		if full = errors.Is(err, syscall.ENOSPC); err != nil && !full {
			t.Fatal(err)
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		v := verifyLedger(t, ledger, LedgerTrust{})
		want := n
		if full {
			want--
		}
		if !v.OK() || v.Entries != want || len(v.Notes) != want { // a note for each, that it is not signed
			t.Fatalf("after sweep %d, full %v: %+v", n, full, v)
		}
	}
	if !full {
		t.Error("the disk did not fill up")
	}
}

func TestABrokenLedgerIsNotContinued(t *testing.T) {
	for name, alter := range map[string]func(dir string) error{
		"the last entry": func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "000002.tar"), []byte("x"), 0o600)
		},
		"the head": func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "head"), []byte(fmt.Sprintf("7/%s\n", digest(nil))), 0o600)
		},
		"no entries": func(dir string) error {
			return errors.Join(os.Remove(filepath.Join(dir, "000001.tar")), os.Remove(filepath.Join(dir, "000002.tar")))
		},
	} {
		dir := filepath.Join(t.TempDir(), "ledger")
		sweep(t, dir, 2)
		sweep(t, dir, 9)
		if err := alter(dir); err != nil {
			t.Fatal(err)
		}
		l, err := OpenLedger(dir)
		if err != nil {
			t.Fatal(err)
		}
		var broken *BrokenError
		if _, err := l.Last(Trust{}); !errors.As(err, &broken) {
			t.Errorf("%s: %v", name, err)
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
