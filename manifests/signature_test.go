package manifests

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"plugvet/scanner/trust"
)

func TestSignatureFilesAreThoseOfThisManifest(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{
		"fleet.toml", "fleet.toml.sig", "fleet.toml.a.sig", "fleet.toml.b.c.sig", // ours
		"fleet.toml2.sig", "fleet.tomlsig", "fleet.sig", "xfleet.toml.sig", "fleet.toml.sig.bak", "[f]leet.toml.sig", "fleet.toml.a.SIG", "fleet.toml.",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{"fleet.toml.a.sig", "fleet.toml.b.c.sig", "fleet.toml.sig"}
	for i := range want {
		want[i] = filepath.Join(dir, want[i])
	}
	if files, err := SignatureFiles(filepath.Join(dir, "fleet.toml")); err != nil || !slices.Equal(files, want) {
		t.Errorf("%v, %v, want %v", files, err, want)
	}
	t.Chdir(dir)
	if files, err := SignatureFiles("fleet.toml"); err != nil || len(files) != 3 || files[0] != "fleet.toml.a.sig" {
		t.Errorf("%v, %v", files, err)
	}
	for i := range maxSignatures {
		if err := os.WriteFile(fmt.Sprintf("fleet.toml.%d.sig", i), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := SignatureFiles("fleet.toml"); err == nil || !strings.Contains(err.Error(), "at most 100") {
		t.Error(err)
	}
}

func TestASignatureIsNamedAfterItsKey(t *testing.T) {
	if got := SignaturePath("a/fleet.toml", "SHA256:ab+/9"); got != "a/fleet.toml.ab-_9.sig" {
		t.Error(got)
	}
}

func TestHowManySigned(t *testing.T) {
	good := func(principal, key string) Signature {
		return Signature{File: key, Signer: trust.Signer{Principal: principal, Fingerprint: key}}
	}
	for _, test := range []struct {
		signatures []Signature
		required   int
		want       string // of the refusal
	}{
		{nil, 1, "it is not signed"},
		{[]Signature{good("alice", "1")}, 1, ""},
		{[]Signature{good("alice", "1"), good("alice", "2")}, 2, "signed by 1 principal (alice; alice), 2 required"},
		{[]Signature{good("alice", "1"), good("bob", "2")}, 2, ""},
		{[]Signature{good("alice", "1"), good("*", "2")}, 2, "signed by 1 principal"},
		{[]Signature{good("alice", "1"), good("bob", "2"), {File: "3", Fault: "over other bytes"}}, 1, "signature 3: over other bytes"},
	} {
		principals, err := CheckSigned(test.signatures, test.required)
		if (test.want == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), test.want) {
			t.Errorf("%+v: %v, want %q", test.signatures, err, test.want)
		}
		if err == nil && len(principals) != len(test.signatures) {
			t.Errorf("%+v: %v", test.signatures, principals)
		}
	}
}
