package scanner

import (
	"slices"
	"testing"

	"plugvet/scanner/inspect"
	"plugvet/scanner/locate"
)

// The rows of DOMAIN.md's severity table that do not depend on a rule alone.
func TestVerdictsWeighByWhatLoadsThem(t *testing.T) {
	for _, c := range []struct {
		verdict                  Verdict
		loaded, onDemand, server bool
		want                     Severity
	}{
		{Approved, true, false, false, None},
		{Unapproved, true, false, false, High},
		{Unapproved, false, false, false, Medium},
		{Unapproved, false, true, false, High}, // require() needs no config
		{Modified, true, false, false, High},
		{Modified, false, false, false, Medium},
		{Modified, false, false, true, High}, // the server itself runs
		{Unapproved, false, false, true, Medium},
		{Expired, true, false, false, High},
		{Revoked, false, false, false, Critical},
		{Missing, false, false, false, Medium},
	} {
		if got := weighVerdict(c.verdict, c.loaded, c.onDemand, c.server); got != c.want {
			t.Errorf("%+v: got %s", c, got)
		}
	}
}

// weigh weighs one plugin, whose findings have the names of their rules as paths.
func weigh(findings []Finding, undeclared []string, judged, server bool) []Finding {
	for i := range findings {
		f := &findings[i]
		f.Path, f.name = f.Rule, f.Rule
	}
	t := &teller{plugin: &locate.Plugin{Dir: true}, findings: findings}
	p := &Plugin{Findings: findings, Undeclared: undeclared, Server: server, stories: t.stories()}
	weighFindings(p, judged)
	return p.Findings
}

// The rows of DOMAIN.md's severity table that depend on more than one rule, by
// the comment on weighFindings.
func TestFindingsWeighInCompany(t *testing.T) {
	all := []string{"applescript", "exec", "socket", "network", "install-hook", "obfuscation"}
	for name, c := range map[string]struct {
		findings   []Finding
		undeclared []string
		judged     bool
		server     bool
		want       []Severity
	}{
		"noted stays as it is":                     {[]Finding{{Capability: "applescript", Severity: Info, Noted: true}}, all, true, false, []Severity{Info}},
		"no manifest":                              {[]Finding{{Capability: "socket", Severity: Low}}, nil, false, false, []Severity{Low}},
		"applescript alone":                        {[]Finding{{Capability: "applescript", Severity: Medium}}, nil, false, false, []Severity{Medium}},
		"declared":                                 {[]Finding{{Capability: "applescript", Severity: Medium}}, nil, true, false, []Severity{Info}},
		"declared, and hidden all the same":        {[]Finding{{Capability: "applescript", Severity: Medium, View: "decoded"}}, nil, true, false, []Severity{Info}},
		"undeclared":                               {[]Finding{{Capability: "socket", Severity: Low}}, all, true, false, []Severity{Medium}},
		"undeclared keeps what is worse":           {[]Finding{{Capability: "applescript", Severity: Critical}}, all, true, false, []Severity{Critical}},
		"exec and socket, both new":                {[]Finding{{Capability: "exec", Severity: Low}, {Capability: "socket", Severity: Low}}, all, true, false, []Severity{High, High}},
		"applescript and network, both new":        {[]Finding{{Capability: "applescript", Severity: Medium}, {Capability: "network", Severity: Info}}, all, true, false, []Severity{Critical, High}},
		"new exec beside a declared socket":        {[]Finding{{Capability: "exec", Severity: Low}, {Capability: "socket", Severity: Low}}, []string{"exec"}, true, false, []Severity{Medium, Info}},
		"exec and socket, neither judged":          {[]Finding{{Capability: "exec", Severity: Low}, {Capability: "socket", Severity: Low}}, nil, false, false, []Severity{Low, Low}},
		"only in the decoded view":                 {[]Finding{{Capability: "applescript", Severity: Medium, View: "decoded"}}, nil, false, false, []Severity{High}},
		"critical is the end":                      {[]Finding{{Capability: "applescript", Severity: Critical, View: "decoded"}}, nil, false, false, []Severity{Critical}},
		"rules of others are not declared":         {[]Finding{{Capability: "rule", Severity: Critical}}, nil, true, false, []Severity{Critical}},
		"the place is no matter of approvals":      {[]Finding{{Severity: High}}, nil, true, false, []Severity{High}},
		"a server opens sockets":                   {[]Finding{{Capability: "socket", Severity: Low}}, nil, false, true, []Severity{Info}},
		"new sockets are a server's trade too":     {[]Finding{{Capability: "exec", Severity: Low}, {Capability: "socket", Severity: Low}}, all, true, true, []Severity{Info, Info}},
		"a server does not run AppleScript":        {[]Finding{{Capability: "applescript", Severity: Critical}}, nil, false, true, []Severity{Critical}},
		"what is odd in a server stays odd":        {[]Finding{{Capability: "obfuscation", Severity: Medium}}, nil, false, true, []Severity{Medium}},
		"a rule may be made for servers":           {[]Finding{{Capability: "rule", Severity: Critical}}, nil, false, true, []Severity{Critical}},
		"applescript beside a hook of any kind":    {[]Finding{{Capability: "applescript", Severity: Medium}, {Capability: "install-hook", Severity: Low}}, nil, false, false, []Severity{High, Low}},
		"applescript beside a decoder":             {[]Finding{{Capability: "applescript", Severity: Medium}, {Capability: "obfuscation", Severity: Medium}}, nil, false, false, []Severity{High, Medium}},
		"a noted decoder is none":                  {[]Finding{{Capability: "applescript", Severity: Medium}, {Capability: "obfuscation", Severity: Info, Noted: true}}, nil, false, false, []Severity{Medium, Info}},
		"all of a story is declared":               {[]Finding{{Capability: "applescript", Severity: Medium}, {Capability: "install-hook", Severity: Low}}, nil, true, false, []Severity{Info, Info}},
		"a new hook beside declared applescript":   {[]Finding{{Capability: "applescript", Severity: Medium}, {Capability: "install-hook", Severity: Low}}, []string{"install-hook"}, true, false, []Severity{Info, High}},
		"one finding tells a story":                {[]Finding{{Capability: "applescript", Severity: Medium, Rule: "a"}, {Capability: "applescript", Severity: Medium, Rule: "b"}, {Capability: "install-hook", Severity: Low}}, nil, false, false, []Severity{High, Medium, Low}},
		"the worst of its kind tells the story":    {[]Finding{{Capability: "applescript", Severity: Medium, Rule: "a"}, {Capability: "applescript", Severity: High, Rule: "b"}, {Capability: "install-hook", Severity: Low}}, nil, false, false, []Severity{Medium, High, Low}},
		"network that nothing connects is no part": {[]Finding{{Capability: "applescript", Severity: Medium}, {Capability: "network", Severity: Info}}, nil, false, false, []Severity{Medium, Info}},
	} {
		var got []Severity
		for _, f := range weigh(c.findings, c.undeclared, c.judged, c.server) {
			got = append(got, f.Severity)
			if f.Declared != (c.judged && f.Capability != "" && f.Capability != "rule" && !f.Noted && !slices.Contains(c.undeclared, f.Capability)) {
				t.Errorf("%s: %s declared: %t", name, f.Capability, f.Declared)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
}

// The rows about the place, and about native code that does not parse.
func TestObservationsWeighAsTheTableSays(t *testing.T) {
	for kind, want := range map[locate.ObservationKind]Severity{
		locate.UnknownLocation: High, locate.WritablePath: High, locate.LockfileMismatch: High, locate.Preload: High,
		locate.InstallHook: Low, locate.BrokenMetadata: Low,
	} {
		if got := observed(locate.Observation{Kind: kind}); got.Severity != want {
			t.Errorf("%s is %s, want %s", kind, got.Severity, want)
		}
	}
	c := &collector{opts: &Options{}}
	broken := c.nativeProblems("a.so", "", &inspect.Facts{Kind: inspect.ELF, Problems: []inspect.Problem{{}}})
	if len(broken) != 1 || broken[0].Severity != Medium {
		t.Errorf("native code that does not parse: %+v", broken)
	}
}

func TestWhatIsNewTogetherTellsWhy(t *testing.T) {
	findings := weigh([]Finding{
		{Rule: "s", Capability: "socket", Severity: Low, Line: 3}, {Rule: "e", Capability: "exec", Severity: Low, Line: 7},
		{Rule: "d", Capability: "dynload", Severity: Low},
	}, []string{"dynload", "exec", "socket"}, true, false)
	teller := findings[1]
	if !teller.BothNew || findings[0].BothNew || findings[2].BothNew || findings[2].Severity != Medium {
		t.Errorf("want the exec finding to tell it: %+v", findings)
	}
	if len(teller.Why) != 2 || teller.Why[0].Path != "s" || teller.Why[0].Line != 3 || teller.Why[0].Rule() != "s" || teller.Why[1].Line != 7 {
		t.Errorf("why: %+v", teller.Why)
	}
}

func TestSeveritiesAreInOrder(t *testing.T) {
	for i, s := range severities {
		for j, u := range severities {
			if s.AtLeast(u) != (i >= j) {
				t.Errorf("%s.AtLeast(%s) is wrong", s, u)
			}
		}
		if s.fails(None) {
			t.Errorf("%s breaks a gate without a threshold", s)
		}
	}
	if worst() != None || worst(Low, High, Medium) != High {
		t.Error("worst is not the worst")
	}
}
