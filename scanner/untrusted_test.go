package scanner

import "testing"

// A manifest that is not trusted vouches for nothing, whatever it says; the
// report names its bytes and why.
func TestAnUntrustedManifestCountsForNothing(t *testing.T) {
	opts := builtinOptions(t, "../testdata/sites/homebrew")
	approved := approvalsOf(t, opts)
	opts.Untrusted = &Untrusted{Path: "m.toml", SHA256: approved.SHA256, Reason: "it is not signed"}
	report := mustScan(t, opts)
	if s := report.Summary; s.Verdict != "untrusted" || s.Exit != ExitTrust {
		t.Errorf("summary: %+v", s)
	}
	if m := report.Manifest; m == nil || m.Untrusted != "it is not signed" || m.SHA256 != approved.SHA256 || m.ID != "" || m.Sequence != 0 || m.Signers == nil {
		t.Errorf("manifest: %+v", m)
	}
	if report.Coverage.Carried != 0 {
		t.Errorf("something was carried: %+v", report.Coverage)
	}
	for _, p := range report.Plugins {
		if p.Verdict != "" || p.Approval != nil {
			t.Errorf("%s is %s, approved by %+v", p.Name, p.Verdict, p.Approval)
		}
	}

	// It goes before what is incomplete.
	opts.Roots = []string{t.TempDir()}
	if s := mustScan(t, opts).Summary; s.Exit != ExitTrust {
		t.Errorf("nothing to scan, and not trusted: %+v", s)
	}
}
