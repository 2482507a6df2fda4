package trust

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/hiddeco/sshsig"
	"golang.org/x/crypto/ssh"
)

// noon is when these tests verify.
var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func TestWhoMaySignAgreesWithStockTool(t *testing.T) {
	key, other := open(t, makeKey(t)), open(t, makeKey(t))
	armored := sign(t, key, NamespaceManifest, message)
	sigFile := write(t, armored)
	lines := func(lines ...string) string { return strings.Join(lines, "") }
	tests := []struct {
		name     string
		file     string
		identity string // what the stock tool is asked for
		want     error
	}{
		{"plain", allow(key, "alice", ""), "alice", nil},
		{"unknown key", allow(other, "alice", ""), "alice", ErrUnknownKey},
		{"among others", lines("# people\n\n", allow(other, "bob", ""), "  \t\n", allow(key, "alice", "")), "alice", nil},
		{"two principals", allow(key, "bob,alice", ""), "alice", nil},
		{"wildcards", allow(key, "*@example.com,!mallory@*", ""), "alice@example.com", nil},
		{"quoted principals", allow(key, `"alice liddell"`, ""), "alice liddell", nil},
		{"tabs", strings.ReplaceAll(allow(key, "alice", `namespaces="plugvet-*"`), " ", "\t"), "alice", nil},
		{"our namespace", allow(key, "alice", `namespaces="file,plugvet-manifest"`), "alice", nil},
		{"a namespace pattern", allow(key, "alice", `NameSpaces="plugvet-*"`), "alice", nil},
		{"another namespace", allow(key, "alice", `namespaces="file"`), "alice", ErrNamespace},
		{"a namespace in another case", allow(key, "alice", `namespaces="Plugvet-Manifest"`), "alice", ErrNamespace},
		{"an excluded namespace", allow(key, "alice", `namespaces="!plugvet-manifest,plugvet-*"`), "alice", ErrNamespace},
		{"not yet valid", allow(key, "alice", `valid-after="20261124"`), "alice", ErrNotYetValid},
		{"valid from this second on", allow(key, "alice", `valid-after="20261123120000Z"`), "alice", nil},
		{"valid from the next second on", allow(key, "alice", `valid-after="20261123120001Z"`), "alice", ErrNotYetValid},
		{"valid through this second", allow(key, "alice", `valid-before="20261123120000Z"`), "alice", nil},
		{"valid through the last second", allow(key, "alice", `valid-before="20261123115959Z"`), "alice", ErrExpired},
		{"minutes", allow(key, "alice", `valid-after="202611231200Z",valid-before="202611231201Z"`), "alice", nil},
		{"expired", allow(key, "alice", `valid-before="20261123Z"`), "alice", ErrExpired},
		{"everything", allow(key, "alice", `valid-after="20260101",namespaces="plugvet-manifest",valid-before="20270101Z"`), "alice", nil},
		{"expired and renewed", lines(allow(key, "alice", `valid-before="20260101"`), allow(key, "alice", `valid-after="20260101"`)), "alice", nil},
		{"line ends of another system", strings.ReplaceAll(allow(key, "alice", ""), "\n", "\r\n"), "alice", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			signers, file := readSigners(t, test.file)
			signer, err := signers.Verify(NamespaceManifest, message, armored, noon)
			if !errors.Is(err, test.want) {
				t.Fatalf("%+v, %v, want %v", signer, err, test.want)
			}
			if signer.Fingerprint != key.Fingerprint() {
				t.Errorf("fingerprint %s, want %s", signer.Fingerprint, key.Fingerprint())
			}
			out, err := stockErr(message, "ssh-keygen", "-Y", "verify", "-f", file, "-I", test.identity,
				"-n", NamespaceManifest, "-s", sigFile, "-O", "verify-time="+noon.Format("20060102150405Z"))
			if (err == nil) != (test.want == nil) {
				t.Errorf("ssh-keygen says %v: %s", err, out)
			}
			if test.want == nil {
				found := stock(t, nil, "ssh-keygen", "-Y", "find-principals", "-f", file, "-s", sigFile, "-O", "verify-time="+noon.Format("20060102150405Z"))
				if want := strings.ReplaceAll(signer.Principal, ",", "\n") + "\n"; !strings.HasSuffix(found, want) {
					t.Errorf("principal %q, ssh-keygen finds %q", signer.Principal, found)
				}
			}
		})
	}
}

func TestTimesWithoutZoneAreLocal(t *testing.T) {
	local := time.Local
	t.Cleanup(func() { time.Local = local })
	time.Local = time.FixedZone("", 2*60*60)
	key := open(t, makeKey(t))
	armored := sign(t, key, NamespaceManifest, message)
	signers, _ := readSigners(t, allow(key, "alice", `valid-after="202611231400"`))
	if _, err := signers.Verify(NamespaceManifest, message, armored, noon); err != nil {
		t.Errorf("at 14:00 local time: %v", err)
	}
	if _, err := signers.Verify(NamespaceManifest, message, armored, noon.Add(-time.Second)); !errors.Is(err, ErrNotYetValid) {
		t.Errorf("a second earlier: %v", err)
	}
}

func TestAKeyOnSeveralLinesIsOneSigner(t *testing.T) {
	key := open(t, makeKey(t))
	signers, _ := readSigners(t, allow(key, "alice", "")+allow(key, "bob,alice", "")+allow(key, "carol", `valid-before="20200101"`))
	signer, err := signers.Verify(NamespaceManifest, message, sign(t, key, NamespaceManifest, message), noon)
	if err != nil || signer.Principal != "alice,bob" {
		t.Errorf("%+v, %v", signer, err)
	}
}

func TestASignatureForAnotherPurposeDoesNotCount(t *testing.T) {
	key := open(t, makeKey(t))
	signers, _ := readSigners(t, allow(key, "alice", ""))
	if _, err := signers.Verify(NamespaceManifest, message, sign(t, key, NamespaceEvidence, message), noon); !errors.Is(err, ErrNamespace) {
		t.Error(err)
	}
}

// An RSA signature by SHA-1 is refused, as ssh-keygen does.
func TestSHA1IsRefused(t *testing.T) {
	key := open(t, makeKey(t, "-t", "rsa", "-b", "2048"))
	signers, file := readSigners(t, allow(key, "alice", ""))
	sig, err := unarmor(sign(t, key, NamespaceManifest, message))
	if err != nil {
		t.Fatal(err)
	}
	weak, err := key.signer.(ssh.AlgorithmSigner).SignWithAlgorithm(nil, signedData(t, message), ssh.KeyAlgoRSA)
	if err != nil {
		t.Fatal(err)
	}
	sig.Signature = weak
	if _, err := signers.Verify(NamespaceManifest, message, armor(sig), noon); !errors.Is(err, ErrMalformed) {
		t.Error(err)
	}
	if out, err := stockErr(message, "ssh-keygen", "-Y", "verify", "-f", file, "-I", "alice", "-n", NamespaceManifest, "-s", write(t, armor(sig))); err == nil {
		t.Errorf("ssh-keygen accepts it: %s", out)
	}
}

// signedData is what an SSHSIG signature is made over (PROTOCOL.sshsig).
func signedData(t *testing.T, message []byte) []byte {
	t.Helper()
	hash := sshsig.HashSHA512.Hash()
	hash.Write(message)
	return append([]byte("SSHSIG"), ssh.Marshal(struct{ Namespace, Reserved, Hash, Sum string }{
		NamespaceManifest, "", "sha512", string(hash.Sum(nil)),
	})...)
}

// TestOneFlippedBitOfASignatureIsFound holds for the file as a whole: nothing
// in it can be changed without notice.
func TestOneFlippedBitOfASignatureIsFound(t *testing.T) {
	for _, kind := range []string{"ed25519", "rsa", "ecdsa"} {
		key := open(t, makeKey(t, "-t", kind))
		signers, _ := readSigners(t, allow(key, "alice", ""))
		armored := sign(t, key, NamespaceManifest, message)
		for i := range armored {
			for bit := range 8 {
				flipped := bytes.Clone(armored)
				flipped[i] ^= 1 << bit
				if _, err := signers.Verify(NamespaceManifest, message, flipped, noon); err == nil {
					t.Errorf("%s: bit %d of byte %d (%q) can be flipped", kind, bit, i, armored[i])
				}
			}
		}
	}
}

func TestWhatIsNoSignatureIsRefused(t *testing.T) {
	key := open(t, makeKey(t))
	signers, _ := readSigners(t, allow(key, "alice", ""))
	good := string(sign(t, key, NamespaceManifest, message))
	for name, bad := range map[string]string{
		"empty": "", "text": "hello\n", "two signatures": good + good, "text before": "x" + good, "text behind": good + "x",
		"cut short": good[:len(good)/2], "a header": strings.Replace(good, "\n", "\nA: b\n\n", 1),
		"another PEM block": strings.ReplaceAll(good, "SIGNATURE", "MESSAGE"),
		"too large":         strings.Replace(good, "\n", strings.Repeat("\n", maxSignature), 1),
		"nothing inside":    "-----BEGIN SSH SIGNATURE-----\n-----END SSH SIGNATURE-----\n",
	} {
		if _, err := signers.Verify(NamespaceManifest, message, []byte(bad), noon); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %v", name, err)
		}
	}
	// The reserved field is no part of what is signed.
	sig, err := unarmor([]byte(good))
	if err != nil {
		t.Fatal(err)
	}
	blob := append([]byte("SSHSIG\x00\x00\x00\x01"), ssh.Marshal(struct{ Key, Namespace, Reserved, Hash, Signature string }{
		string(sig.PublicKey.Marshal()), sig.Namespace, "more", sig.HashAlgorithm.String(), string(ssh.Marshal(sig.Signature)),
	})...)
	reserved := fmt.Appendf(nil, "-----BEGIN SSH SIGNATURE-----\n%s\n-----END SSH SIGNATURE-----\n", base64.StdEncoding.EncodeToString(blob))
	if _, err := signers.Verify(NamespaceManifest, message, reserved, noon); !errors.Is(err, ErrMalformed) {
		t.Errorf("something in the reserved field: %v", err)
	}
	hostile := []byte(base64.StdEncoding.EncodeToString(append([]byte("SSHSIG\x00\x00\x00\x01"),
		ssh.Marshal(struct{ Key, Namespace, Reserved, Hash, Signature string }{
			string(ssh.Marshal(struct{ Type string }{"\x1b[2K"})), NamespaceManifest, "", "sha512", string(ssh.Marshal(struct{ Format, Blob string }{"x", "y"})),
		})...)))
	_, err = signers.Verify(NamespaceManifest, message, fmt.Appendf(nil, "-----BEGIN SSH SIGNATURE-----\n%s\n-----END SSH SIGNATURE-----\n", hostile), noon)
	if !errors.Is(err, ErrMalformed) || !strings.Contains(err.Error(), "[2K") || strings.Contains(err.Error(), "\x1b") {
		t.Errorf("a key's type with an escape sequence: %q", err)
	}
	if _, err := signers.Verify(NamespaceManifest, message, []byte(strings.ReplaceAll(good, "\n", "\r\n")), noon); err != nil {
		t.Errorf("line ends of another system: %v", err)
	}
}

func TestPrincipalsThatOverlapCountOnce(t *testing.T) {
	tests := []struct {
		principals string // of each signer
		want       int
	}{
		{"", 0},
		{"alice", 1},
		{"alice bob", 2},
		{"alice alice", 1},
		{"alice,a2 a2,x x bob", 2}, // by way of the middle one
		{"x alice,a2 a2,x", 1},
		{"*@example.com alice@example.com", 1},
		{"*@example.com *@example.org", 2},
		{"*@example.com a*", 1}, // may be a@example.com
		{"a?c abc a?? a", 2},
		{"*@example.com,!alice@example.com alice@example.com", 1}, // the same person may have both keys
		{"a b c d", 4},
	}
	for _, test := range tests {
		var signers []Signer
		for i, principal := range strings.Fields(test.principals) {
			signers = append(signers, Signer{Principal: principal, Fingerprint: fmt.Sprint(i)})
		}
		if got := CountPrincipals(signers); got != test.want {
			t.Errorf("%q: %d, want %d", test.principals, got, test.want)
		}
	}
}
