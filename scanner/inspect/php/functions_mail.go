package php

import (
	"encoding/base64"
	"html"
	"mime"
	"net/netip"
	"strings"

	"plugvet/scanner/inspect/script"
)

// decodeMIME decodes the encoded words of a mail's header (RFC 2047).
func decodeMIME(s string) (string, bool) {
	out, err := new(mime.WordDecoder).DecodeHeader(s)
	return out, err == nil
}

// foldMIMEHeaders is iconv_mime_decode_headers: the headers of a mail by their names.
func foldMIMEHeaders(b *script.Budget, a []value) value {
	s := texts(a, 1)
	if s == nil || !b.Take(4*len(s[0])) {
		return value{}
	}
	text := strings.NewReplacer("\r\n", "\n", "\n ", " ", "\n\t", " ").Replace(s[0])
	out := newArray(0)
	for line := range strings.SplitSeq(text, "\n") {
		name, content, ok := strings.Cut(line, ":")
		if !ok || !b.Take(elementCost) {
			continue
		}
		content, _ = decodeMIME(strings.TrimLeft(content, " \t"))
		out.set(arrayKey{s: "s" + name}, stringValue(content))
	}
	return out.value()
}

// packedAddress is inet_pton.
func packedAddress(s string) (string, bool) {
	address, err := netip.ParseAddr(s)
	return string(address.AsSlice()), err == nil
}

// decodeSodiumBase64 is sodium_base642bin, of whatever variant.
func decodeSodiumBase64(s string) (string, bool) {
	text := strings.NewReplacer("-", "+", "_", "/").Replace(strings.TrimRight(s, "="))
	out, err := base64.RawStdEncoding.DecodeString(text)
	return string(out), err == nil
}

// highlighted is highlight_string, of which what is left without the tags counts.
func highlighted(s string) string { return "<code>" + html.EscapeString(s) + "</code>" }
