package inspect

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"encoding/base64"
	"encoding/hex"
	"slices"
	"strings"
	"testing"
	"time"

	"plugvet/scanner/inspect/internal/cputime"
)

// zipped is what write compresses with a gzip writer of a certain header.
func zipped(t testing.TB, text string, header gzip.Header) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Header = header
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func deflated(t testing.TB, text string, level int) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := zlib.NewWriterLevel(&b, level)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// lines breaks a text up.
func lines(text string, n int, end string) []byte {
	var b []byte
	for part := range slices.Chunk([]byte(text), n) {
		b = append(append(b, part...), end...)
	}
	return b
}

// scriptInBzip is the head of a compiled script as bzip2 packs it, which Go only unpacks.
const scriptInBzip = "425a68393141592653596dc89fbd00009bdf8040014001600021000a0024000840200031000004940c9a1ea59a42106aa42f12722bdd6d82420f8bb9229c284836e44fde80"

func TestScriptsUnderCompressionAreFound(t *testing.T) {
	code := fixture(t, "linux-x86_64/nginx_clean.so")
	compiled := "FasdUAS 1.101.10\x0e" + strings.Repeat("\x00x", 300)
	source := strings.Repeat("-- a comment\n", 100) + "tell application \"Finder\"\ndo shell script \"true\"\nend tell\n"
	gzipped := zipped(t, compiled, gzip.Header{})
	bzipped, err := hex.DecodeString(scriptInBzip)
	if err != nil {
		t.Fatal(err)
	}
	command := "#!/bin/sh\n/usr/bin/osascript -e beep\n"
	for _, c := range []struct {
		about  string
		stream []byte
		want   string // name, or none
	}{
		{"gzip", zipped(t, compiled, gzip.Header{}), CompiledScript},
		{"gzip with every field", zipped(t, compiled, gzip.Header{Name: "a.scpt", Comment: "none", Extra: []byte("ab")}), CompiledScript},
		{"JXA", zipped(t, "JsOsaDAS1.001.00bplist00", gzip.Header{}), CompiledScript},
		{"zlib", deflated(t, compiled, zlib.DefaultCompression), CompiledScript},
		{"zlib at its best", deflated(t, compiled, zlib.BestCompression), CompiledScript},
		{"zlib at its fastest", deflated(t, compiled, zlib.BestSpeed), CompiledScript},
		{"zlib, stored", deflated(t, compiled, zlib.NoCompression), CompiledScript},
		{"gzip without its end", zipped(t, source, gzip.Header{})[:120], ScriptSource},
		{"source", zipped(t, source, gzip.Header{}), ScriptSource},
		{"one phrase", zipped(t, "a language with do shell script among its words", gzip.Header{}), ""},
		{"command", zipped(t, command, gzip.Header{}), ScriptCommand},
		{"gzip in base64", []byte(base64.StdEncoding.EncodeToString(zipped(t, compiled, gzip.Header{}))), CompiledScript},
		{"gzip in base64, in lines", lines(base64.StdEncoding.EncodeToString(gzipped), 12, "\r\n"), CompiledScript},
		{"gzip in base64, a list of lines", lines(base64.StdEncoding.EncodeToString(gzipped), 12, "\x00"), CompiledScript},
		{"gzip in base64 after its length", []byte(base64.StdEncoding.EncodeToString(append([]byte{1, 2, 0, 0}, gzipped...))), CompiledScript},
		{"gzip in base64 of addresses", []byte(base64.URLEncoding.EncodeToString(append([]byte{0xfb, 0xff}, gzipped...))), CompiledScript},
		{"gzip in hexadecimal", []byte(hex.EncodeToString(gzipped)), CompiledScript},
		{"zlib in base64", []byte(base64.StdEncoding.EncodeToString(deflated(t, compiled, zlib.BestCompression))), CompiledScript},
		{"a script in base64, in lines", lines(base64.StdEncoding.EncodeToString([]byte("xy"+compiled)), 19, "\n"), CompiledScript},
		{"a script in hexadecimal", []byte(hex.EncodeToString([]byte(compiled))), CompiledScript},
		{"bzip2", bzipped, CompiledScript},
		{"bzip2 in base64", []byte(base64.StdEncoding.EncodeToString(bzipped)), CompiledScript},
		{"a picture in base64", []byte(base64.StdEncoding.EncodeToString(zipped(t, strings.Repeat("pixels", 99), gzip.Header{}))), ""},
		{"something else", zipped(t, strings.Repeat("GET / HTTP/1.1\n", 50), gzip.Header{}), ""},
		{"the magic of another file in a table", zipped(t, "0 string FasdUAS 1.101.10 compiled", gzip.Header{}), ""},
	} {
		f := Identify("", slices.Concat(code, c.stream, []byte{0, 0}))
		var want []Embedded
		if c.want != "" {
			want = []Embedded{{c.want, int64(len(code))}}
		}
		if !slices.Equal(f.Embedded, want) || len(f.Problems) > 0 {
			t.Errorf("%s: found %v, want %v; problems %v", c.about, f.Embedded, want, f.Problems)
		}
	}
}

func TestTheThousandthScriptSaysNoMore(t *testing.T) {
	stream := zipped(t, "FasdUAS 1.101.10", gzip.Header{})
	if f := Identify("", slices.Concat([]byte("\x00asm\x01\x00\x00\x00"), bytes.Repeat(stream, 1000))); len(f.Embedded) < 1 || len(f.Embedded) > 2*maxEmbedded {
		t.Errorf("%d are listed", len(f.Embedded))
	}
}

// Streams that are many, large or broken end in a problem and not in an hour.
func TestInflatingIsBounded(t *testing.T) {
	const size = 4 << 20
	block := []byte{0x78, 0x9c, 0x05, 0xe0, 0x01} // a header, and the head of a block of its own codes
	for about, data := range map[string][]byte{
		"bombs":  bytes.Repeat(deflated(t, strings.Repeat("\x00", 200<<10), zlib.BestCompression), size/250),
		"heads":  bytes.Repeat(block, size/len(block)),
		"base64": bytes.Repeat([]byte("H4sI"), size/4),
		"gzip":   bytes.Repeat([]byte("\x1f\x8b\x08\x1f"), size/4),
	} {
		start := cputime.Used()
		f := Identify("", append([]byte("\x00asm\x01\x00\x00\x00"), data...))
		if took := cputime.Used() - start; took > 20*time.Second {
			t.Errorf("%s: %d bytes took %v", about, len(data), took)
		}
		if !hasProblem(f, "more compressed data") {
			t.Errorf("%s: problems %v", about, f.Problems)
		}
	}
}
