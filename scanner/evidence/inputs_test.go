package evidence

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"plugvet/manifests"
	"plugvet/scanner/trust"
)

// besideManifest scans with a manifest of its own directory, so that files can
// lie beside it.
func besideManifest(t *testing.T, day int) (in Input, manifest string) {
	t.Helper()
	in = input(t, "debian", day)
	data, err := os.ReadFile(in.Report.Manifest.Path)
	if err != nil {
		t.Fatal(err)
	}
	manifest = filepath.Join(t.TempDir(), "man.toml")
	writeFile(t, manifest, data)
	in.Manifest = manifest
	return in, manifest
}

func writeFile(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func sign(t *testing.T, key *trust.Key, manifest string, data []byte) {
	t.Helper()
	if _, err := manifests.Sign(manifest, data, key); err != nil {
		t.Fatal(err)
	}
}

// Whoever can write beside a manifest must not be able to keep evidence from
// being made, nor make evidence that does not verify.
func TestNothingBesideTheManifestSilencesEvidence(t *testing.T) {
	key, _ := newKey(t, "alice@example.com", "-t", "ed25519")
	link := func(t *testing.T, to, path string) {
		if err := os.Symlink(to, path); err != nil {
			t.Fatal(err)
		}
	}
	for name, c := range map[string]struct {
		alter func(t *testing.T, manifest string)
		note  string
	}{
		"an empty signature":         {func(t *testing.T, m string) { writeFile(t, m+".stray.sig", nil) }, "no signature of this manifest"},
		"a signature of other bytes": {func(t *testing.T, m string) { sign(t, key, m, []byte("other")) }, "no signature of this manifest"},
		"a signature without end":    {func(t *testing.T, m string) { link(t, "/dev/zero", m+".sig") }, "left out: a signature"},
		"a large signature":          {func(t *testing.T, m string) { writeFile(t, m+".sig", make([]byte, maxSignature+1)) }, "left out: a signature"},
		"signatures without number": {func(t *testing.T, m string) {
			for i := range 101 {
				writeFile(t, m+"."+strings.Repeat("x", i)+".sig", nil)
			}
		}, "left out: the signatures"},
		"sums that are none":   {func(t *testing.T, m string) { writeFile(t, manifests.SumsPath(m), []byte("x")) }, ""},
		"sums without end":     {func(t *testing.T, m string) { link(t, "/dev/zero", manifests.SumsPath(m)) }, "left out: the sums"},
		"a directory for sums": {func(t *testing.T, m string) { link(t, ".", manifests.SumsPath(m)) }, "left out: the sums"},
	} {
		t.Run(name, func(t *testing.T) {
			in, manifest := besideManifest(t, 23)
			c.alter(t, manifest)
			b := create(t, in)
			v := verifyFiles(b.Files, Trust{})
			if !v.OK() {
				t.Errorf("faults %q", v.Faults)
			}
			if c.note != "" && !mentions(v.Notes, c.note) {
				t.Errorf("notes %q, expected one with %q", v.Notes, c.note)
			}
			for name := range b.Files {
				if strings.HasPrefix(name, manifestFile+".") && !bytes.Contains(b.Files[checksumsFile], []byte("  "+name+"\n")) {
					t.Errorf("%s does not cover %s", checksumsFile, name)
				}
			}
		})
	}
}

// A report that names signers wants their signatures, or a word about it.
func TestASignerOfTheManifestWithoutASignatureIsTold(t *testing.T) {
	key, _ := newKey(t, "alice@example.com", "-t", "ed25519")
	in, manifest := besideManifest(t, 23)
	in.Report.Manifest.Signers = []string{"alice@example.com"}
	if v := verifyFiles(create(t, in).Files, Trust{}); !v.OK() || !mentions(v.Notes, "names 1 signers") {
		t.Errorf("told by the bundle: faults %q, notes %q", v.Faults, v.Notes)
	}
	silent := create(t, in)
	silent.Index.Irregular = nil
	remake(t, silent)
	if v := verifyFiles(silent.Files, Trust{}); !names(v.Faults, manifestFile) {
		t.Errorf("kept silent: %q", v.Faults)
	}
	sign(t, key, manifest, silent.Files[manifestFile])
	if v := verifyFiles(create(t, in).Files, Trust{}); !v.OK() || mentions(v.Notes, "names 1 signers") {
		t.Errorf("signed: faults %q, notes %q", v.Faults, v.Notes)
	}
}

// remake makes what follows from the index and the files anew, as a forger can
// of a bundle without signatures.
func remake(t *testing.T, b *Bundle) {
	t.Helper()
	var err error
	b.Index.list(b.Files)
	if b.Files[indexFile], err = encode(b.Index); err != nil {
		t.Fatal(err)
	}
	if err := b.attest(nil); err != nil {
		t.Fatal(err)
	}
	b.Files[checksumsFile] = b.Files.checksums()
}
