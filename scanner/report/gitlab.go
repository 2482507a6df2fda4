package report

import (
	"crypto/sha256"
	"encoding/hex"
	"io"

	"plugvet/scanner"
)

// A codeQualityIssue is one entry of GitLab's Code Quality report
// (docs.gitlab.com, "Code Quality report format").
type codeQualityIssue struct {
	Description string              `json:"description"`
	CheckName   string              `json:"check_name"`
	Fingerprint string              `json:"fingerprint"`
	Severity    string              `json:"severity"`
	Location    codeQualityLocation `json:"location"`
}

type codeQualityLocation struct {
	Path  string           `json:"path"`
	Lines codeQualityLines `json:"lines"`
}

type codeQualityLines struct {
	Begin int `json:"begin"`
}

var codeQualitySeverity = map[scanner.Severity]string{
	scanner.Critical: "blocker", scanner.High: "critical", scanner.Medium: "major", scanner.Low: "minor", scanner.Info: "info", scanner.None: "info",
}

func writeGitLab(w io.Writer, r *scanner.Report, opts Options) error {
	r = cleaned(r)
	list := []codeQualityIssue{}
	for _, i := range issuesThatTell(r) {
		name, _ := i.file.relativeTo(opts.Base)
		fingerprint := sha256.Sum256([]byte(i.fingerprint))
		list = append(list, codeQualityIssue{
			Description: shorten(i.message, maxDescription), CheckName: i.rule, Fingerprint: hex.EncodeToString(fingerprint[:]),
			Severity: codeQualitySeverity[i.severity],
			Location: codeQualityLocation{name, codeQualityLines{max(i.file.line, 1)}},
		})
	}
	return WriteJSON(w, list)
}
