package trust

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"
)

// startAgent starts a stock ssh-agent that holds keys, and returns its socket.
func startAgent(t *testing.T, keys ...string) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "agent") // a socket's path must be short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	socket := filepath.Join(dir, "s")
	server := exec.Command("ssh-agent", "-D", "-a", socket)
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Process.Kill()
		_ = server.Wait()
	})
	for range 500 {
		if _, err := os.Stat(socket); err == nil {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	for _, key := range keys {
		add := exec.Command("ssh-add", "-q", key)
		add.Env = append(os.Environ(), "SSH_AUTH_SOCK="+socket)
		if out, err := add.CombinedOutput(); err != nil {
			t.Fatalf("ssh-add: %v\n%s", err, out)
		}
	}
	return socket
}

// verifies has the stock tool check what a key signs.
func verifies(t *testing.T, key *Key) {
	t.Helper()
	signers, file := readSigners(t, allow(key, "alice", ""))
	armored := sign(t, key, NamespaceManifest, message)
	stock(t, message, "ssh-keygen", "-Y", "verify", "-f", file, "-I", "alice", "-n", NamespaceManifest, "-s", write(t, armored))
	if _, err := signers.Verify(NamespaceManifest, message, armored, time.Now()); err != nil {
		t.Error(err)
	}
}

func TestAnAgentSignsForAPublicKey(t *testing.T) {
	var keys []string
	for _, kind := range []string{"ed25519", "ecdsa", "rsa"} {
		keys = append(keys, makeKey(t, "-t", kind))
	}
	socket := startAgent(t, keys...)
	for _, path := range keys {
		if err := os.Remove(path); err != nil { // the agent alone has it now
			t.Fatal(err)
		}
		key, err := OpenKey(path+".pub", noPassphrase, socket)
		if err != nil {
			t.Fatal(err)
		}
		verifies(t, key)
	}
	for name, test := range map[string]struct{ path, socket, want string }{
		"a key that it does not hold": {makeKey(t) + ".pub", socket, "does not hold the private half"},
		"no agent":                    {keys[0] + ".pub", "", "SSH_AUTH_SOCK is not set"},
		"an agent that is gone":       {keys[0] + ".pub", socket + "x", "no such file"},
	} {
		_, err := OpenKey(test.path, noPassphrase, test.socket)
		keyErr, ok := err.(*KeyError)
		if !ok || !strings.Contains(err.Error(), test.want) || !strings.Contains(keyErr.Hint, "ssh-add") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestEncryptedKeys(t *testing.T) {
	for _, form := range []string{"", "-m PEM -t rsa -b 2048", "-a 4 -Z aes256-cbc"} {
		path := makeKey(t, append([]string{"-t", "ed25519"}, strings.Fields(form)...)...)
		plain := open(t, path)
		stock(t, nil, append([]string{"ssh-keygen", "-q", "-p", "-P", "", "-N", "sesame", "-f", path}, strings.Fields(strings.Split(form, "-t")[0])...)...)

		asked := 0
		ask := func(answer string) func(string) ([]byte, error) {
			return func(prompt string) ([]byte, error) {
				asked++
				if !strings.Contains(prompt, path) {
					t.Errorf("the prompt %q does not name %s", prompt, path)
				}
				return []byte(answer), nil
			}
		}
		key, err := OpenKey(path, ask("sesame"), "")
		if err != nil {
			t.Fatalf("%q: %v", form, err)
		}
		if asked != 1 || key.Fingerprint() != plain.Fingerprint() {
			t.Errorf("%q: asked %d times, key %s", form, asked, key.Fingerprint())
		}
		verifies(t, key)
		if _, err := OpenKey(path, ask("wrong"), ""); err == nil || !strings.Contains(err.Error(), "wrong passphrase") {
			t.Errorf("%q: %v", form, err)
		}
		if _, err := OpenKey(path, noPassphrase, ""); err == nil || !strings.Contains(err.Error(), "nobody is there to ask") {
			t.Errorf("%q: %v", form, err)
		}
	}
}

func TestAnEncryptedKeyThatAnAgentHoldsNeedsNoPassphrase(t *testing.T) {
	path := makeKey(t)
	socket := startAgent(t, path)
	stock(t, nil, "ssh-keygen", "-q", "-p", "-P", "", "-N", "sesame", "-f", path)
	key, err := OpenKey(path, noPassphrase, socket)
	if err != nil {
		t.Fatal(err)
	}
	verifies(t, key)
}

func TestKeysThatCannotSign(t *testing.T) {
	path := makeKey(t)
	pkcs8 := filepath.Join(t.TempDir(), "pkcs8")
	stock(t, nil, "ssh-keygen", "-q", "-t", "rsa", "-b", "2048", "-m", "PKCS8", "-N", "sesame", "-f", pkcs8)
	stock(t, nil, "ssh-keygen", "-q", "-s", path, "-I", "id", "-n", "alice", path+".pub")
	cipher := makeKey(t)
	stock(t, nil, "ssh-keygen", "-q", "-p", "-P", "", "-N", "sesame", "-Z", "aes256-gcm@openssh.com", "-f", cipher)
	open := makeKey(t)
	if err := os.Chmod(open, 0o640); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct{ path, want, hint string }{
		"no file":                {path + "x", "no such file", "ssh-keygen -t ed25519"},
		"a directory":            {t.TempDir(), "not a regular file", "ssh-keygen -t ed25519"},
		"no key":                 {write(t, []byte("hello\n")), "no key found", "expected a private key"},
		"a broken key":           {write(t, []byte("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n")), "invalid", ""},
		"a form that is unknown": {pkcs8, "", "ssh-keygen -p"},
		"another cipher":         {cipher, "unknown cipher", "ssh-keygen -p -Z aes256-ctr"},
		"a certificate":          {path + "-cert.pub", "certificates are not supported", "without -cert"},
		"others may read it":     {open, "others may read it (mode 0640)", "chmod 600"},
	} {
		_, err := OpenKey(test.path, func(string) ([]byte, error) { return []byte("sesame"), nil }, "")
		keyErr, ok := err.(*KeyError)
		if !ok || !strings.Contains(err.Error(), test.path) || !strings.Contains(err.Error(), test.want) || !strings.Contains(keyErr.Hint, test.hint) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A hardwareAgent holds a security key as sk-ssh-ed25519@openssh.com has it
// (PROTOCOL.u2f): the key signs the digest of the application, a flag, a
// counter and the digest of the data.
type hardwareAgent struct {
	agent.ExtendedAgent
	public  []byte
	private ed25519.PrivateKey
}

func newHardwareAgent(t *testing.T) *hardwareAgent {
	t.Helper()
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &hardwareAgent{
		private: private,
		public:  ssh.Marshal(struct{ Type, Key, Application string }{ssh.KeyAlgoSKED25519, string(public), "ssh:"}),
	}
}

func (h *hardwareAgent) List() ([]*agent.Key, error) {
	return []*agent.Key{{Format: ssh.KeyAlgoSKED25519, Blob: h.public}}, nil
}

func (h *hardwareAgent) SignWithFlags(_ ssh.PublicKey, data []byte, _ agent.SignatureFlags) (*ssh.Signature, error) {
	const touched, counter = 1, 7
	application, digest := sha256.Sum256([]byte("ssh:")), sha256.Sum256(data)
	rest := binary.BigEndian.AppendUint32([]byte{touched}, counter)
	signed := append(append(application[:], rest...), digest[:]...)
	return &ssh.Signature{Format: ssh.KeyAlgoSKED25519, Blob: ed25519.Sign(h.private, signed), Rest: rest}, nil
}

func TestAHardwareKeySignsThroughAnAgent(t *testing.T) {
	hardware := newHardwareAgent(t)
	dir, err := os.MkdirTemp("", "agent")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	socket, err := net.Listen("unix", filepath.Join(dir, "s"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { socket.Close() })
	go func() {
		for {
			conn, err := socket.Accept()
			if err != nil {
				return
			}
			_ = agent.ServeAgent(hardware, conn)
			conn.Close()
		}
	}()
	public, err := ssh.ParsePublicKey(hardware.public)
	if err != nil {
		t.Fatal(err)
	}
	path := write(t, ssh.MarshalAuthorizedKey(public))
	key, err := OpenKey(path, noPassphrase, socket.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	verifies(t, key)

	// An agent that answers with something else is found out at once.
	hardware.private = newHardwareAgent(t).private
	if _, err := key.Sign(NamespaceManifest, message); err == nil || !strings.Contains(err.Error(), "does not verify") {
		t.Error(err)
	}
}
