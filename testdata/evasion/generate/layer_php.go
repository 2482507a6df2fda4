package main

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"crypto/rc4"
	"encoding/base64"
	"encoding/hex"
	"strings"

	"plugvet/testdata/evasion/cases"
)

// phpLayers puts one payload under each layer in turn.
func phpLayers(w *writer) error {
	for i, l := range phpLayerList {
		p := phpPayloads[(i+1)%len(phpPayloads)]
		script := p.script(plain)
		if l.combined {
			script = p.script(phpEncoders[i%4].hide)
		}
		err := w.php(cases.Case{Does: p.does, Technique: l.technique, Note: l.note, Combined: l.combined, Accept: accepted(l.opaque)},
			"layer-"+l.name, l.wrap(script))
		if err != nil {
			return err
		}
	}
	return nil
}

var phpLayerList = []layer{
	{name: "base64", technique: "eval layers", note: "eval(base64_decode(…))", wrap: func(s string) string {
		return "eval(base64_decode('" + b64(s) + "'));\n"
	}},
	{name: "gzinflate", technique: "compressed", note: "eval(gzinflate(base64_decode(…)))", opaque: true, wrap: func(s string) string {
		return "eval(gzinflate(base64_decode('" + base64.StdEncoding.EncodeToString(deflated(s)) + "')));\n"
	}},
	{name: "gzuncompress", technique: "compressed", note: "gzuncompress under str_rot13", combined: true, opaque: true, wrap: func(s string) string {
		var b bytes.Buffer
		z := zlib.NewWriter(&b)
		z.Write([]byte(s))
		z.Close()
		return "eval(gzuncompress(base64_decode(str_rot13('" + rot13(base64.StdEncoding.EncodeToString(b.Bytes())) + "'))));\n"
	}},
	{name: "gzdecode", technique: "compressed", note: "gzdecode, the eval in another layer", combined: true, opaque: true, wrap: func(s string) string {
		return "eval(base64_decode('" + b64("eval(gzdecode(base64_decode('"+base64.StdEncoding.EncodeToString(gzipped(s))+"')));") + "'));\n"
	}},
	{name: "ten-deep", technique: "compressed", note: "gzinflate and base64, ten deep", combined: true, opaque: true, wrap: func(s string) string {
		for range 10 {
			s = "eval(gzinflate(base64_decode('" + base64.StdEncoding.EncodeToString(deflated(s)) + "')));"
		}
		return s + "\n"
	}},
	{name: "four-deep", technique: "eval layers", note: "rot13, reversal and base64 by turns, four deep", combined: true, wrap: func(s string) string {
		for i := range 4 {
			if i%2 == 0 {
				s = "eval(base64_decode(strrev('" + reversed(b64(s)) + "')));"
			} else {
				s = "eval(str_rot13(base64_decode('" + b64(rot13(s)) + "')));"
			}
		}
		return s + "\n"
	}},
	{name: "hex", technique: "eval layers", note: "eval(pack('H*', …))", wrap: func(s string) string {
		return "eval(pack('H*', '" + hex.EncodeToString([]byte(s)) + "'));\n"
	}},
	{name: "escapes", technique: "eval layers", note: "eval of a literal that is all escapes", wrap: func(s string) string {
		return `eval("` + each(s, `\x%02x`) + "\");\n"
	}},
	{name: "closing-tag", technique: "eval layers", note: "eval('?>' . …)", wrap: func(s string) string {
		return "eval('?>' . base64_decode('" + b64("<b><?php "+s+"?></b>") + "'));\n"
	}},
	{name: "variable-decoder", technique: "eval layers", note: "the decoder's name is put together", combined: true, wrap: func(s string) string {
		return "$d = 'bas' . 'e64_d' . 'ecode';\n$c = '" + b64(s) + "';\neval($d($c));\n"
	}},
	{name: "preg-callback", technique: "eval layers", note: "eval in preg_replace_callback", wrap: func(s string) string {
		return "preg_replace_callback('/.+/s', function ($m) { eval(base64_decode($m[0])); }, '" + b64(s) + "');\n"
	}},
	{name: "closure", technique: "eval layers", note: "a closure that evals its argument, called by array_map", wrap: func(s string) string {
		return "array_map(function ($c) { eval($c); }, [base64_decode('" + b64(s) + "')]);\n"
	}},
	{name: "xor-key", technique: "xor", note: "a key as long as the code, by str_repeat", opaque: true, wrap: func(s string) string {
		b := []byte(s)
		for i := range b {
			b[i] ^= "k1t"[i%3]
		}
		return "$c = base64_decode('" + base64.StdEncoding.EncodeToString(b) + "');\neval($c ^ str_repeat('k1t', strlen($c)));\n"
	}},
	{name: "rc4", technique: "encrypted", note: "a stream cipher written out (RC4)", opaque: true, wrap: func(s string) string {
		return `function rc($k, $d) { $s = range(0, 255); $j = 0; $r = '';
for ($i = 0; $i < 256; $i++) { $j = ($j + $s[$i] + ord($k[$i % strlen($k)])) % 256; [$s[$i], $s[$j]] = [$s[$j], $s[$i]]; }
for ($i = $j = $n = 0; $n < strlen($d); $n++) { $i = ($i + 1) % 256; $j = ($j + $s[$i]) % 256; [$s[$i], $s[$j]] = [$s[$j], $s[$i]]; $r .= chr(ord($d[$n]) ^ $s[($s[$i] + $s[$j]) % 256]); }
return $r; }
eval(rc('theme', hex2bin('` + hex.EncodeToString(encryptRC4("theme", s)) + "')));\n"
	}},
	{name: "heredoc-comment", technique: "eval layers", note: "code between markers in a heredoc, taken by explode", opaque: true, wrap: func(s string) string {
		return "$css = <<<'CSS'\nbody { color: red; }\n/*kit:" + b64(s) + ":kit*/\nCSS;\neval(base64_decode(explode(':', strstr($css, 'kit:'))[1]));\n"
	}},
	{name: "blanks", technique: "invisible characters", note: "bits as blanks and tabs at line ends", opaque: true, wrap: func(s string) string {
		bits := strings.NewReplacer("0", " ", "1", "\t").Replace(each(s, "%08b"))
		return "$p = '" + bits + "';\n$t = '';\nforeach (str_split($p, 8) as $b) $t .= chr(bindec(strtr($b, \" \\t\", '01')));\neval($t);\n"
	}},
}

func deflated(s string) []byte {
	var b bytes.Buffer
	z, _ := flate.NewWriter(&b, flate.BestCompression) // the level is valid
	z.Write([]byte(s))
	z.Close()
	return b.Bytes()
}

func encryptRC4(key, s string) []byte {
	stream, err := rc4.NewCipher([]byte(key))
	if err != nil {
		panic(err) // the key is ours
	}
	b := []byte(s)
	stream.XORKeyStream(b, b)
	return b
}
