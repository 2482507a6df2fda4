package report

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"plugvet/scanner"
	"plugvet/scanner/match"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
)

// driver describes plugvet and every rule that a result names.
func (s *sarifRun) driver() *sarif.ToolComponent {
	driver := sarif.NewToolComponent().WithName("plugvet").WithVersion(s.report.Tool.Version).WithInformationURI(informationURI).
		WithFullName("plugvet " + s.report.Tool.Version + ", libyara " + s.report.Tool.LibYARA)
	driver.Properties = sarif.NewPropertyBag().Add("rulesDigest", s.report.Rules.Digest)
	s.taxonomy = sarif.NewToolComponent().WithName("MITRE ATT&CK").WithOrganization("MITRE").
		WithInformationURI("https://attack.mitre.org/").
		WithShortDescription(sarif.NewMultiformatMessageString().WithText("Techniques of adversaries, as MITRE observed them."))
	driver.WithSupportedTaxonomies([]*sarif.ToolComponentReference{sarif.NewToolComponentReference().WithName("MITRE ATT&CK").WithIndex(0)})

	weights := s.weights()
	known := builtinRules()
	ids := slices.SortedFunc(maps.Keys(s.rules), func(a, b string) int { return s.rules[a] - s.rules[b] })
	for _, id := range ids {
		driver.AddRule(s.rule(id, known[id], weights[id]))
	}
	return driver
}

// weights is how bad each rule's worst result is that nobody answers for. GitHub
// has one severity a rule, where plugvet weighs each finding in its company.
func (s *sarifRun) weights() map[string]scanner.Severity {
	weights := map[string]scanner.Severity{}
	for _, i := range s.issues {
		if had, ok := weights[i.rule]; !ok || !i.accepted() && i.severity.AtLeast(had) {
			weights[i.rule] = i.severity
		}
	}
	return weights
}

func (s *sarifRun) rule(id string, known *match.Rule, weight scanner.Severity) *sarif.ReportingDescriptor {
	about := s.about(id, known)
	rule := sarif.NewRule(id).WithName(camel(id)).
		WithShortDescription(sarif.NewMultiformatMessageString().WithText(sentence(about.seen))).
		WithFullDescription(sarif.NewMultiformatMessageString().WithText(shorten(sentence(cmp.Or(about.why, about.seen)), maxDescription))).
		WithHelpURI(informationURI).
		WithDefaultConfiguration(sarif.NewReportingConfiguration().WithLevel(sarifLevel(weight)))
	var text, markdown []string
	for _, part := range []struct{ label, value string }{
		{"Seen", about.seen}, {"Why it matters", about.why}, {"Benign code that looks like it", about.benign}, {"What to do", about.advice},
	} {
		if part.value != "" {
			text = append(text, part.label+": "+sentence(part.value))
			markdown = append(markdown, "**"+part.label+".** "+markdownText(sentence(part.value)))
		}
	}
	rule.WithHelp(sarif.NewMultiformatMessageString().WithText(strings.Join(text, "\n")).WithMarkdown(strings.Join(markdown, "\n\n")))
	rule.Properties = sarif.NewPropertyBag().
		Add("security-severity", securitySeverity[weight]).Add("precision", precision[about.confidence])
	rule.Properties.WithTags(nonEmpty("security", about.capability, attackTag(about.attack)))
	if name, ok := techniques[about.attack]; ok {
		rule.WithRelationships([]*sarif.ReportingDescriptorRelationship{
			sarif.NewReportingDescriptorRelationship().WithKinds([]string{"relevant"}).WithTarget(
				sarif.NewReportingDescriptorReference().WithID(about.attack).WithIndex(s.taxon(about.attack, name)).
					WithToolComponent(sarif.NewToolComponentReference().WithName("MITRE ATT&CK").WithIndex(0))),
		})
	}
	return rule
}

// taxon adds a technique to the taxonomy, once, and returns its index.
func (s *sarifRun) taxon(id, name string) int {
	i := slices.IndexFunc(s.taxonomy.Taxa, func(t *sarif.ReportingDescriptor) bool { return *t.ID == id })
	if i < 0 {
		i = len(s.taxonomy.Taxa)
		s.taxonomy.AddTaxa(sarif.NewReportingDescriptor().WithID(id).WithName(name).
			WithShortDescription(sarif.NewMultiformatMessageString().WithText(name + ".")).
			WithHelpURI("https://attack.mitre.org/techniques/" + strings.ReplaceAll(id, ".", "/") + "/"))
	}
	return i
}

// An explanation is what a rule means.
type explanation struct{ seen, why, benign, advice, attack, capability, confidence string }

// about explains a rule: one of ours, a verdict, or what a finding says of one
// that is somebody else's.
func (s *sarifRun) about(id string, known *match.Rule) explanation {
	if known != nil {
		return explanation{known.Description, known.Why, known.Benign, known.Advice, known.Attack, known.Capability, known.Confidence}
	}
	for verdict, text := range verdictText {
		if id == verdictRule(verdict) {
			return explanation{
				seen: "A plugin " + text, attack: "T1505", confidence: "high",
				why:    "A web server runs its plugins with its own rights, so what it loads must be what somebody reviewed and approved.",
				benign: "An update that was installed before its approval looks the same.",
				advice: "Find out who changed what; remove it, or review it and approve it (plugvet approve).",
			}
		}
	}
	if id == emergencyRule {
		return explanation{
			seen: "A plugin " + emergencyText, confidence: "high",
			why:    "An emergency approval is given without all that the policy asks for, so nobody has reviewed it as an approval ought to be.",
			advice: "Review the plugin, and approve it anew (plugvet approve) or remove it.",
		}
	}
	for _, i := range s.issues {
		if f := i.finding; f != nil && i.rule == id {
			return explanation{
				seen: f.Description, attack: f.Attack, capability: f.Capability, confidence: f.Confidence,
				advice: "Review what the plugin does; accept it in an approval, or by an ignore in the settings.",
			}
		}
	}
	return explanation{seen: id}
}

// builtinRules are the rules that this plugvet has, by name. A report is the
// same whether the scan writes it or another run turns its JSON into it, so
// what a report does not say about its rules comes from nowhere else.
var builtinRules = sync.OnceValue(func() map[string]*match.Rule {
	known := map[string]*match.Rule{}
	sources, err := match.Builtin()
	if err != nil {
		panic(err) // they are embedded, and tests compile them
	}
	rules, err := match.Compile(sources)
	if err != nil {
		panic(err)
	}
	for _, r := range rules.List() {
		known[r.Name] = &r
	}
	return known
})

// securitySeverity is within the range that GitHub gives the word (over 9.0
// critical, from 7.0 high, from 4.0 medium, else low).
var securitySeverity = map[scanner.Severity]string{
	scanner.Critical: "9.5", scanner.High: "8.0", scanner.Medium: "5.5", scanner.Low: "2.0", scanner.Info: "0.5", scanner.None: "0.0",
}

// precision in GitHub's words.
var precision = map[string]string{"high": "high", "medium": "medium", "low": "low", "": "medium"}

var attackID = regexp.MustCompile(`^T[0-9]{4}(\.[0-9]{3})?$`)

func attackTag(technique string) string {
	if !attackID.MatchString(technique) {
		return ""
	}
	return "attack/" + technique
}

// camel is a rule's name as SARIF wants one beside an ID: NativeSocket.
func camel(id string) string {
	var b strings.Builder
	for word := range strings.FieldsFuncSeq(id, func(r rune) bool { return r == '_' || r == '-' }) {
		b.WriteString(capital(word))
	}
	return shorten(cmp.Or(b.String(), id), 255)
}

// sentence begins with a capital and ends with a full stop.
func sentence(s string) string {
	if s == "" || strings.HasSuffix(s, ".") {
		return capital(s)
	}
	return capital(s) + "."
}
