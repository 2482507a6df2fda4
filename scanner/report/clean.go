package report

import (
	"fmt"
	"reflect"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"plugvet/scanner"
)

// cleaned returns a copy of the report in which every text is [visible]. The
// formats that others read begin with it, so that no name of a plugin, file or
// rule reaches a terminal, a log or a parser with anything but letters.
func cleaned(r *scanner.Report) *scanner.Report {
	return clean(reflect.ValueOf(r)).Interface().(*scanner.Report)
}

// clean copies a value deeply. What is not exported, or is no part of the
// record, stays as it is.
func clean(v reflect.Value) reflect.Value {
	out := reflect.New(v.Type()).Elem()
	out.Set(v)
	if _, ok := v.Interface().(time.Time); ok {
		return out
	}
	switch v.Kind() {
	case reflect.String:
		out.SetString(visible(v.String()))
	case reflect.Pointer:
		if !v.IsNil() {
			out.Set(clean(v.Elem()).Addr())
		}
	case reflect.Slice:
		if !v.IsNil() {
			out.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
		}
		for i := range v.Len() {
			out.Index(i).Set(clean(v.Index(i)))
		}
	case reflect.Map:
		if !v.IsNil() {
			out.Set(reflect.MakeMap(v.Type()))
		}
		for key, value := range v.Seq2() {
			out.SetMapIndex(clean(key), clean(value))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && f.Tag.Get("json") != "-" {
				out.Field(i).Set(clean(v.Field(i)))
			}
		}
	}
	return out
}

// unseen reports whether a reader does not see r as it is: control characters,
// and those that are invisible or reverse the direction of text.
func unseen(r rune) bool { return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) }

// visible returns s with \xNN for each byte that is unseen or no UTF-8.
func visible(s string) string {
	if utf8.ValidString(s) && !strings.ContainsFunc(s, unseen) {
		return s
	}
	var b strings.Builder
	for s != "" {
		r, size := utf8.DecodeRuneInString(s)
		if unseen(r) || r == utf8.RuneError && size == 1 {
			fmt.Fprintf(&b, `\x%s`, strings.ReplaceAll(fmt.Sprintf("% x", s[:size]), " ", `\x`))
		} else {
			b.WriteString(s[:size])
		}
		s = s[size:]
	}
	return b.String()
}

// shorten cuts s to at most n runes, the last of which then is "…".
func shorten(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
}
