package evidence

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"plugvet/scanner"
)

// each calls f with some dozen positions all over n bytes, and with a bit that
// changes from one to the next.
func each(n int, f func(at int, bit byte)) {
	step := max(1, n/31)
	for i, at := 0, 0; at < n; i, at = i+1, at+step {
		f(at, 1<<(i%8))
	}
	if n > 0 {
		f(n-1, 1)
	}
}

func names(faults []string, name string) bool {
	return slices.ContainsFunc(faults, func(fault string) bool { return strings.HasPrefix(fault, name+":") })
}

// One flipped bit in any file must be found, and the message must name the file.
func TestEveryFlippedBitIsFound(t *testing.T) {
	key, line := newKey(t, "alice@example.com", "-t", "ed25519")
	_, allowed := allow(t, line)
	in := input(t, "homebrew", 23)
	unsigned := create(t, in)
	in.Keys = append(in.Keys, key)
	signed := create(t, in)
	for _, c := range []struct {
		name  string
		b     *Bundle
		trust Trust
	}{
		{"unsigned", unsigned, Trust{}},
		{"signed by nobody known", signed, Trust{}},
		{"signed", signed, Trust{Allowed: allowed, Required: 1, At: in.Report.Run.Finished}},
	} {
		if v := verifyFiles(c.b.Files, c.trust); !v.OK() {
			t.Fatalf("%s: %v", c.name, v.Faults)
		}
		for name, data := range c.b.Files {
			each(len(data), func(at int, bit byte) {
				files := clone(c.b.Files)
				files[name][at] ^= bit
				v := verifyFiles(files, c.trust)
				if v.OK() || !names(v.Faults, name) || isContent(name) && names(v.Faults, statementFile) {
					t.Errorf("%s: %s: bit %#x of byte %d: %v", c.name, name, bit, at, v.Faults)
				}
			})
		}
	}
}

// The same in a tar, where headers and padding have bits too.
func TestEveryFlippedBitOfATarIsFound(t *testing.T) {
	b := create(t, input(t, "homebrew", 23))
	data, err := b.Tar()
	if err != nil {
		t.Fatal(err)
	}
	flip := func(at int, bit byte) {
		data := bytes.Clone(data)
		data[at] ^= bit
		files, err := decodeTar(data)
		if err != nil {
			return
		}
		if v := verifyFiles(files, Trust{}); v.OK() {
			t.Errorf("bit %#x of byte %d goes unnoticed", bit, at)
		}
	}
	each(len(data), flip)
	// The headers.
	for at := 0; at < len(data); at += 5 {
		if header := bytes.HasPrefix(data[at/512*512:], []byte("plugvet-evidence-1/")); header {
			flip(at, 1<<(at%8))
		}
	}
	for at := len(data) - 1024; at < len(data); at += 7 {
		flip(at, 1<<(at%8))
	}
}

func TestATarFaultNamesTheFile(t *testing.T) {
	f := Files{"a.txt": []byte("one"), "b.txt": bytes.Repeat([]byte("x"), 600), "c.txt": {}}
	data, err := encodeTar(f, "dir", input(t, "debian", 23).Report.Run.Finished)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		at   int // in the padding or header
		file string
	}{{512 + 3, "a.txt"}, {512 + 511, "a.txt"}, {1024 + 512 + 600, "b.txt"}, {len(data) - 1, "c.txt"}} {
		broken := bytes.Clone(data)
		broken[c.at] ^= 4
		if _, err := decodeTar(broken); err == nil || !strings.Contains(err.Error(), c.file) {
			t.Errorf("byte %d: %v, expected a fault of %s", c.at, err, c.file)
		}
	}
}

func TestFilesThatComeGoOrMoveAreFound(t *testing.T) {
	b := create(t, input(t, "homebrew", 23))
	for name := range b.Files {
		files := clone(b.Files)
		delete(files, name)
		if v := verifyFiles(files, Trust{}); v.OK() || !names(v.Faults, name) {
			t.Errorf("%s removed: %v", name, v.Faults)
		}
		files["renamed.txt"] = b.Files[name]
		if v := verifyFiles(files, Trust{}); v.OK() || !names(v.Faults, name) {
			t.Errorf("%s renamed: %v", name, v.Faults)
		}
	}
	files := clone(b.Files)
	files["added.txt"] = []byte("hello")
	if v := verifyFiles(files, Trust{}); !names(v.Faults, "added.txt") {
		t.Errorf("added: %v", v.Faults)
	}
	// Also where SHA256SUMS was made again to fit.
	files[checksumsFile] = files.checksums()
	if v := verifyFiles(files, Trust{}); v.OK() || !strings.Contains(v.Faults[0], "added.txt") {
		t.Errorf("added, and SHA256SUMS made again: %v", v.Faults)
	}
}

// A forger who makes everything anew that needs no key is left with signatures
// that do not fit.
func TestASignedBundleCannotBeMadeAnew(t *testing.T) {
	alice, line := newKey(t, "alice@example.com", "-t", "ed25519")
	mallory, _ := newKey(t, "mallory@example.com", "-t", "ed25519")
	_, allowed := allow(t, line)
	in := input(t, "homebrew", 23)
	forged := input(t, "homebrew", 23)
	forged.Report.Plugins = []scanner.Plugin{}
	forged.Report.Summary = scanner.Summary{Verdict: "pass", BySeverity: map[scanner.Severity]int{}, ByVerdict: map[scanner.Verdict]int{}}
	in.Keys = append(in.Keys, alice)
	t.Run("unsigned", func(t *testing.T) {
		v := verifyFiles(create(t, forged).Files, Trust{Allowed: allowed, Required: 1, At: in.Report.Run.Finished})
		if !names(v.Faults, checksumsFile) {
			t.Errorf("a bundle without a signature: %v", v.Faults)
		}
	})
	t.Run("by another key", func(t *testing.T) {
		forged.Keys = append(forged.Keys, mallory)
		b := create(t, forged)
		v := verifyFiles(b.Files, Trust{Allowed: allowed, At: in.Report.Run.Finished})
		if !names(v.Faults, checksumsSignature(1)) {
			t.Errorf("a bundle by an unknown key: %v", v.Faults)
		}
		if v := verifyFiles(b.Files, Trust{}); !v.OK() {
			t.Errorf("it holds by itself: %v", v.Faults)
		}
	})
	t.Run("stripped", func(t *testing.T) {
		files := clone(create(t, in).Files)
		delete(files, checksumsSignature(1))
		if v := verifyFiles(files, Trust{}); !names(v.Faults, checksumsFile) {
			t.Errorf("a bundle whose signature is gone: %v", v.Faults)
		}
	})
	t.Run("old signature", func(t *testing.T) {
		files := clone(create(t, in).Files)
		files[changesText] = []byte("nothing changed\n")
		var x Index
		if err := decode(indexFile, files[indexFile], &x); err != nil {
			t.Fatal(err)
		}
		x.list(files)
		files[indexFile], _ = encode(&x)
		files[checksumsFile] = files.checksums()
		v := verifyFiles(files, Trust{})
		for _, name := range []string{checksumsSignature(1), statementFile} {
			if !names(v.Faults, name) {
				t.Errorf("no fault of %s: %v", name, v.Faults)
			}
		}
	})
}

func TestRequiredSignaturesAreByDifferentPeople(t *testing.T) {
	alice, a := newKey(t, "alice@example.com", "-t", "ed25519")
	again, a2 := newKey(t, "alice@example.com", "-t", "rsa", "-b", "2048")
	bob, b := newKey(t, "bob@example.com", "-t", "ecdsa")
	_, allowed := allow(t, a, a2, b)
	in := input(t, "homebrew", 23)
	two := Trust{Allowed: allowed, Required: 2, At: in.Report.Run.Finished}
	in.Keys = append(in.Keys, alice, again)
	if v := verifyFiles(create(t, in).Files, two); v.OK() {
		t.Error("two keys of one person count as two people")
	}
	in.Keys = append(in.Keys[:1:1], bob)
	if v := verifyFiles(create(t, in).Files, two); !v.OK() {
		t.Errorf("two people: %v", v.Faults)
	}
	// The second one may sign later, with the stock tool.
	in.Keys = in.Keys[:1]
	bundle := create(t, in)
	file := filepath.Join(t.TempDir(), "bob")
	stock(t, "", "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file)
	public, err := os.ReadFile(file + ".pub")
	if err != nil {
		t.Fatal(err)
	}
	_, two.Allowed = allow(t, a, "bob@example.com "+string(public))
	dir := filepath.Join(t.TempDir(), "bundle")
	if err := bundle.WriteDir(dir); err != nil {
		t.Fatal(err)
	}
	stock(t, dir, "ssh-keygen", "-q", "-Y", "sign", "-n", "plugvet-evidence", "-f", file, checksumsFile)
	if v := Verify(dir, two); !v.OK() {
		t.Errorf("signed by ssh-keygen too: %v", v.Faults)
	}
	// One for another purpose does not count.
	if err := os.Remove(filepath.Join(dir, "SHA256SUMS.sig")); err != nil {
		t.Fatal(err)
	}
	stock(t, dir, "ssh-keygen", "-q", "-Y", "sign", "-n", "plugvet-manifest", "-f", file, checksumsFile)
	if v := Verify(dir, two); !names(v.Faults, "SHA256SUMS.sig") {
		t.Errorf("signed for another purpose: %v", v.Faults)
	}
}

func TestAnExpiredKeyDoesNotCount(t *testing.T) {
	alice, line := newKey(t, "alice@example.com", "-t", "ed25519")
	_, allowed := allow(t, strings.Replace(line, "alice@example.com ", `alice@example.com valid-before="20261201Z" `, 1))
	in := input(t, "homebrew", 23)
	in.Keys = append(in.Keys, alice)
	b := create(t, in)
	at := in.Report.Run.Finished
	if v := verifyFiles(b.Files, Trust{Allowed: allowed, At: at}); !v.OK() {
		t.Error(v.Faults)
	}
	if v := verifyFiles(b.Files, Trust{Allowed: allowed, At: at.AddDate(0, 1, 0)}); len(v.Faults) != 2 || !names(v.Faults, checksumsSignature(1)) || !names(v.Faults, checksumsFile) {
		t.Errorf("a month later, expected two faults: %v", v.Faults)
	}
}

// What is not what the digests say, or not signed as demanded, is not parsed.
func TestAHostileReportIsNotParsed(t *testing.T) {
	key, line := newKey(t, "alice@example.com", "-t", "ed25519")
	_, allowed := allow(t, line)
	in := input(t, "debian", 23)
	b := create(t, in)
	files := clone(b.Files)
	files[reportFile] = bytes.Repeat([]byte("["), 1<<20)
	if v := verifyFiles(files, Trust{}); v.Bundle != nil || !names(v.Faults, reportFile) || mentions(v.Faults, "not a plugvet report") {
		t.Errorf("another report: %q", v.Faults)
	}
	if v := verifyFiles(b.Files, Trust{Allowed: allowed}); v.OK() || v.Bundle != nil {
		t.Errorf("not signed: %q", v.Faults)
	}
	in.Keys = append(in.Keys, key)
	if v := verifyFiles(create(t, in).Files, Trust{Allowed: allowed}); !v.OK() || v.Bundle == nil {
		t.Errorf("signed: %q", v.Faults)
	}
}

// jq and plugvet must read the same report.
func TestAReportHasOneSpelling(t *testing.T) {
	for name, alter := range map[string]func(string) string{
		"a second summary in capitals": func(s string) string {
			return strings.TrimSuffix(s, "\n}\n") + `, "SUMMARY": {"verdict": "pass"}}` + "\n"
		},
		"a space": func(s string) string { return s + " " },
	} {
		b := create(t, input(t, "debian", 23))
		b.Files[reportFile] = []byte(alter(string(b.Files[reportFile])))
		remake(t, b)
		if v := verifyFiles(b.Files, Trust{}); !names(v.Faults, reportFile) {
			t.Errorf("%s: %q", name, v.Faults)
		}
	}
}

// Hostile directories hold what no bundle does.
func TestAHostileDirectoryIsNoBundle(t *testing.T) {
	b := create(t, input(t, "debian", 23))
	for _, c := range []struct {
		name string
		do   func(dir string) error
	}{
		{"a link to another file", func(dir string) error {
			return os.Symlink("/etc/passwd", filepath.Join(dir, "passwd"))
		}},
		{"a file replaced by a link to its copy", func(dir string) error {
			report := filepath.Join(dir, reportFile)
			if err := os.Rename(report, filepath.Join(dir, "..", "copy.json")); err != nil {
				return err
			}
			return os.Symlink("../copy.json", report)
		}},
		{"a directory", func(dir string) error { return os.Mkdir(filepath.Join(dir, "more"), 0o755) }},
		{"a hidden file", func(dir string) error { return os.WriteFile(filepath.Join(dir, ".hidden"), nil, 0o600) }},
		{"a name with an escape", func(dir string) error { return os.WriteFile(filepath.Join(dir, "a\x1b[2Jb"), nil, 0o600) }},
		{"many files", func(dir string) error {
			for i := range maxFiles {
				if err := os.WriteFile(filepath.Join(dir, fmt.Sprint(i)), nil, 0o600); err != nil {
					return err
				}
			}
			return nil
		}},
		{"nothing", func(dir string) error {
			if err := os.RemoveAll(dir); err != nil {
				return err
			}
			return os.Mkdir(dir, 0o755)
		}},
	} {
		dir := filepath.Join(t.TempDir(), "bundle")
		if err := b.WriteDir(dir); err != nil {
			t.Fatal(err)
		}
		if err := c.do(dir); err != nil {
			t.Fatal(err)
		}
		v := Verify(dir, Trust{})
		if v.OK() {
			t.Errorf("%s: verifies", c.name)
		}
		var text bytes.Buffer
		if err := v.WriteText(&text); err != nil {
			t.Fatal(err)
		}
		if bytes.ContainsRune(text.Bytes(), '\x1b') {
			t.Errorf("%s: an escape reaches the terminal: %q", c.name, text.String())
		}
	}
}
