package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"plugvet/scanner"
)

// The elements of the JUnit format that Jenkins and others read.
type (
	junitSuites struct {
		XMLName  xml.Name `xml:"testsuites"`
		Name     string   `xml:"name,attr"`
		Tests    int      `xml:"tests,attr"`
		Failures int      `xml:"failures,attr"`
		Errors   int      `xml:"errors,attr"`
		Suites   []*junitSuite
	}
	junitSuite struct {
		XMLName   xml.Name `xml:"testsuite"`
		Name      string   `xml:"name,attr"`
		Tests     int      `xml:"tests,attr"`
		Failures  int      `xml:"failures,attr"`
		Errors    int      `xml:"errors,attr"`
		Timestamp string   `xml:"timestamp,attr"` // UTC, without a zone
		Hostname  string   `xml:"hostname,attr"`
		Cases     []junitCase
	}
	junitCase struct {
		XMLName xml.Name      `xml:"testcase"`
		Class   string        `xml:"classname,attr"`
		Name    string        `xml:"name,attr"`
		Failure *junitProblem `xml:"failure"`
		Error   *junitProblem `xml:"error"`
		Out     string        `xml:"system-out,omitempty"`
	}
	junitProblem struct {
		Type    string `xml:"type,attr"`
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
)

// writeJUnit writes a test suite for each host and a case for each plugin,
// which fails where the gate does. What makes the run incomplete is the error of
// a case of its own.
func writeJUnit(w io.Writer, r *scanner.Report, _ Options) error {
	r = cleaned(r)
	all := &junitSuites{Name: "plugvet"}
	suites := map[string]*junitSuite{}
	suite := func(host string) *junitSuite {
		if suites[host] == nil {
			suites[host] = &junitSuite{
				Name: "plugvet." + host, Timestamp: r.Run.Finished.UTC().Format("2006-01-02T15:04:05"), Hostname: r.Run.Machine.Name,
			}
			all.Suites = append(all.Suites, suites[host])
		}
		return suites[host]
	}
	failed, told := map[*scanner.Plugin][]string{}, map[*scanner.Plugin][]string{}
	for _, i := range issuesThatTell(r) {
		line := fmt.Sprintf("%s %s: %s (%s)", i.severity, i.rule, i.message, reference(i.file.path, i.file.line))
		if i.fails(r) {
			failed[i.plugin] = append(failed[i.plugin], line)
		} else {
			told[i.plugin] = append(told[i.plugin], line)
		}
	}
	names := map[string]int{}
	for _, p := range r.Plugins {
		names[p.Host+"/"+p.Name]++
	}
	for n := range r.Plugins {
		p := &r.Plugins[n]
		s := suite(p.Host)
		c := junitCase{Class: s.Name, Name: p.Name, Out: strings.Join(told[p], "\n")}
		if names[p.Host+"/"+p.Name] > 1 {
			c.Name += " (" + p.Path + ")"
		}
		switch {
		case failed[p] != nil:
			s.Failures++
			c.Failure = &junitProblem{Type: string(p.Severity), Message: shorten(failed[p][0], maxDescription), Text: strings.Join(failed[p], "\n")}
		case p.Tree == "":
			s.Errors++
			c.Error = &junitProblem{Type: "incomplete", Message: "a file could not be read, so the plugin was not judged"}
		}
		s.Tests++
		s.Cases = append(s.Cases, c)
	}
	if r.Summary.Exit == scanner.ExitIncomplete {
		s := suite("coverage")
		s.Tests, s.Errors = 1, 1
		s.Cases = []junitCase{{Class: s.Name, Name: "everything was looked at", Error: &junitProblem{
			Type: "incomplete", Message: "not everything could be looked at", Text: strings.Join(gapsOf(r), "\n"),
		}}}
	}
	for _, s := range all.Suites {
		all.Tests, all.Failures, all.Errors = all.Tests+s.Tests, all.Failures+s.Failures, all.Errors+s.Errors
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	if err := enc.Encode(all); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}
