package script

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/des"
	"crypto/hmac"
	"crypto/md5"
	"crypto/pbkdf2"
	"crypto/rc4"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"hash"
	"strings"
)

// What scripts decrypt with a key that they carry is read like what they decode. The
// names of algorithms are OpenSSL's, which node and PHP share.

// Hash is the hash function of a name; nil if it is not known.
func Hash(name string) func() hash.Hash {
	switch strings.ReplaceAll(strings.ToLower(name), "-", "") {
	case "md5", "rsamd5":
		return md5.New
	case "sha1", "rsasha1":
		return sha1.New
	case "sha224":
		return sha256.New224
	case "sha256", "rsasha256":
		return sha256.New
	case "sha384":
		return sha512.New384
	case "sha512", "rsasha512":
		return sha512.New
	}
	return nil
}

// Digest is the hash of a text, in bytes, under a key if there is one.
func Digest(algorithm, data string, key *string) (string, bool) {
	of := Hash(algorithm)
	if of == nil {
		return "", false
	}
	h := of()
	if key != nil {
		h = hmac.New(of, []byte(*key))
	}
	h.Write([]byte(data))
	return string(h.Sum(nil)), true
}

// maxIterations bounds what is derived from a password, in rounds of a hash.
const maxIterations = 1 << 18

// DeriveKey is PBKDF2.
func DeriveKey(algorithm, password, salt string, iterations, size int) (string, bool) {
	of := Hash(algorithm)
	if of == nil || iterations < 1 || size < 1 || size > 1<<10 || iterations*(size/of().Size()+1) > maxIterations {
		return "", false
	}
	key, err := pbkdf2.Key(of, password, []byte(salt), iterations, size)
	return string(key), err == nil
}

// CipherBlock is how many bytes a cipher decrypts at once: 1 where it is one of streams, and
// 0 where it is not known.
func CipherBlock(algorithm, key string) int {
	block, mode := blockCipher(strings.ToLower(algorithm), key)
	switch {
	case mode == "rc4" || block != nil && (mode == "ctr" || mode == "cfb" || mode == "ofb" || mode == "gcm"):
		return 1
	case block == nil:
		return 0
	}
	return block.BlockSize()
}

// Decipher decrypts; padded says that what stands at the end fills the last block.
// Whether a text is authentic is not asked.
func Decipher(algorithm, key, iv, data string, padded bool) (string, bool) {
	block, mode := blockCipher(strings.ToLower(algorithm), key)
	if mode == "rc4" {
		c, err := rc4.NewCipher([]byte(key))
		if err != nil {
			return "", false
		}
		return stream(c, data), true
	}
	if block == nil {
		return "", false
	}
	size := block.BlockSize()
	start := make([]byte, size)
	copy(start, iv)
	switch mode {
	case "ctr":
		return stream(cipher.NewCTR(block, start), data), true
	case "cfb":
		//lint:ignore SA1019 what scripts use is read
		return stream(cipher.NewCFBDecrypter(block, start), data), true
	case "ofb":
		//lint:ignore SA1019 what scripts use is read
		return stream(cipher.NewOFB(block, start), data), true
	case "gcm":
		if len(iv) != 12 {
			return "", false
		}
		copy(start, append([]byte(iv), 0, 0, 0, 2)) // the first block is the tag's
		return stream(cipher.NewCTR(block, start), data), true
	}
	if len(data) == 0 || len(data)%size != 0 {
		return "", false
	}
	out := make([]byte, len(data))
	if mode == "cbc" {
		cipher.NewCBCDecrypter(block, start).CryptBlocks(out, []byte(data))
	} else {
		for at := 0; at < len(data); at += size {
			block.Decrypt(out[at:], []byte(data[at:at+size]))
		}
	}
	if !padded {
		return string(out), true
	}
	n := int(out[len(out)-1])
	if n == 0 || n > size || !bytes.HasSuffix(out, bytes.Repeat([]byte{byte(n)}, n)) {
		return "", false // the key is another
	}
	return string(out[:len(out)-n]), true
}

func stream(c cipher.Stream, data string) string {
	out := make([]byte, len(data))
	c.XORKeyStream(out, []byte(data))
	return string(out)
}

// blockCipher is the cipher of a name with the mode, as aes-256-cbc has them.
func blockCipher(name, key string) (cipher.Block, string) {
	parts := strings.Split(name, "-")
	last := parts[len(parts)-1]
	switch {
	case name == "rc4":
		return nil, "rc4"
	case name == "aes128" || name == "aes192" || name == "aes256":
		parts, last = []string{"aes", name[3:]}, "cbc"
	case len(parts) == 2 && parts[0] == "id" || len(parts) > 3:
		return nil, ""
	}
	switch parts[0] {
	case "aes":
		size := map[string]int{"128": 16, "192": 24, "256": 32}[parts[min(1, len(parts)-1)]]
		if size == 0 {
			return nil, ""
		}
		fitting := make([]byte, size) // PHP cuts and fills
		copy(fitting, key)
		block, err := aes.NewCipher(fitting)
		if err != nil {
			return nil, ""
		}
		return block, last
	case "des":
		fitting := make([]byte, 8)
		copy(fitting, key)
		if parts[min(1, len(parts)-1)] == "ede3" {
			fitting = make([]byte, 24)
			copy(fitting, key)
			block, err := des.NewTripleDESCipher(fitting)
			if err != nil {
				return nil, ""
			}
			if last == "ede3" {
				last = "ecb"
			}
			return block, last
		}
		block, err := des.NewCipher(fitting)
		if err != nil {
			return nil, ""
		}
		return block, last
	}
	return nil, ""
}

// VectorLength is how long the first block of an algorithm is.
func VectorLength(algorithm string) (int, bool) {
	block, mode := blockCipher(strings.ToLower(algorithm), "")
	switch {
	case block == nil:
		return 0, mode == "rc4"
	case mode == "ecb":
		return 0, true
	case mode == "gcm":
		return 12, true
	}
	return block.BlockSize(), true
}
