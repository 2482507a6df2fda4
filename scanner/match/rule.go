package match

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	yara "github.com/hillu/go-yara/v4"
)

// A Rule is a rule and what its metadata says. A finding of it has the rule's
// capability and severity.
type Rule struct {
	Name      string
	Namespace string
	Source    string // name of the file that it stands in
	Line      int    // where, from 1

	Capability  string // "rule" without our metadata
	Severity    string // info, low, medium, high or critical
	Confidence  string // low, medium or high
	Attack      string // MITRE ATT&CK technique
	Description string // one clause for a person
	// Hosts are the hosts in whose plugins the severity holds; empty means all.
	// A rule matches whatever the host, unless its condition asks for one.
	Hosts  []string
	Tags   []string
	Author string // of public rules
	Score  string // of public rules, as it stands there: THOR's 0 to 100

	// OnlyHidden says that what stands in the file as it is does not count: the
	// rule is about a disguise (metadata only_hidden).
	OnlyHidden bool

	// OurMetadata tells a rule written for plugvet from a public one.
	OurMetadata bool

	references []reference
}

var (
	// Capabilities are those that a rule may name.
	Capabilities = []string{"applescript", "dynload", "exec", "install-hook", "network", "obfuscation", "socket", "socket.raw"}
	// Severities are the levels of a finding, the least first.
	Severities = []string{"info", "low", "medium", "high", "critical"}

	confidences = []string{"low", "medium", "high"}
)

// What a rule without our metadata shows is that it matched.
const (
	publicCapability = "rule"
	publicSeverity   = "medium" // unless the settings say otherwise
)

// newRule reads the metadata of a compiled rule. A rule that names a capability
// is written for plugvet, and must then have everything that a finding needs.
func newRule(r *yara.Rule, source string, declared declaration) (*Rule, error) {
	rule := &Rule{
		Name: r.Identifier(), Namespace: r.Namespace(), Tags: r.Tags(),
		Source: source, Line: declared.line, references: declared.references,
		Capability: publicCapability, Severity: publicSeverity, Confidence: "medium",
	}
	meta := map[string]string{}
	for _, m := range r.Metas() {
		meta[m.Identifier] = metaText(m.Value)
	}
	rule.Description = meta["description"]
	rule.Attack = meta["attack"]
	if _, rule.OurMetadata = meta["capability"]; !rule.OurMetadata {
		rule.Author, rule.Score = meta["author"], meta["score"]
		return rule, nil
	}
	rule.Capability, rule.Severity, rule.Confidence = meta["capability"], meta["severity"], meta["confidence"]
	rule.Hosts = strings.Fields(meta["hosts"])
	rule.OnlyHidden = meta["only_hidden"] == "true"
	for _, field := range []struct {
		name, value string
		allowed     []string
	}{
		{"capability", rule.Capability, append(slices.Clone(Capabilities), publicCapability)},
		{"severity", rule.Severity, Severities},
		{"confidence", rule.Confidence, confidences},
	} {
		if !slices.Contains(field.allowed, field.value) {
			return nil, fmt.Errorf("rule %q has %s %q, expected one of %s",
				rule.Name, field.name, field.value, strings.Join(field.allowed, ", "))
		}
	}
	if rule.Description == "" {
		return nil, fmt.Errorf("rule %q has no description", rule.Name)
	}
	return rule, nil
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
