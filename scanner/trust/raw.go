package trust

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	_ "crypto/sha256" // for crypto.Hash.New
	_ "crypto/sha512"
	"crypto/x509"
	"encoding/asn1"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"

	"github.com/hiddeco/sshsig"
	"golang.org/x/crypto/ssh"
)

// ErrNoRaw is a key that cannot make a raw signature: a hardware key signs
// nothing without its counter.
var ErrNoRaw = errors.New("a hardware key makes SSH signatures only")

// Check verifies a signature by whatever key it names. Whether that key may
// sign is not asked, so the Signer has no principal.
func Check(namespace string, message, armored []byte) (Signer, error) {
	sig, err := unarmor(armored)
	if err != nil {
		return Signer{}, err
	}
	signer := Signer{Fingerprint: Fingerprint(sig.PublicKey), KeyType: sig.PublicKey.Type()}
	if sig.Namespace != namespace {
		return signer, fmt.Errorf("%w: its namespace is %q, expected %q", ErrNamespace, sig.Namespace, namespace)
	}
	if err := sshsig.Verify(bytes.NewReader(message), sig, sig.PublicKey, sig.HashAlgorithm, namespace); err != nil {
		return signer, fmt.Errorf("%w: %s", ErrMismatch, signer.Fingerprint)
	}
	return signer, nil
}

// RawHash is the hash of raw signatures by a key: of ECDSA the one that belongs
// to the curve (RFC 5656), of RSA SHA-512, and 0 of Ed25519, which signs the
// message itself.
func RawHash(key ssh.PublicKey) (crypto.Hash, error) {
	switch key.Type() {
	case ssh.KeyAlgoED25519:
		return 0, nil
	case ssh.KeyAlgoECDSA256:
		return crypto.SHA256, nil
	case ssh.KeyAlgoECDSA384:
		return crypto.SHA384, nil
	case ssh.KeyAlgoECDSA521, ssh.KeyAlgoRSA:
		return crypto.SHA512, nil
	}
	return 0, fmt.Errorf("%w (%s)", ErrNoRaw, key.Type())
}

// SignRaw returns a signature that openssl and cosign check: by Ed25519 64
// bytes, by ECDSA in ASN.1 DER, by RSA as PKCS #1 v1.5 has it, see [RawHash].
// Message must begin so that it can be taken for nothing else; DSSE's encoding
// does.
func (k *Key) SignRaw(message []byte) ([]byte, error) {
	if _, err := RawHash(k.PublicKey()); err != nil {
		return nil, err
	}
	var sig *ssh.Signature
	var err error
	if signer, ok := k.signer.(ssh.AlgorithmSigner); ok && k.PublicKey().Type() == ssh.KeyAlgoRSA {
		sig, err = signer.SignWithAlgorithm(rand.Reader, message, ssh.KeyAlgoRSASHA512)
	} else {
		sig, err = k.signer.Sign(rand.Reader, message)
	}
	if err != nil {
		return nil, fmt.Errorf("sign with %s: %w", k.Fingerprint(), err)
	}
	raw := sig.Blob
	if _, ok := cryptoKey(k.PublicKey()).(*ecdsa.PublicKey); ok {
		var point struct{ R, S *big.Int }
		if err := ssh.Unmarshal(sig.Blob, &point); err != nil {
			return nil, fmt.Errorf("sign with %s: %w", k.Fingerprint(), err)
		}
		if raw, err = asn1.Marshal(point); err != nil {
			return nil, fmt.Errorf("sign with %s: %w", k.Fingerprint(), err)
		}
	}
	if err := VerifyRaw(k.PublicKey(), message, raw); err != nil { // an agent may be anything
		return nil, fmt.Errorf("sign with %s: %w", k.Fingerprint(), err)
	}
	return raw, nil
}

// VerifyRaw checks what SignRaw makes; the error wraps [ErrMismatch] or [ErrNoRaw].
func VerifyRaw(key ssh.PublicKey, message, signature []byte) error {
	hash, err := RawHash(key)
	if err != nil {
		return err
	}
	hashed := message
	if hash != 0 {
		h := hash.New()
		h.Write(message)
		hashed = h.Sum(nil)
	}
	valid := false
	switch public := cryptoKey(key).(type) {
	case ed25519.PublicKey:
		valid = ed25519.Verify(public, hashed, signature)
	case *ecdsa.PublicKey:
		valid = ecdsa.VerifyASN1(public, hashed, signature)
	case *rsa.PublicKey:
		valid = rsa.VerifyPKCS1v15(public, hash, hashed, signature) == nil
	}
	if !valid {
		return fmt.Errorf("%w: %s", ErrMismatch, Fingerprint(key))
	}
	return nil
}

// PEM is the key as openssl reads it, a SubjectPublicKeyInfo (RFC 5280).
func PEM(key ssh.PublicKey) ([]byte, error) {
	if _, err := RawHash(key); err != nil {
		return nil, err
	}
	der, err := x509.MarshalPKIXPublicKey(cryptoKey(key))
	if err != nil {
		return nil, err
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}), nil
}

func cryptoKey(key ssh.PublicKey) crypto.PublicKey {
	if k, ok := key.(ssh.CryptoPublicKey); ok {
		return k.CryptoPublicKey()
	}
	return nil
}
