package report

import (
	"reflect"
	"time"
	"unicode/utf8"

	"plugvet/scanner"
	"plugvet/scanner/tree"
)

// cleaned returns a copy of the report in which every text is [tree.Visible]. The
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
		out.SetString(tree.Visible(v.String()))
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

// shorten cuts s to at most n runes, the last of which then is "…".
func shorten(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
}
