package match

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	yara "github.com/hillu/go-yara/v4"
)

// A Rule is a rule and what its metadata says. A finding of it has the rule's
// capability and severity.
//
// A rule is one of ours, written for plugvet, if its metadata name one of our
// capabilities or say why, benign or advice; then all of the keys below must be
// there. Any other rule is a public one: a key that it shares with ours, such as
// a capability of another meaning, is left alone.
type Rule struct {
	Name      string
	Namespace string
	Source    string // name of the file that it stands in
	Line      int    // where, from 1

	Capability string // "rule" of a public rule
	// Severity is info, low, medium, high or critical. A public rule has that of
	// the first that it states: a severity in these words, a score, a tag in
	// these words (malcontent's way); else it is medium. A score is THOR's: an
	// alert from 80 on is high, a warning from 60 on medium, a notice from 40 on
	// low, and less is info.
	Severity    string
	Confidence  string // low, medium or high
	Attack      string // MITRE ATT&CK technique, "T1059.002"
	Description string // what was seen: one clause for a person
	Why         string // why it matters for a web server's plugin, one sentence
	Benign      string // what benign code looks like it, one sentence
	Advice      string // what to do, one sentence
	// Hosts are the hosts in whose plugins the severity holds; empty means all.
	// A rule matches whatever the host, unless its condition asks for one.
	Hosts     []string
	Tags      []string
	Author    string // of public rules
	Reference string // of public rules
	Score     string // of public rules, as it stands there: THOR's 0 to 100

	// OnlyHidden says that what stands in the file as it is does not count: the
	// rule is about a disguise (metadata only_hidden).
	OnlyHidden bool

	// OurMetadata tells a rule written for plugvet from a public one.
	OurMetadata bool

	references []reference
}

// Seen is the description as a finding has it. Of a public rule it names the
// author and the score, which licences of such rules ask for (DRL 1.1).
func (r *Rule) Seen() string {
	var from []string
	if r.Score != "" {
		from = append(from, "score "+r.Score)
	}
	if r.Author != "" {
		from = append(from, "by "+r.Author)
	}
	seen := r.Description
	if seen == "" {
		seen = "a rule without a description"
	}
	if from == nil {
		return seen
	}
	return seen + " (" + strings.Join(from, ", ") + ")"
}

var (
	// Capabilities are those that a rule may name.
	Capabilities = []string{"applescript", "dynload", "exec", "install-hook", "network", "obfuscation", "socket", "socket.raw"}
	// Severities are the levels of a finding, the least first.
	Severities = []string{"info", "low", "medium", "high", "critical"}

	confidences = []string{"low", "medium", "high"}

	// technique has the form of an ATT&CK technique or sub-technique.
	technique = regexp.MustCompile(`^T\d{4}(\.\d{3})?$`)
)

// publicCapability is what a public rule shows: that it matched.
const publicCapability = "rule"

// newRule reads the metadata of a compiled rule.
func newRule(r *yara.Rule, source string, declared declaration) (*Rule, error) {
	meta := map[string]string{}
	for _, m := range r.Metas() {
		meta[m.Identifier] = metaText(m.Value)
	}
	rule := &Rule{
		Name: r.Identifier(), Namespace: r.Namespace(), Tags: r.Tags(),
		Source: source, Line: declared.line, references: declared.references,
		Attack: meta["attack"], Description: meta["description"],
		Why: meta["why"], Benign: meta["benign"], Advice: meta["advice"],
		Capability: publicCapability, Severity: publicSeverity(meta, r.Tags()), Confidence: "medium",
	}
	allowed := append(slices.Clone(Capabilities), publicCapability)
	rule.OurMetadata = rule.Why != "" || rule.Benign != "" || rule.Advice != "" || slices.Contains(allowed, meta["capability"])
	if !rule.OurMetadata {
		rule.Author, rule.Reference, rule.Score = meta["author"], meta["reference"], meta["score"]
		return rule, nil
	}
	rule.Capability, rule.Severity, rule.Confidence = meta["capability"], meta["severity"], meta["confidence"]
	rule.Hosts = strings.Fields(meta["hosts"])
	rule.OnlyHidden = meta["only_hidden"] == "true"
	return rule, rule.check(allowed)
}

// check finds what is wrong with the metadata of one of our rules.
func (r *Rule) check(capabilities []string) error {
	for _, field := range []struct {
		name, value string
		allowed     []string
	}{
		{"capability", r.Capability, capabilities},
		{"severity", r.Severity, Severities},
		{"confidence", r.Confidence, confidences},
	} {
		if !slices.Contains(field.allowed, field.value) {
			return fmt.Errorf("rule %q has %s %q, expected one of %s",
				r.Name, field.name, field.value, strings.Join(field.allowed, ", "))
		}
	}
	if !technique.MatchString(r.Attack) {
		return fmt.Errorf("rule %q has attack %q, expected an ATT&CK technique such as T1059.002", r.Name, r.Attack)
	}
	for _, field := range []struct{ name, value string }{
		{"description", r.Description}, {"why", r.Why}, {"benign", r.Benign}, {"advice", r.Advice},
	} {
		if field.value == "" {
			return fmt.Errorf("rule %q has no %s", r.Name, field.name)
		}
	}
	return nil
}

// publicSeverity is the severity of a public rule; see [Rule].
func publicSeverity(meta map[string]string, tags []string) string {
	if s := strings.ToLower(meta["severity"]); slices.Contains(Severities, s) {
		return s
	}
	if score, err := strconv.Atoi(meta["score"]); err == nil {
		switch {
		case score >= 80:
			return "high"
		case score >= 60:
			return "medium"
		case score >= 40:
			return "low"
		}
		return "info"
	}
	for _, tag := range tags {
		if s := strings.ToLower(tag); slices.Contains(Severities, s) {
			return s
		}
	}
	return "medium"
}

// metaText writes a metadata value (string, int or bool) as text.
func metaText(value any) string {
	switch v := value.(type) {
	case string:
		return strings.ToValidUTF8(v, "\uFFFD")
	case int:
		return strconv.Itoa(v)
	case bool:
		return strconv.FormatBool(v)
	default:
		return ""
	}
}
