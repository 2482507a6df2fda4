package php

import (
	"crypto/cipher"

	"golang.org/x/crypto/blake2b"
	"golang.org/x/crypto/nacl/secretbox"

	"plugvet/scanner/inspect/script"
)

// foldSecretBox is sodium_crypto_secretbox_open: a box, a nonce and a key.
func foldSecretBox(b *script.Budget, a []value) value {
	s := texts(a, 3)
	var nonce [24]byte
	var key [32]byte
	if s == nil || len(s[1]) != len(nonce) || len(s[2]) != len(key) || !b.Take(2*len(s[0])) {
		return value{}
	}
	copy(nonce[:], s[1])
	copy(key[:], s[2])
	out, ok := secretbox.Open(nil, []byte(s[0]), &nonce, &key)
	return unsealed(out, ok)
}

// foldSealed is one of sodium_crypto_aead_..._decrypt: what is sealed, what is said
// beside it, a nonce and a key.
func foldSealed(with func(key []byte) (cipher.AEAD, error)) foldFunction {
	return func(b *script.Budget, a []value) value {
		s := texts(a, 4)
		if s == nil || !b.Take(2*len(s[0])+len(s[1])) {
			return value{}
		}
		aead, err := with([]byte(s[3]))
		if err != nil || len(s[2]) != aead.NonceSize() {
			return value{}
		}
		out, err := aead.Open(nil, []byte(s[2]), []byte(s[0]), []byte(s[1]))
		return unsealed(out, err == nil)
	}
}

// foldGenericHash is sodium_crypto_generichash: BLAKE2b of a text under a key, of 32
// bytes if nothing is said of the length.
func foldGenericHash(b *script.Budget, a []value) value {
	s := texts(a, 1)
	if s == nil || !b.Take(len(s[0])) {
		return value{}
	}
	key, size := "", int64(32)
	if len(s) > 1 {
		key = s[1]
	}
	if len(a) > 2 {
		size, _ = a[2].number()
	}
	if size < 16 || size > blake2b.Size {
		return value{}
	}
	h, err := blake2b.New(int(size), []byte(key))
	if err != nil {
		return value{}
	}
	h.Write([]byte(s[0]))
	return stringValue(string(h.Sum(nil)))
}

// unsealed is what a box was found to hold; unknown where the key is another.
func unsealed(text []byte, ok bool) value {
	if !ok {
		return value{}
	}
	v := stringValue(string(text))
	v.decoded = true
	return v
}
