package scanner

import "testing"

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

func TestFindingsWeighInCompany(t *testing.T) {
	for name, c := range map[string]struct {
		capability string
		base       Severity
		undeclared []string
		judged     bool
		server     bool
		want       Severity
		declared   bool
	}{
		"no manifest":                         {"socket", Low, nil, false, false, Low, false},
		"declared":                            {"applescript", Medium, nil, true, false, Info, true},
		"undeclared":                          {"socket", Low, []string{"socket"}, true, false, Medium, false},
		"undeclared keeps what is worse":      {"applescript", Critical, []string{"applescript"}, true, false, Critical, false},
		"exec and socket, both new":           {"socket", Low, []string{"exec", "socket"}, true, false, High, false},
		"applescript and network, both new":   {"applescript", Medium, []string{"applescript", "network"}, true, false, High, false},
		"new exec beside a declared socket":   {"exec", Low, []string{"exec"}, true, false, Medium, false},
		"rules of others are not declared":    {"rule", Critical, nil, true, false, Critical, false},
		"what is odd in a server stays odd":   {"obfuscation", Medium, nil, false, true, Medium, false},
		"a rule may be made for servers":      {"rule", Critical, nil, false, true, Critical, false},
		"a server opens sockets":              {"socket", Low, nil, false, true, Info, false},
		"a server does not run AppleScript":   {"applescript", Critical, nil, false, true, Critical, false},
		"the place is no matter of approvals": {"", High, nil, true, false, High, false},
	} {
		findings := []Finding{{Capability: c.capability, Severity: c.base}}
		weighFindings(findings, c.undeclared, c.judged, c.server)
		if got := findings[0]; got.Severity != c.want || got.Declared != c.declared {
			t.Errorf("%s: got %s, declared %t; want %s, %t", name, got.Severity, got.Declared, c.want, c.declared)
		}
	}
}

func TestAppleScriptBesideAHookOrADisguiseIsHigh(t *testing.T) {
	for _, beside := range []string{"install-hook", "obfuscation"} {
		findings := []Finding{{Capability: "applescript", Severity: Medium}, {Capability: beside, Severity: Low}}
		weighFindings(findings, nil, false, false)
		if findings[0].Severity != High || findings[1].Severity != Low {
			t.Errorf("beside %s: %s and %s", beside, findings[0].Severity, findings[1].Severity)
		}
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
