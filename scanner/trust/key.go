package trust

import (
	"bytes"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"strings"
	"syscall"
	"time"

	"plugvet/scanner/boundedfile"

	"github.com/hiddeco/sshsig"
	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"
)

// maxKey bounds a key file, in bytes.
const maxKey = 64 << 10

// agentPatience is how long an agent may take: somebody may have to touch a
// hardware key.
const agentPatience = 2 * time.Minute

// A KeyError is a key that cannot be used. Hint says what to do about it.
type KeyError struct {
	Path string
	Err  error
	Hint string
}

func (e *KeyError) Error() string { return fmt.Sprintf("key %s: %v", e.Path, e.Err) }
func (e *KeyError) Unwrap() error { return e.Err }

// A Key signs.
type Key struct{ signer ssh.Signer }

// PublicKey is the public half of the key.
func (k *Key) PublicKey() ssh.PublicKey { return k.signer.PublicKey() }

// Fingerprint is the fingerprint of the key, "SHA256:…".
func (k *Key) Fingerprint() string { return Fingerprint(k.PublicKey()) }

// Sign returns an armored SSHSIG signature over message. As with ssh-keygen the
// message is hashed with SHA-512, and an RSA key signs by rsa-sha2-512.
func (k *Key) Sign(namespace string, message []byte) (armored []byte, err error) {
	sig, err := sshsig.Sign(bytes.NewReader(message), k.signer, sshsig.HashSHA512, namespace)
	if err != nil {
		return nil, fmt.Errorf("sign with %s: %w", k.Fingerprint(), err)
	}
	// An agent may be anything that speaks its protocol.
	if err := sshsig.Verify(bytes.NewReader(message), sig, k.PublicKey(), sshsig.HashSHA512, namespace); err != nil {
		return nil, fmt.Errorf("sign with %s: the signature does not verify: %w", k.Fingerprint(), err)
	}
	return armor(sig), nil
}

// OpenKey opens the key that path names: a private key in any form that
// ssh-keygen writes, or a public key whose private half the agent at
// agentSocket holds. An encrypted key is left to the agent where that holds it;
// otherwise passphrase is asked. Every error is a [*KeyError].
func OpenKey(path string, passphrase func(prompt string) ([]byte, error), agentSocket string) (*Key, error) {
	fail := func(hint string, err error) (*Key, error) { return nil, &KeyError{Path: path, Err: err, Hint: hint} }
	data, err := boundedfile.Read(path, maxKey)
	if err != nil {
		var pathErr *fs.PathError
		if errors.As(err, &pathErr) {
			err = pathErr.Err // the path is named already
		}
		return fail("ssh-keygen -t ed25519 -f FILE makes a key", err)
	}
	if public, _, _, _, err := ssh.ParseAuthorizedKey(data); err == nil {
		if _, ok := public.(*ssh.Certificate); ok {
			return fail("name the plain key instead, without -cert", errors.New("certificates are not supported"))
		}
		signer, err := fromAgent(agentSocket, public)
		if err != nil {
			return fail("start ssh-agent and add the private key with ssh-add, or name the private key's file", err)
		}
		return &Key{signer}, nil
	}
	if err := private(path); err != nil {
		return fail("chmod 600 "+path, err)
	}
	raw, err := ssh.ParseRawPrivateKey(data)
	var missing *ssh.PassphraseMissingError
	if errors.As(err, &missing) {
		if missing.PublicKey != nil {
			if signer, err := fromAgent(agentSocket, missing.PublicKey); err == nil {
				return &Key{signer}, nil
			}
		}
		phrase, askErr := passphrase("passphrase for " + path)
		if askErr != nil {
			return fail("add the key to an agent with ssh-add, or use one without a passphrase", fmt.Errorf("it is encrypted: %w", askErr))
		}
		raw, err = ssh.ParseRawPrivateKeyWithPassphrase(data, phrase)
		clear(phrase)
		if errors.Is(err, x509.IncorrectPasswordError) {
			return fail("", errors.New("wrong passphrase"))
		}
	}
	if err != nil {
		return fail(hintFor(data, err), err)
	}
	return keyOf(path, raw)
}

func keyOf(path string, raw any) (*Key, error) {
	signer, err := ssh.NewSignerFromKey(raw)
	if err != nil {
		return nil, &KeyError{Path: path, Err: err, Hint: "ssh-keygen -t ed25519 -f FILE makes a key"}
	}
	return &Key{signer}, nil
}

// hintFor tells what to do with a private key that cannot be read.
func hintFor(data []byte, err error) string {
	block, _ := pem.Decode(data)
	switch {
	case block == nil:
		return "expected a private key as ssh-keygen writes it, or a public one (.pub) whose private half an agent holds"
	case block.Type == "ENCRYPTED PRIVATE KEY":
		return "ssh-keygen -p -f FILE writes it in OpenSSH's own form, which is read also encrypted"
	case strings.Contains(err.Error(), "unknown cipher"):
		return "ssh-keygen -p -Z aes256-ctr -f FILE encrypts it with a cipher that plugvet knows"
	case strings.Contains(err.Error(), "unhandled key type"):
		return "use an ed25519, ECDSA or RSA key; one in hardware is added to an agent with ssh-add, and its .pub file named"
	}
	return ""
}

// private refuses, as ssh does, a private key of ours that others may read.
func private(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	owner, ok := info.Sys().(*syscall.Stat_t)
	if mode := info.Mode().Perm(); ok && int(owner.Uid) == os.Getuid() && mode&0o077 != 0 {
		return fmt.Errorf("others may read it (mode %#o)", mode)
	}
	return nil
}

// An agentSigner has an agent sign. It connects anew for each signature, so
// that there is nothing to close.
type agentSigner struct {
	socket string
	public ssh.PublicKey
}

var _ ssh.AlgorithmSigner = agentSigner{}

// fromAgent makes a signer of an agent that holds the private half of public.
func fromAgent(socket string, public ssh.PublicKey) (ssh.Signer, error) {
	if socket == "" {
		return nil, errors.New("it is a public key, and no agent runs (SSH_AUTH_SOCK is not set)")
	}
	signer := agentSigner{socket, public}
	err := signer.call(func(client agent.ExtendedAgent) error {
		held, err := client.List()
		if err != nil {
			return err
		}
		for _, key := range held {
			if bytes.Equal(key.Blob, public.Marshal()) {
				return nil
			}
		}
		return fmt.Errorf("the agent does not hold the private half of %s", Fingerprint(public))
	})
	return signer, err
}

func (a agentSigner) call(f func(agent.ExtendedAgent) error) error {
	conn, err := net.Dial("unix", a.socket)
	if err != nil {
		return fmt.Errorf("agent: %w", err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(agentPatience)); err != nil {
		return fmt.Errorf("agent: %w", err)
	}
	return f(agent.NewClient(conn))
}

func (a agentSigner) PublicKey() ssh.PublicKey { return a.public }

func (a agentSigner) Sign(_ io.Reader, data []byte) (*ssh.Signature, error) {
	return a.sign(data, 0)
}

func (a agentSigner) SignWithAlgorithm(_ io.Reader, data []byte, algorithm string) (*ssh.Signature, error) {
	if algorithm != ssh.KeyAlgoRSASHA512 {
		return nil, fmt.Errorf("agent: unexpected algorithm %q", algorithm)
	}
	return a.sign(data, agent.SignatureFlagRsaSha512)
}

func (a agentSigner) sign(data []byte, flags agent.SignatureFlags) (sig *ssh.Signature, err error) {
	err = a.call(func(client agent.ExtendedAgent) error {
		sig, err = client.SignWithFlags(a.public, data, flags)
		return err
	})
	return sig, err
}
