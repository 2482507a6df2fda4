package evidence

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// Who asks for signers by name wants signatures: of an entry, of the head, and
// of the entry that a sweep goes on from.
func TestAllowedSignersDemandASignature(t *testing.T) {
	key, line := newKey(t, "alice@example.com", "-t", "ed25519")
	_, allowed := allow(t, line)
	last := func(dir string) error {
		l, err := OpenLedger(dir)
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		_, err = l.Last(Trust{Allowed: allowed})
		return err
	}
	unsigned, signed := filepath.Join(t.TempDir(), "ledger"), filepath.Join(t.TempDir(), "ledger")
	sweep(t, unsigned, 2)
	sweep(t, signed, 2, key)
	trust := LedgerTrust{Trust: Trust{Allowed: allowed, At: day(3)}}
	if v := verifyLedger(t, signed, trust); !v.OK() || last(signed) != nil {
		t.Errorf("signed: %q, %v", v.Faults, last(signed))
	}
	v := verifyLedger(t, unsigned, trust)
	if !mentions(v.Faults, entryFile(1)+": SHA256SUMS: signed by 0 of the 1") || !mentions(v.Faults, "head: signed by 0 of the 1") {
		t.Errorf("unsigned: %q", v.Faults)
	}
	var broken *BrokenError
	if err := last(unsigned); !errors.As(err, &broken) {
		t.Errorf("the last of an unsigned one: %v", err)
	}
	top, err := Head(signed)
	if err != nil {
		t.Fatal(err)
	}
	mixed := filepath.Join(t.TempDir(), "ledger")
	stock(t, "", "cp", "-r", signed, mixed)
	sweep(t, mixed, 9)
	if v := verifyLedger(t, mixed, LedgerTrust{}); !mentions(v.Faults, "000002.tar: was made without a signature") {
		t.Errorf("signed, and then no more: %q", v.Faults)
	}
	if err := os.WriteFile(filepath.Join(signed, headFile), []byte(top+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := last(signed); !errors.As(err, &broken) {
		t.Errorf("a head without a signature: %v", err)
	}
}

// The stock tool checks the head: a line, and below it the signature.
func TestStockSSHKeygenVerifiesTheHead(t *testing.T) {
	key, line := newKey(t, "alice@example.com", "-t", "ed25519")
	allowed, _ := allow(t, line)
	dir := filepath.Join(t.TempDir(), "ledger")
	sweep(t, dir, 2, key)
	signature := filepath.Join(t.TempDir(), "head.sig")
	stock(t, dir, "sh", "-c", `sed 1d head > "$1" && sed 1q head | ssh-keygen -Y verify -f "$2" -I alice@example.com -n plugvet-evidence -s "$1"`,
		"sh", signature, allowed)
}
