package report

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/json"
	"html/template"
	"io"
	"sync"

	"plugvet/manifests"
	"plugvet/scanner"
)

// writeHTML writes the report as one page for people, on a screen or on paper.
// The page loads nothing and runs nothing: its policy (CSP 3) allows no more
// than its own style sheet. The templates lie in page/, and html/template
// escapes what they are given; [visibleReport] shows what would not be seen.
// How text looks at a terminal changes nothing here.
func writeHTML(w io.Writer, r *scanner.Report, _ Options) error {
	templates, err := pageTemplates()
	if err != nil {
		return err
	}
	shown, err := visibleReport(r)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	if err := templates.ExecuteTemplate(out, "page.html", newPage(shown)); err != nil {
		return err
	}
	return out.Flush()
}

//go:embed page
var pageFiles embed.FS

var pageTemplates = sync.OnceValues(func() (*template.Template, error) {
	return template.New("").Funcs(template.FuncMap{
		"count": manifests.Count, "size": bytesText, "ref": reference, "gap": gapPath,
		"when": when, "stamp": stamp, "took": took, "moment": moment, "steps": steps, "class": class, "list": list,
	}).ParseFS(pageFiles, "page/*.html")
})

// pageStyle is the style sheet with the policy that allows it and nothing else.
var pageStyle = sync.OnceValues(func() (template.CSS, string) {
	css, err := pageFiles.ReadFile("page/page.css")
	if err != nil {
		panic(err) // it is embedded
	}
	css = bytes.TrimSpace(css)
	hash := sha256.Sum256(css)
	return template.CSS(css), "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(hash[:]) + "'; base-uri 'none'; form-action 'none'"
})

// visibleReport is [cleaned] of the report as it is read back from its JSON, so
// that a report that was read back makes the same page.
func visibleReport(r *scanner.Report) (*scanner.Report, error) {
	record, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	shown := new(scanner.Report)
	if err := json.Unmarshal(record, shown); err != nil {
		return nil, err
	}
	return cleaned(shown), nil
}
