package report

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"plugvet/manifests"
	"plugvet/scanner"
)

var pagesOnce map[string]*scanner.Report

// pageReports are reports that a page must be good for, by name.
func pageReports(t *testing.T) map[string]*scanner.Report {
	t.Helper()
	if pagesOnce == nil {
		pagesOnce = makePageReports(t)
	}
	return pagesOnce
}

func makePageReports(t *testing.T) map[string]*scanner.Report {
	t.Helper()
	hostile := everything()
	replaceTexts(reflect.ValueOf(hostile).Elem(), hostileText, "")
	hostile.Manifest.Untrusted = ""
	return map[string]*scanner.Report{
		"demo":     scanSite(t, "homebrew", "approved.toml"),
		"alone":    scanSite(t, "docker", ""), // without a manifest
		"empty":    scanSite(t, "absent", ""),
		"sweep":    everything(),
		"thousand": thousand(),
		"hostile":  hostile,
	}
}

// hostileText tries to be markup, script, style, a template, a control
// sequence, and another text than it is.
const hostileText = "</style></title></textarea></svg><script>alert(1)</script>\"'><img src=x onerror=alert(1)> javascript:alert(1) --> ]]> " +
	"{{.}} & &lt; \x1b[2J\x00\n\r\t \u202egpj.exe\u2066 \u200bz\ufeff \u2028 \u05e9\u05dc\u05d5\u05dd z\u0335\u0321\u0322 " +
	"averyveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryveryverylongwordwithoutanyplacetobreak"

var pageTime = time.Date(2026, 11, 25, 9, 30, 0, 0, time.UTC)

func digest(n int) string { return fmt.Sprintf("sha256:%064x", uint64(n)*0x9e3779b97f4a7c15) }

func treeDigest(n int) string { return fmt.Sprintf("h1:%043d=", n) }

// everything is a sweep's report in which each part of a report occurs.
func everything() *scanner.Report {
	before := pageTime.Add(-7 * 24 * time.Hour)
	r := &scanner.Report{
		Schema: scanner.Schema,
		Tool:   scanner.Tool{Name: "plugvet", Version: "1.2.3", LibYARA: "4.2.3"},
		Rules:  scanner.RuleSet{Digest: digest(1), Count: 82, Sources: []string{"builtin", "rules/site.yar"}},
		Run: scanner.Run{
			Started: pageTime.Add(-4200 * time.Millisecond), Finished: pageTime,
			Machine: scanner.Machine{Name: "web-7.example.com", OS: "linux", Arch: "amd64"}, User: "plugvet",
			Roots: []string{"/", "/srv/image"}, Config: &scanner.Config{Path: "/etc/plugvet.toml", SHA256: digest(2)},
			Exclude: []string{"**/__fixtures__/**"}, Hosts: []string{"nginx", "node", "php"}, FailOn: scanner.High,
			Limits: &scanner.Limits{TimeoutSeconds: 60, MaxFileSize: 256 << 20},
		},
		Manifest: &scanner.Manifest{Path: "approved.toml", SHA256: digest(3), ID: "web-fleet", Sequence: 7, Signers: []string{"alice@example.com", "bob@example.com"}},
		Coverage: scanner.Coverage{
			Locations: 12, Plugins: 6, Files: 40, Bytes: 12_345_678, Matched: 30, Carried: 7,
			Skipped: []scanner.Gap{{Root: "/", Path: "srv/app/.yarn/cache", Reason: "a socket, no file"}}, Errors: []scanner.Gap{{Path: "srv/app/locked.js", Reason: "permission denied"}, {Path: "srv/app/other.js", Reason: "permission denied"}},
			MissingRoots: []string{"/srv/gone"}, Tolerated: []scanner.Gap{{Path: "srv/app/odd.js", Reason: "does not keep to its grammar"}},
		},
		Plugins: []scanner.Plugin{
			{Host: "nginx", Name: "nginx", Root: "/", Path: "usr/sbin/nginx", Server: true, Verdict: scanner.Approved, Loaded: true, Tree: treeDigest(1), Files: 1, Bytes: 1_200_000,
				Capabilities: []string{"exec", "socket"}, Severity: scanner.Info, VerdictSeverity: scanner.None, Approval: approvalUntil("2027-11-01"),
				Binaries: []scanner.Binary{{Path: "usr/sbin/nginx", SHA256: digest(4), Kind: "elf", Arch: []string{"x86_64"}}},
				Findings: []scanner.Finding{{Rule: "native_socket", Capability: "socket", Severity: scanner.Info, Confidence: "high", Attack: "T1095", Description: "imports functions that open sockets",
					Path: "usr/sbin/nginx", SHA256: digest(4), Offset: 4096, Excerpt: "socket, connect", View: "raw", Declared: true}}},
			{Host: "node", Name: "@shop/cart", Version: "3.1.0", Root: "/", Path: "srv/app/node_modules/@shop/cart", Verdict: scanner.Modified, Loaded: true, LoadedBy: []scanner.Reference{{File: "srv/app/package-lock.json", Line: 15}},
				Tree: treeDigest(2), Files: 9, Bytes: 54_321, Capabilities: []string{"exec", "network"}, Undeclared: []string{"exec", "network"}, Severity: scanner.High, VerdictSeverity: scanner.High,
				Approval: approvalUntil("2026-12-10"), Notes: []string{"its links differ from the approved ones"},
				Changes: []scanner.Change{{Path: "srv/app/node_modules/@shop/cart/index.js", Change: "modified", Was: digest(5), Is: digest(6)},
					{Path: "srv/app/node_modules/@shop/cart/setup.js", Change: "added", Is: digest(7)}, {Path: "srv/app/node_modules/@shop/cart/LICENSE", Change: "removed", Was: digest(8)}},
				Findings: []scanner.Finding{{Rule: "javascript_exec_child_process", Capability: "exec", Severity: scanner.High, Confidence: "high", Attack: "T1059", Description: "loads child_process, which starts programs",
					Path: "srv/app/node_modules/@shop/cart/setup.js", SHA256: digest(7), Offset: 31, Line: 2, Excerpt: `require("child_process").exec("curl …")`, View: "decoded", BothNew: true,
					Why: []scanner.Why{{Path: "srv/app/node_modules/@shop/cart/package.json", Line: 9, Text: "postinstall leads to setup.js"}, {Path: "srv/app/node_modules/@shop/cart/setup.js", Line: 2, Text: "exec: loads child_process (javascript_exec_child_process)"},
						{Path: "srv/app/node_modules/@shop/cart/setup.js", Line: 5, Text: "network: fetches a URL (javascript_network_fetch)"}}},
					{Rule: "javascript_network_fetch", Capability: "network", Severity: scanner.High, Confidence: "medium", Attack: "T1071.001", Description: "fetches from the network",
						Path: "srv/app/node_modules/@shop/cart/setup.js", SHA256: digest(7), Offset: 99, Line: 5, Excerpt: "fetch(", View: "raw"}}},
			{Host: "node", Name: "run-applescript", Version: "7.0.0", Root: "/", Path: "srv/app/node_modules/run-applescript", Verdict: scanner.Unapproved, Tree: treeDigest(3), Files: 3, Bytes: 4_000,
				Capabilities: []string{"applescript"}, Severity: scanner.Medium, VerdictSeverity: scanner.Medium,
				Findings: []scanner.Finding{{Rule: "javascript_applescript_command", Capability: "applescript", Severity: scanner.Medium, Confidence: "high", Attack: "T1059.002", Description: "runs AppleScript through the osascript command",
					Path: "srv/app/node_modules/run-applescript/index.js", Offset: 10, Line: 7, Excerpt: "osascript", View: "raw"},
					{Rule: "javascript_exec_child_process", Capability: "exec", Severity: scanner.Info, Description: "loads child_process, which starts programs", Path: "srv/app/node_modules/run-applescript/test/a.js", Offset: 1, Line: 1, Excerpt: "require", View: "raw", Noted: true}}},
			{Host: "node", Name: "left-pad", Version: "1.3.0", Path: "srv/app/node_modules/left-pad", Verdict: scanner.Missing, Tree: treeDigest(4), Files: 2, Capabilities: []string{"dynload"},
				Severity: scanner.Medium, VerdictSeverity: scanner.Medium, Approval: approvalUntil("")},
			{Host: "php", Name: "imap", Root: "/srv/image", Path: "usr/lib/php/20230831/imap.so", Verdict: scanner.Expired, Loaded: true, LoadedBy: []scanner.Reference{{File: "etc/php/8.3/fpm/conf.d/20-imap.ini", Line: 1}},
				Tree: treeDigest(5), Files: 1, Bytes: 90_000, Severity: scanner.High, VerdictSeverity: scanner.High, Approval: inEmergency()},
			{Host: "php", Name: "broken", Root: "/srv/image", Path: "usr/lib/php/20230831/broken.so", Files: 1, Severity: scanner.None, VerdictSeverity: scanner.None,
				Binaries: []scanner.Binary{{Path: "usr/lib/php/20230831/broken.so", SHA256: digest(9), Kind: "macho", Arch: []string{"arm64", "x86_64"},
					Signature: &scanner.Signature{State: "signed", Identifier: "org.php.broken", Team: "ABCDE12345", CDHashes: []string{"0123456789abcdef0123456789abcdef01234567"}}}}},
			{Host: "php", Name: "ok", Root: "/srv/image", Path: "usr/lib/php/20230831/ok.so", Verdict: scanner.Approved, Tree: treeDigest(6), Files: 1, Bytes: 80_000, Severity: scanner.None, VerdictSeverity: scanner.None, Approval: approvalUntil("2027-11-01"),
				Source: &manifests.Source{Kind: "dpkg", Package: "php8.3-ok", Version: "8.3.1", Grade: manifests.Weak, Note: "every MD5 holds"}},
		},
		Ignored: []scanner.Ignored{{Host: "php", Name: "ok", Root: "/srv/image", Reason: "see CHG-1301", Expires: "2027-05-22",
			Finding: scanner.Finding{Rule: "native_dynload", Capability: "dynload", Severity: scanner.Low, Description: "loads libraries by name", Path: "usr/lib/php/20230831/ok.so", Offset: 77, Excerpt: "dlopen", View: "raw"}}},
		Sweep: &scanner.Sweep{
			Sequence: 60, Previous: digest(10), PreviousAt: &before, Every: "7d",
			New:      []scanner.Drift{{Host: "node", Name: "run-applescript", Root: "/", Path: "srv/app/node_modules/run-applescript", Text: "a new plugin"}},
			Gone:     []scanner.Drift{{Host: "node", Name: "is-odd", Root: "/", Path: "srv/app/node_modules/is-odd", Text: "is gone"}},
			Changed:  []scanner.Drift{{Host: "node", Name: "@shop/cart", Root: "/", Path: "srv/app/node_modules/@shop/cart", Text: "approved → modified"}},
			Fixed:    []scanner.Drift{{Host: "php", Name: "ok", Root: "/srv/image", Path: "usr/lib/php/20230831/ok.so", Text: "unapproved → approved"}},
			Expiring: []scanner.Drift{{Host: "node", Name: "@shop/cart", Root: "/", Path: "srv/app/node_modules/@shop/cart", Text: "approved until 2026-12-10"}},
		},
		Summary: scanner.Summary{Verdict: "incomplete", Violations: 4, Exit: scanner.ExitIncomplete, Notes: []string{"an ignore has expired"}},
	}
	for i := range 60 {
		point := scanner.SweepPoint{Sequence: int64(i + 1), At: pageTime.AddDate(0, 0, 7*(i-59)), Verdict: "pass", Plugins: 900 + i}
		if i%9 == 4 || i > 56 {
			point.Verdict, point.Violations = "fail", 1+i%4
		}
		if i%3 != 1 {
			point.Drifted = i * 7 % 23
		}
		r.Sweep.History = append(r.Sweep.History, point)
	}
	return r
}

func approvalUntil(day string) *scanner.Approval {
	return &scanner.Approval{By: "alice@example.com", At: "2026-03-02T10:00:00Z", Ticket: "CHG-1234", Reason: "spring release", Expires: day}
}

// inEmergency is an approval that says all that one may say.
func inEmergency() *scanner.Approval {
	a := approvalUntil("2026-11-01")
	a.Impact, a.Tested, a.Rollback, a.RequestedBy, a.Emergency = "the checkout", "on stage, run 4711", treeDigest(7), "carol@example.com", true
	a.From = &manifests.Origin{ID: "build-farm", Sequence: 3, SHA256: digest(11), Unverified: true, By: "dave@example.com", At: manifests.NewTime(pageTime)}
	return a
}

// thousand is a report of 1,000 packages, most of them in order.
func thousand() *scanner.Report {
	r := everything()
	r.Run.Roots, r.Sweep, r.Ignored = []string{"/srv/shop"}, nil, nil
	r.Coverage = scanner.Coverage{Locations: 3, Plugins: 1000, Files: 12_000, Bytes: 98_000_000, Matched: 11_500, Carried: 300}
	for i := range 200 {
		r.Coverage.Skipped = append(r.Coverage.Skipped, scanner.Gap{Path: fmt.Sprintf("node_modules/package-%03d/dist/bundle.js.map", i), Reason: "a link that leaves the root"})
	}
	template := r.Plugins[1:3]
	r.Plugins = nil
	for i := range 1000 {
		path := fmt.Sprintf("node_modules/package-%03d", i)
		p := scanner.Plugin{Host: "node", Name: fmt.Sprintf("package-%03d", i), Version: fmt.Sprintf("%d.%d.0", i%7, i%13), Root: "/srv/shop", Path: path, Verdict: scanner.Approved, Loaded: i%5 != 0,
			LoadedBy: []scanner.Reference{{File: "package-lock.json", Line: 10 + i*7}}, Tree: treeDigest(i), Files: 12, Bytes: 98_000, Severity: scanner.None, VerdictSeverity: scanner.None,
			Approval: approvalUntil([]string{"", "2027-05-22", "2026-12-20"}[i%17/8])}
		switch {
		case i%90 == 7:
			p.Verdict, p.Severity, p.VerdictSeverity = scanner.Modified, scanner.High, scanner.High
			p.Changes, p.Findings, p.Capabilities, p.Undeclared = template[0].Changes, template[0].Findings, template[0].Capabilities, template[0].Undeclared
		case i%25 == 3:
			p.Verdict, p.Severity, p.VerdictSeverity, p.Approval = scanner.Unapproved, scanner.Medium, scanner.Medium, nil
			p.Findings, p.Capabilities = template[1].Findings, template[1].Capabilities
		case i%6 == 1:
			p.Severity, p.Capabilities = scanner.Info, []string{"exec", "network"}
			for _, c := range p.Capabilities {
				p.Findings = append(p.Findings, scanner.Finding{Rule: "javascript_" + c, Capability: c, Severity: scanner.Info, Description: "loads a module for " + c,
					Path: path + "/index.js", SHA256: digest(i), Offset: 10, Line: 3, Excerpt: "require('" + c + "')", View: "raw", Declared: true})
			}
		}
		r.Plugins = append(r.Plugins, p)
	}
	r.Summary = scanner.Summary{Verdict: "fail", Violations: 36, Exit: scanner.ExitViolations}
	return r
}

// replaceTexts makes text of every string that v holds, and words of those that are of
// a set of words, such as a verdict; an empty words leaves them alone.
func replaceTexts(v reflect.Value, text, words string) {
	switch v.Kind() {
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() {
			v.SetString(text)
		} else if words != "" {
			v.SetString(words)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			replaceTexts(v.Elem(), text, words)
		}
	case reflect.Slice:
		for i := range v.Len() {
			replaceTexts(v.Index(i), text, words)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				replaceTexts(v.Field(i), text, words)
			}
		}
	}
}
