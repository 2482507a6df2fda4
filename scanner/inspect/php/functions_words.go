package php

import (
	"strings"

	"plugvet/scanner/inspect/script"
)

// foldCapitalised is ucwords, with the characters behind which a word begins.
func foldCapitalised(b *script.Budget, a []value) value {
	s := texts(a, 1)
	if s == nil || !b.Take(len(s[0])) {
		return value{}
	}
	between := " \t\r\n\f\v"
	if len(s) > 1 {
		between = s[1]
	}
	out := []byte(s[0])
	for i := range out {
		if i == 0 || strings.IndexByte(between, out[i-1]) >= 0 {
			out[i] = upperASCII(out[i])
		}
	}
	return stringValue(string(out))
}

// foldTrimmedWidth is mb_strimwidth of characters that are one column wide.
func foldTrimmedWidth(b *script.Budget, a []value) value {
	if len(a) < 3 {
		return value{}
	}
	s, ok := a[0].text()
	end := ""
	if len(a) > 3 {
		end, _ = a[3].text()
	}
	width, known := a[2].number()
	part := foldSubstr(b, []value{a[0], a[1]})
	if !ok || !known || !isASCII(s) || part.kind != stringKind || width < int64(len(end)) {
		return value{}
	}
	if int64(len(part.s)) <= width {
		return part
	}
	return stringValue(part.s[:width-int64(len(end))] + end)
}

// foldLevenshtein is how many letters two words differ by.
func foldLevenshtein(b *script.Budget, a []value) value {
	s := texts(a, 2)
	if s == nil || len(a) > 2 || !b.Take((len(s[0])+8)*len(s[1])) {
		return value{}
	}
	row := make([]int, len(s[1])+1)
	for k := range row {
		row[k] = k
	}
	for i := range len(s[0]) {
		before := row[0]
		row[0]++
		for k := range len(s[1]) {
			changed := before
			if s[0][i] != s[1][k] {
				changed++
			}
			before = row[k+1]
			row[k+1] = min(changed, row[k]+1, before+1)
		}
	}
	return integerValue(int64(row[len(s[1])]))
}

func foldSoundex(_ *script.Budget, a []value) value {
	s := texts(a, 1)
	if s == nil || len(s[0]) > 1<<10 {
		return value{}
	}
	const codes = "01230120022455012623010202"
	var out []byte
	last := byte(0)
	for _, c := range []byte(s[0]) {
		c = upperASCII(c)
		if c < 'A' || c > 'Z' {
			continue
		}
		code := codes[c-'A']
		switch {
		case len(out) == 0:
			out = append(out, c)
		case code != last && code != '0':
			out = append(out, code)
		}
		if c != 'H' && c != 'W' {
			last = code
		}
	}
	for len(out) > 0 && len(out) < 4 {
		out = append(out, '0')
	}
	return stringValue(string(out[:min(4, len(out))]))
}

// encodeUU is convert_uuencode.
func encodeUU(s string) string {
	var out strings.Builder
	char := func(c byte) {
		if c == 0 {
			c = '`' - ' '
		}
		out.WriteByte(' ' + c)
	}
	for len(s) > 0 {
		line := s[:min(45, len(s))]
		s = s[len(line):]
		char(byte(len(line)))
		for i := 0; i < len(line); i += 3 {
			var three [3]byte
			copy(three[:], line[i:])
			char(three[0] >> 2)
			char(three[0]<<4&0x3f | three[1]>>4)
			char(three[1]<<2&0x3f | three[2]>>6)
			char(three[2] & 0x3f)
		}
		out.WriteByte('\n')
	}
	return out.String() + "`\n"
}
