package report

import (
	"bufio"
	_ "embed"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"unicode/utf8"

	"plugvet/scanner"
	"plugvet/scanner/match"
)

// RulesSchema is the JSON Schema (draft 2020-12) of a [RuleList].
//
//go:embed rules.schema.json
var RulesSchema []byte

// A RuleList is a rule set and what each of its rules means. Its JSON form is
// stable: keys are added, never renamed, and every key is always there.
type RuleList struct {
	Schema string          `json:"schema"` // "plugvet.rules/1"
	Set    scanner.RuleSet `json:"set"`    // as a report names it
	Rules  []Rule          `json:"rules"`  // by namespace and name; all of the set, or those asked for
}

// A Rule is a [match.Rule] as it is written down. Texts are empty where the
// rule states none, which only a public rule may do.
type Rule struct {
	Name        string   `json:"name"`
	Namespace   string   `json:"namespace"`
	Source      string   `json:"source"`
	Line        int      `json:"line"` // from 1
	Public      bool     `json:"public"`
	Capability  string   `json:"capability"`
	Severity    string   `json:"severity"`
	Confidence  string   `json:"confidence"`
	Attack      string   `json:"attack"`
	Hosts       []string `json:"hosts"`
	Description string   `json:"description"`
	Why         string   `json:"why"`
	Benign      string   `json:"benign"`
	Advice      string   `json:"advice"`
	Tags        []string `json:"tags"`
	Author      string   `json:"author"`
	Reference   string   `json:"reference"`
	Score       string   `json:"score"`
}

// NewRuleList describes the rules of a set that keep holds for.
func NewRuleList(rules *match.Rules, sources []string, keep func(match.Rule) bool) *RuleList {
	list := &RuleList{
		Schema: "plugvet.rules/1",
		Set:    scanner.RuleSet{Digest: rules.Digest(), Count: rules.Count(), Sources: append([]string{}, sources...)},
		Rules:  []Rule{},
	}
	for _, r := range rules.List() {
		if !keep(r) {
			continue
		}
		list.Rules = append(list.Rules, Rule{
			Name: r.Name, Namespace: r.Namespace, Source: r.Source, Line: r.Line, Public: !r.OurMetadata,
			Capability: r.Capability, Severity: r.Severity, Confidence: r.Confidence, Attack: r.Attack,
			Hosts: append([]string{}, r.Hosts...), Description: r.Description,
			Why: r.Why, Benign: r.Benign, Advice: r.Advice,
			Tags: append([]string{}, r.Tags...), Author: r.Author, Reference: r.Reference, Score: r.Score,
		})
	}
	return list
}

// WriteRulesText writes a line for each rule, or all that is known of each
// where opts is verbose.
func WriteRulesText(w io.Writer, list *RuleList, opts Options) error {
	t := &text{w: bufio.NewWriter(w), Options: opts}
	if opts.Verbose {
		for i, r := range list.Rules {
			if i > 0 {
				t.line("")
			}
			t.rule(&r)
		}
		return t.w.Flush()
	}
	tab := tabwriter.NewWriter(t.w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tab, "RULE\tCAPABILITY\tSEVERITY\tCONFIDENCE\tATT&CK\tHOSTS\tDESCRIPTION")
	for _, r := range list.Rules {
		fmt.Fprintf(tab, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", r.Name, r.Capability, r.Severity, r.Confidence,
			t.harmless(r.Attack), t.harmless(strings.Join(r.Hosts, " ")), t.harmless(r.Description))
	}
	if err := tab.Flush(); err != nil {
		return err
	}
	return t.w.Flush()
}

// rule writes all that is known of one rule; what it does not state is left out.
func (t *text) rule(r *Rule) {
	t.line("%s", t.style(bold, r.Name))
	for _, field := range []struct{ label, value string }{
		{"capability", r.Capability},
		{"severity", r.Severity + ", " + r.Confidence + " confidence"},
		{"hosts", strings.Join(r.Hosts, " ")},
		{"ATT&CK", r.Attack},
		{"seen", r.Description},
		{"why", r.Why},
		{"benign", r.Benign},
		{"what to do", r.Advice},
		{"score", r.Score},
		{"author", r.Author},
		{"reference", r.Reference},
		{"tags", strings.Join(r.Tags, " ")},
		{"source", reference(r.Source, r.Line)},
	} {
		if field.value == "" {
			continue
		}
		const label = 2 + 10 + 2 // columns before the text
		for i, line := range wrap(t.harmless(field.value), t.columns()-label) {
			t.line("  %-10s  %s", ifFirst(i, field.label), line)
		}
	}
}

// columns is the width that text is wrapped to.
func (t *text) columns() int {
	if t.Columns == 0 {
		return 100
	}
	return max(t.Columns, 40)
}

// wrap breaks s at blanks into lines of at most width runes; a longer word has
// a line of its own. There is always one line.
func wrap(s string, width int) []string {
	var lines []string
	var line string
	for word := range strings.FieldsSeq(s) {
		switch {
		case line == "":
			line = word
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width:
			lines = append(lines, line)
			line = word
		default:
			line += " " + word
		}
	}
	return append(lines, line)
}
