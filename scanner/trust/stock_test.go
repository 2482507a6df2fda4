package trust

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"
)

// These tests hold the package against the stock ssh-keygen, which
// testdata/setup/packages.sh installs: what one signs the other accepts, and
// what one refuses the other refuses.

var message = []byte("every byte\x00of this\n")

// stock runs a tool of OpenSSH and fails the test where that fails.
func stock(t *testing.T, stdin []byte, args ...string) string {
	t.Helper()
	out, err := stockErr(stdin, args...)
	if err != nil {
		t.Fatalf("%s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return out
}

func stockErr(stdin []byte, args ...string) (string, error) {
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Stdin = bytes.NewReader(stdin)
	cmd.Env = append(os.Environ(), "SSH_AUTH_SOCK=", "SSH_ASKPASS_REQUIRE=never")
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// makeKey makes a key with ssh-keygen and returns the path of its private half.
func makeKey(t *testing.T, flags ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "id")
	if len(flags) == 0 {
		flags = []string{"-t", "ed25519"}
	}
	stock(t, nil, append([]string{"ssh-keygen", "-q", "-N", "", "-C", "test", "-f", path}, flags...)...)
	return path
}

func noPassphrase(string) ([]byte, error) { return nil, errors.New("nobody is there to ask") }

func open(t *testing.T, path string) *Key {
	t.Helper()
	key, err := OpenKey(path, noPassphrase, "")
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func sign(t *testing.T, key *Key, namespace string, message []byte) []byte {
	t.Helper()
	armored, err := key.Sign(namespace, message)
	if err != nil {
		t.Fatal(err)
	}
	return armored
}

// allow is a line of an allowed_signers file.
func allow(key *Key, principals, options string) string {
	if options != "" {
		options += " "
	}
	return principals + " " + options + string(ssh.MarshalAuthorizedKey(key.PublicKey()))
}

// write writes a file of the test's own and returns its path.
func write(t *testing.T, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func readSigners(t *testing.T, lines string) (*AllowedSigners, string) {
	t.Helper()
	path := write(t, []byte(lines))
	signers, err := ReadAllowedSigners(path)
	if err != nil {
		t.Fatal(err)
	}
	return signers, path
}

func TestStockToolAndWeAcceptEachOther(t *testing.T) {
	for _, kind := range []string{
		"-t ed25519", "-t ecdsa -b 256", "-t ecdsa -b 384", "-t ecdsa -b 521", "-t rsa -b 2048", "-t rsa -b 3072",
		"-t rsa -b 2048 -m PEM", "-t rsa -b 2048 -m PKCS8", "-t ecdsa -m PEM", "-t ecdsa -m PKCS8",
	} {
		t.Run(kind, func(t *testing.T) {
			path := makeKey(t, strings.Fields(kind)...)
			key := open(t, path)
			if listed := stock(t, nil, "ssh-keygen", "-l", "-f", path); !strings.Contains(listed, key.Fingerprint()) {
				t.Errorf("fingerprint %s, ssh-keygen lists %s", key.Fingerprint(), listed)
			}
			signers, file := readSigners(t, allow(key, "alice@example.com", ""))

			ours := sign(t, key, NamespaceManifest, message)
			verify := []string{"ssh-keygen", "-Y", "verify", "-f", file, "-I", "alice@example.com", "-n", NamespaceManifest, "-s", write(t, ours)}
			stock(t, message, verify...)
			if _, err := stockErr(append(message, '!'), verify...); err == nil {
				t.Error("ssh-keygen accepts our signature over other bytes")
			}

			for _, hash := range []string{"sha256", "sha512"} {
				theirs := []byte(stock(t, message, "ssh-keygen", "-q", "-Y", "sign", "-f", path, "-n", NamespaceManifest, "-O", "hashalg="+hash))
				signer, err := signers.Verify(NamespaceManifest, message, theirs, time.Now())
				if want := (Signer{"alice@example.com", key.Fingerprint(), key.PublicKey().Type()}); err != nil || signer != want {
					t.Errorf("%s: %+v, %v, want %+v", hash, signer, err, want)
				}
				// ECDSA takes a random number, the others give the same bytes.
				if hash == "sha512" && !strings.Contains(kind, "ecdsa") && !bytes.Equal(ours, theirs) {
					t.Errorf("ours differs from that of ssh-keygen:\n%s%s", ours, theirs)
				}
			}
			if _, err := signers.Verify(NamespaceManifest, append(message, '!'), ours, time.Now()); !errors.Is(err, ErrMismatch) {
				t.Errorf("over other bytes: %v", err)
			}
		})
	}
}
