package php

import (
	"hash/adler32"
	"hash/crc32"

	"plugvet/scanner/inspect/script"
)

// foldHash is hash, with the hexadecimal digits of the sum or its bytes, and hash_hmac
// with a key behind the data.
func foldHash(keyed bool) foldFunction {
	return func(b *script.Budget, a []value) value {
		s := texts(a, 2)
		if s == nil || keyed && len(s) < 3 || !b.Take(len(s[1])) {
			return value{}
		}
		var key *string
		raw := 2
		if keyed {
			key, raw = &s[2], 3
		}
		return hashed(s[0], s[1], key, a[min(raw, len(a)):])
	}
}

// foldSum is md5 and sha1.
func foldSum(algorithm string) foldFunction {
	return func(b *script.Budget, a []value) value {
		s := texts(a, 1)
		if s == nil || !b.Take(len(s[0])) {
			return value{}
		}
		return hashed(algorithm, s[0], nil, a[1:])
	}
}

// hashed is a hash; its bytes, where the first of the flags is true.
func hashed(algorithm, data string, key *string, flags []value) value {
	sum, ok := "", true
	switch algorithm = lower(algorithm); {
	case algorithm == "crc32b" && key == nil:
		sum = bigEndian(crc32.ChecksumIEEE([]byte(data)))
	case algorithm == "adler32" && key == nil:
		sum = bigEndian(adler32.Checksum([]byte(data)))
	default:
		sum, ok = script.Digest(algorithm, data, key)
	}
	if !ok {
		return value{}
	}
	if len(flags) > 0 {
		if raw, _ := flags[0].truth(); raw {
			return stringValue(sum)
		}
	}
	return stringValue(hexOf(sum))
}

func bigEndian(n uint32) string {
	return string([]byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)})
}

// Options of openssl_decrypt.
const (
	rawData     = 1
	zeroPadding = 2
)

func foldOpensslDecrypt(b *script.Budget, a []value) value {
	s := texts(a, 3)
	if s == nil || !b.Take(2*len(s[0])) {
		return value{}
	}
	data, iv, options := s[0], "", int64(0)
	if len(a) > 3 {
		options, _ = a[3].number()
	}
	if len(a) > 4 {
		iv = s[4]
	}
	if options&rawData == 0 {
		data = script.DecodeBase64(data)
	}
	out, ok := script.Decipher(s[1], s[2], iv, data, options&zeroPadding == 0)
	if !ok {
		return value{}
	}
	v := stringValue(out)
	v.decoded = true
	return v
}

func foldDeriveKey(limit *script.Budget, a []value) value {
	s := texts(a, 4)
	if s == nil {
		return value{}
	}
	rounds, _ := a[3].number()
	size, raw := int64(0), false
	if len(a) > 4 {
		size, _ = a[4].number()
	}
	if len(a) > 5 {
		raw, _ = a[5].truth()
	}
	bytes := size
	if !raw {
		bytes = (size + 1) / 2
	}
	if size == 0 {
		whole, ok := script.Digest(s[0], "", nil)
		if !ok {
			return value{}
		}
		bytes = int64(len(whole))
	}
	if bytes > 1<<10 || !limit.Take(int(min(max(rounds, 0)*(1+bytes/16), script.MaxConstant+1))) {
		return value{}
	}
	key, ok := script.DeriveKey(s[0], s[1], s[2], int(min(rounds, 1<<30)), int(min(bytes, 1<<16)))
	switch {
	case !ok:
		return value{}
	case raw:
		return stringValue(key)
	case size > 0:
		return stringValue(hexOf(key)[:size])
	}
	return stringValue(hexOf(key))
}

// foldVectorLength is openssl_cipher_iv_length.
func foldVectorLength(_ *script.Budget, a []value) value {
	s := texts(a, 1)
	if s == nil {
		return value{}
	}
	n, ok := script.VectorLength(s[0])
	if !ok {
		return value{}
	}
	return integerValue(int64(n))
}
