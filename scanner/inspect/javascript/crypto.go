package javascript

import (
	"strings"

	"golang.org/x/crypto/scrypt"

	"plugvet/scanner/inspect/script"
)

// Hashes and ciphers of node's module crypto, where all that they are given is known.
// An object of one keeps that under keys of its own.

// cipherObject is what a value says of itself that is one; at is its number.
const cipherObject = "Cipher"

const (
	algorithmKey = "\x00algorithm"
	secretKey    = "\x00secret"
	vectorKey    = "\x00vector"
	dataKey      = "\x00data"
	whatKey      = "\x00what"
	unpaddedKey  = "\x00unpadded"
	givenKey     = "\x00given"
)

// Steps for what is slow on purpose.
const scryptCost = 1 << 20

// cryptography calls a function of crypto, and tells whether what it gives is known.
func (m *machine) cryptography(function string, args []argument) (value, bool) {
	first, second, third := argumentOr(args, 0), argumentOr(args, 1), argumentOr(args, 2)
	newObject := func(what string, secret, vector value) (value, bool) {
		key, ok1 := bytesIn(secret, "utf8")
		iv, ok2 := bytesIn(vector, "utf8")
		if first.kind != text || !ok1 || !ok2 || !m.step(64) {
			return value{}, false
		}
		v := objectOf(whatKey, textValue(what), algorithmKey, first, secretKey, value{kind: buffer, str: key}, vectorKey, value{kind: buffer, str: iv},
			dataKey, value{kind: buffer})
		v.more = cipherObject
		return v, true
	}
	none := value{kind: buffer}
	switch function {
	case "createHash":
		return newObject("hash", none, none)
	case "createHmac":
		return newObject("hmac", second, none)
	case "createCipheriv":
		key, _ := bytesIn(second, "utf8")
		if first.kind != text || script.CipherBlock(first.str, key) != 1 {
			return value{}, false
		}
		fallthrough // of streams it is the same
	case "createDecipheriv":
		if third.kind == null || third.kind == undefined {
			third = none
		}
		return newObject("decipher", second, third)
	case "hash":
		data, ok := bytesIn(second, "utf8")
		encoding, given := words(args, 2, "hex")
		if !ok || !given || !m.step(64+len(data)/16) {
			return value{}, false
		}
		sum, known := script.Digest(first.str, data, nil)
		if !known {
			return value{}, false
		}
		return encoded(sum, encoding)
	case "pbkdf2Sync":
		password, ok1 := bytesIn(first, "utf8")
		salt, ok2 := bytesIn(second, "utf8")
		rounds, ok3 := integer(args, 2, 0)
		size, ok4 := integer(args, 3, 0)
		algorithm, ok5 := words(args, 4, "sha1")
		if !ok1 || !ok2 || !ok3 || !ok4 || !ok5 || size > 1<<10 || !m.step(4*max(0, rounds)*(1+max(0, size)/16)) {
			return value{}, false
		}
		key, ok := script.DeriveKey(algorithm, password, salt, rounds, size)
		return value{kind: buffer, str: key, decoded: true}, ok
	case "scryptSync":
		password, ok1 := bytesIn(first, "utf8")
		salt, ok2 := bytesIn(second, "utf8")
		size, ok3 := integer(args, 2, 0)
		if !ok1 || !ok2 || !ok3 || len(args) > 3 || size < 1 || size > 1<<10 || !m.step(scryptCost) {
			return value{}, false
		}
		key, err := scrypt.Key([]byte(password), []byte(salt), 1<<14, 8, 1, size) // node's defaults
		return value{kind: buffer, str: string(key), decoded: true}, err == nil
	}
	return value{}, false
}

// encoded is a text of bytes in an encoding, or a buffer of them.
func encoded(bytes, encoding string) (value, bool) {
	if encoding == "buffer" || encoding == "undefined" {
		return value{kind: buffer, str: bytes, decoded: true}, true
	}
	s, ok := bytesToText(bytes, encoding)
	return value{kind: text, str: s, decoded: true}, ok
}

// cipherMethod evaluates the methods of a hash or of a decipher.
func (m *machine) cipherMethod(self value, name string, args []argument) value {
	what := itemText(self, whatKey)
	data := itemText(self, dataKey)
	switch name {
	case "setAuthTag", "setAAD", "setEncoding":
		return self
	case "setAutoPadding":
		if padded, ok := argumentOr(args, 0).truthy(); ok && len(args) > 0 && !padded {
			define(self, unpaddedKey, booleanValue(true))
		}
		return self
	case "update":
		encoding, ok := words(args, 1, "utf8")
		part, known := bytesIn(argumentOr(args, 0), encoding)
		if !ok || !known || !m.step(8+(len(data)+len(part))/16) {
			define(self, algorithmKey, value{}) // nothing more is known
			return decodedFrom(value{})
		}
		define(self, dataKey, value{kind: buffer, str: data + part})
		if what != "decipher" {
			return self
		}
		return m.clear(args, 2, m.decipheredBy(self, len(part)))
	case "digest":
		if !m.step(64 + len(data)/16) {
			return decodedFrom(value{})
		}
		var key *string
		if what == "hmac" {
			secret := itemText(self, secretKey)
			key = &secret
		}
		sum, ok := script.Digest(itemText(self, algorithmKey), data, key)
		if !ok || what == "decipher" {
			return decodedFrom(value{})
		}
		return m.clear(args, 0, sum)
	case "final":
		if !m.step(64 + len(data)/2) { // before it is known to fail
			return decodedFrom(value{})
		}
		_, unpadded := itemOf(self, unpaddedKey)
		out, ok := script.Decipher(itemText(self, algorithmKey), itemText(self, secretKey), itemText(self, vectorKey), data, !unpadded)
		if !ok || what != "decipher" {
			return decodedFrom(value{})
		}
		given, _ := itemOf(self, givenKey)
		return m.clear(args, 0, out[min(int(given.num), len(out)):])
	}
	return value{}
}

// decipheredBy is what comes out of a decipher with the last bytes that it was given. Where
// that would decrypt many times what is there, it is kept for final.
func (m *machine) decipheredBy(self value, last int) string {
	const little = 4 << 10 // bytes
	data, algorithm, secret := itemText(self, dataKey), itemText(self, algorithmKey), itemText(self, secretKey)
	given, _ := itemOf(self, givenKey)
	from, to := int(given.num), len(data)
	size := script.CipherBlock(algorithm, secret)
	if size == 0 || len(data) > little+8*last {
		return ""
	}
	_, unpadded := itemOf(self, unpaddedKey)
	if size > 1 && !unpadded { // the last block may be padded
		to--
	}
	if to -= max(to, 0) % size; to <= from || !m.step(to/2) {
		return ""
	}
	out, ok := script.Decipher(algorithm, secret, itemText(self, vectorKey), data[:to], false)
	if !ok {
		return ""
	}
	define(self, givenKey, numberValue(float64(to)))
	return out[from:]
}

// clear is what comes out of a cipher, in the encoding that an argument names.
func (m *machine) clear(args []argument, at int, out string) value {
	encoding, ok := words(args, at, "buffer")
	got, known := encoded(out, strings.ToLower(encoding))
	if !ok || !known {
		return decodedFrom(value{})
	}
	return got
}
