package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"

	"plugvet/manifests"
	"plugvet/scanner"
	"plugvet/scanner/tree"

	"golang.org/x/net/html"
)

func writePage(t testing.TB, r *scanner.Report) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, "html", r, Options{}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func parsePage(t testing.TB, r *scanner.Report) *html.Node {
	t.Helper()
	document, err := html.Parse(bytes.NewReader(writePage(t, r)))
	if err != nil {
		t.Fatal(err)
	}
	return document
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func byID(t *testing.T, document *html.Node, id string) *html.Node {
	t.Helper()
	n := index(document)[id]
	if n == nil {
		t.Fatalf("nothing has the id %q", id)
	}
	return n
}

func index(document *html.Node) map[string]*html.Node {
	nodes := map[string]*html.Node{}
	for n := range document.Descendants() {
		nodes[attribute(n, "id")] = n
	}
	return nodes
}

// textOf is the text below a node as it stands, without runs of space.
func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		switch {
		case d.Type == html.TextNode:
			b.WriteString(d.Data)
		case d.Data != "wbr" && d.Data != "bdi" && d.Data != "b":
			b.WriteByte(' ')
		}
	}
	return squeeze(b.String())
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

func TestPageTellsAllOfTheReport(t *testing.T) {
	for name, r := range pageReports(t) {
		t.Run(name, func(t *testing.T) {
			document := parsePage(t, r)
			nodes, sections := index(document), map[string]string{}
			tells := func(id string, texts ...string) {
				t.Helper()
				if nodes[id] == nil {
					t.Fatalf("nothing has the id %q", id)
				}
				if sections[id] == "" {
					sections[id] = textOf(nodes[id])
				}
				for _, text := range texts {
					if text = squeeze(tree.Visible(text)); !strings.Contains(sections[id], text) {
						t.Errorf("#%s does not tell of %q", id, text)
					}
				}
			}
			for i, p := range r.Plugins {
				row := fmt.Sprintf("p%d", i+1)
				tells(row, p.Host+"/"+p.Name, p.Version, string(p.Verdict), string(p.Severity))
				item := fmt.Sprintf("i%d", i+1)
				tells(item, p.Host+"/"+p.Name, p.Version, p.Path, p.Tree)
				for _, l := range p.LoadedBy {
					tells(item, reference(l.File, l.Line))
				}
				for _, b := range p.Binaries {
					tells(item, b.Path, b.SHA256, b.Kind)
				}
				for _, note := range p.Notes {
					tells(item, note)
				}
				for _, c := range p.Changes {
					tells(fmt.Sprintf("c%d", i+1), c.Change+" "+c.Path, c.Was, c.Is)
				}
				for _, f := range p.Findings {
					entry := fmt.Sprintf("f%d", i+1)
					tells(entry, f.Capability+" "+f.Rule, (findingGroup{}).Place(f), f.Excerpt)
					tells("findings", f.Description)
					for _, why := range f.Why {
						tells(entry, reference(why.Path, why.Line)+" "+why.Text)
					}
				}
				if a := p.Approval; a != nil {
					tells("approvals", p.Host+"/"+p.Name, a.By, a.Ticket, a.Reason, a.Expires, a.Impact, a.Tested, a.Rollback, a.RequestedBy)
					if a.Emergency {
						tells("approvals", "EMERGENCY: awaits review")
					}
					if o := a.From; o != nil {
						tells("approvals", fmt.Sprintf("%s, sequence %d", o.ID, o.Sequence), o.By)
						tells("approvals", o.Signers...)
						if o.Unverified {
							tells("approvals", "not verified")
						}
					}
				}
				if p.Source != nil {
					tells(item, p.Source.String())
				}
				if p.Verdict == scanner.Unapproved || p.Verdict == scanner.Missing {
					tells("changes", p.Name, p.Tree)
				}
			}
			for _, gap := range slices.Concat(r.Coverage.Skipped, r.Coverage.Errors, r.Coverage.Tolerated) {
				tells("coverage", gapPath(gap), gap.Reason)
			}
			tells("coverage", r.Coverage.MissingRoots...)
			tells("coverage", r.Run.Exclude...)
			for _, i := range r.Ignored {
				tells("findings", i.Reason, i.Expires, reference(i.Finding.Path, i.Finding.Line))
			}
			if s := r.Sweep; s != nil {
				for _, d := range slices.Concat(s.New, s.Gone, s.Changed, s.Fixed, s.Expiring) {
					tells("since", d.Host+"/"+d.Name+" "+d.Text, d.Path)
				}
				for _, p := range s.History {
					tells("glance", fmt.Sprintf("%d %s %s %d %d %d", p.Sequence, when(p.At), p.Verdict, p.Plugins, p.Drifted, p.Violations))
				}
				tells("parameters", s.Previous)
			}
			tells("parameters", r.Rules.Digest, r.Tool.Version, r.Tool.LibYARA, r.Run.Machine.Name, r.Run.User, string(r.Run.FailOn), when(r.Run.Started), when(r.Run.Finished))
			tells("parameters", slices.Concat(r.Rules.Sources, r.Run.Roots, r.Run.Hosts)...)
			if m := r.Manifest; m != nil {
				tells("parameters", append(m.Signers, m.Path, m.SHA256, m.ID)...)
			}
			if c := r.Run.Config; c != nil {
				tells("parameters", c.Path, c.SHA256)
			}
			if l := r.Run.Limits; l != nil {
				tells("parameters", fmt.Sprintf("%d s to match a file, %s a file", l.TimeoutSeconds, bytesText(l.MaxFileSize)))
			}
			for _, note := range r.Summary.Notes {
				if text := textOf(document); !strings.Contains(text, squeeze(tree.Visible(note))) {
					t.Errorf("the page does not tell of %q", note)
				}
			}
		})
	}
}

// elements are all that a page is made of: nothing that loads or runs anything.
var elements = strings.Fields(`html head meta title style body a header div p h1 h2 h3 h4 svg circle path line rect text desc
	dl dt dd bdi small code time ul ol li nav b main section details summary strong em figure figcaption
	table caption thead tbody tr th td span article pre q br wbr footer`)

func TestPageHoldsTogether(t *testing.T) {
	for name, r := range pageReports(t) {
		t.Run(name, func(t *testing.T) {
			document := parsePage(t, r)
			ids := map[string]int{}
			var links []string
			policy, style := "", ""
			heading := byte('0')
			for n := range document.Descendants() {
				if n.Type != html.ElementNode {
					continue
				}
				if !slices.Contains(elements, n.Data) {
					t.Errorf("there is a <%s>", n.Data)
				}
				for _, a := range n.Attr {
					switch a.Key {
					case "id":
						ids[a.Val]++
					case "href":
						target, ok := strings.CutPrefix(a.Val, "#")
						if links = append(links, target); !ok {
							t.Errorf("a link leads out of the page: %q", a.Val)
						}
					case "aria-labelledby":
						links = append(links, strings.Fields(a.Val)...)
					case "src", "srcset", "style", "action", "ping", "background", "data", "xlink:href":
						t.Errorf("<%s> has %s=%q", n.Data, a.Key, a.Val)
					default:
						if strings.HasPrefix(a.Key, "on") {
							t.Errorf("<%s> has %s=%q", n.Data, a.Key, a.Val)
						}
					}
				}
				switch {
				case attribute(n, "http-equiv") == "Content-Security-Policy":
					policy = attribute(n, "content")
				case n.Data == "style":
					style += n.FirstChild.Data
				case n.Data == "th" && attribute(n, "scope") == "":
					t.Errorf("a header cell has no scope: %q", textOf(n))
				case len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6':
					if n.Data[1] > heading+1 {
						t.Errorf("<%s> %q follows an <h%c>", n.Data, textOf(n), heading)
					}
					heading = n.Data[1]
				}
			}
			for id, n := range ids {
				if n > 1 {
					t.Errorf("the id %q stands %d times", id, n)
				}
			}
			for _, target := range links {
				if ids[target] == 0 {
					t.Errorf("nothing has the id %q", target)
				}
			}
			hash := sha256.Sum256([]byte(style))
			want := "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(hash[:]) + "'; base-uri 'none'; form-action 'none'"
			if policy != want {
				t.Errorf("the policy is %q, want %q", policy, want)
			}
			if strings.Contains(style, "url(") || strings.Contains(style, "@import") || strings.Contains(style, "@font-face") {
				t.Error("the style sheet loads something")
			}
		})
	}
}

// structure is what a page consists of but for its texts: elements with what
// their attributes say, and where text stands.
func structure(t testing.TB, r *scanner.Report) string {
	t.Helper()
	var b strings.Builder
	var walk func(n *html.Node, depth int)
	walk = func(n *html.Node, depth int) {
		if n.Type == html.ElementNode && n.Data != "wbr" { // paths may break after each slash
			fmt.Fprintf(&b, "%*s%s", depth, "", n.Data)
			for _, a := range n.Attr {
				if a.Key == "content" {
					a.Val = "" // the version of the tool
				}
				fmt.Fprintf(&b, " %s=%q", a.Key, a.Val)
			}
			b.WriteByte('\n')
		} else if n.Type == html.CommentNode {
			fmt.Fprintf(&b, "%*s<!--\n", depth, "")
		}
		for c := range n.ChildNodes() {
			walk(c, depth+1)
		}
	}
	walk(parsePage(t, r), 0)
	return b.String()
}

// named is everything with one text as every name, path, excerpt and digest.
func named(text string) *scanner.Report {
	r := everything()
	r.Sweep.History = r.Sweep.History[:3] // they are numbers
	replaceTexts(reflect.ValueOf(r).Elem(), text, "")
	r.Manifest.Untrusted = "" // or it would count for nothing
	return r
}

// worded has that text for its verdicts and severities as well, as nothing but
// a forged report can.
func worded(text string) *scanner.Report {
	r := everything()
	r.Sweep.History = r.Sweep.History[:3] // they are numbers
	replaceTexts(reflect.ValueOf(r).Elem(), text, text)
	return r
}

func TestNoNameAddsMarkup(t *testing.T) {
	if got, want := structure(t, named(hostileText)), structure(t, named("a name")); got != want {
		t.Errorf("names made another page:\n%s", firstDifference(got, want))
	}
	if got, want := structure(t, worded(hostileText)), structure(t, worded("a name")); got != want {
		t.Errorf("words made another page:\n%s", firstDifference(got, want))
	}
}

func firstDifference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("line %d is %q, want %q", i+1, a[i], b[i])
		}
	}
	return "one is longer"
}

// means says whether a page looks at the text and shows something else for it:
// it is empty, a day that may have passed, or a word of ours.
func means(text string) bool {
	_, err := manifests.ParseExpiry(text)
	return strings.TrimSpace(text) == "" || err == nil || text == "rule" || text == "pass" ||
		slices.Contains(manifests.Capabilities, text) || slices.Contains(classWords, text)
}

func FuzzNoNameAddsMarkup(f *testing.F) {
	for _, text := range []string{hostileText, "</script>", "\"onload=", "`${x}`", "a//b", "\xc3\x28", "2026-01-01T00:00:00"} {
		f.Add(text)
	}
	want, wantWords := structure(f, named("a name")), structure(f, worded("a name"))
	f.Fuzz(func(t *testing.T, text string) {
		if means(text) {
			return
		}
		if got := structure(t, named(text)); got != want {
			t.Errorf("%q made another page:\n%s", text, firstDifference(got, want))
		}
		if got := structure(t, worded(text)); got != wantWords {
			t.Errorf("%q as a verdict made another page:\n%s", text, firstDifference(got, wantWords))
		}
	})
}

func TestPageHidesNoCharacter(t *testing.T) {
	page := writePage(t, named(hostileText+"\xff")) // which JSON cannot hold
	for _, r := range string(page) {
		if r != '\n' && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) {
			t.Errorf("%U stands in the page", r)
		}
	}
	for _, want := range []string{`\xe2\x80\xaegpj.exe\xe2\x81\xa6`, `\x1b[2J\x00\x0a\x0d\x09`, "tobreak\ufffd", "שלום"} {
		if !bytes.Contains(page, []byte(want)) {
			t.Errorf("the page does not show %s", want)
		}
	}
}

func TestPageIsTheSameForTheSameReport(t *testing.T) {
	for name, r := range pageReports(t) {
		page := writePage(t, r)
		var record bytes.Buffer
		if err := WriteJSON(&record, r); err != nil {
			t.Fatal(err)
		}
		if name != "hostile" { // its texts are no JSON
			again := new(scanner.Report) // not by ReadJSON: not all of them are whole reports
			if err := json.Unmarshal(record.Bytes(), again); err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(page, writePage(t, again)) {
				t.Errorf("%s: the page differs after the report was read back", name)
			}
		}
		var look bytes.Buffer
		if err := Write(&look, "html", r, Options{Color: true, Verbose: true, Quiet: true, Columns: 40}); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(page, look.Bytes()) {
			t.Errorf("%s: how text looks changed the page", name)
		}
	}
}

func TestPageLeavesTheReportAlone(t *testing.T) {
	r := named(hostileText)
	writePage(t, r)
	if !reflect.DeepEqual(r, named(hostileText)) {
		t.Error("writing the page changed the report")
	}
}
