package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// corpus is what two labellers and a scan say of five files.
func corpus() (labels, *said) {
	native := map[string]map[string]mark{"m.so": {"socket": {Reason: "connect"}}}
	js := map[string]map[string]mark{
		"both.js":     {"exec": {Line: 1, Reason: "require"}},
		"labeller.js": {"exec": {Line: 2, Reason: "require"}},
		"plugvet.js":  {},
		"neither.js":  {},
	}
	find := func(path string) map[string][]finding {
		return map[string][]finding{"exec": {{Rule: "r", Capability: "exec", Path: path, Line: 3}}}
	}
	return labels{"native": native, "javascript": js, "php": {}}, &said{
		missed: map[string]string{"labeller.js": "too large"},
		findings: map[string]map[string][]finding{
			"m.so":       {"socket": {{Rule: "n"}}},
			"both.js":    find("both.js"),
			"plugvet.js": find("plugvet.js"),
		},
	}
}

func scoreOf(t *testing.T, r *results, language, capability string) score {
	t.Helper()
	for _, s := range r.Scores {
		if s.Language == language && s.Capability == capability {
			return s
		}
	}
	t.Fatalf("no score of %s %s", language, capability)
	return score{}
}

func TestEveryFileIsCountedOnce(t *testing.T) {
	labels, said := corpus()
	r := compare(labels, said, nil, nil)
	got := scoreOf(t, r, "javascript", "exec")
	want := score{Language: "javascript", Capability: "exec", TruePositives: 1, FalsePositives: 1, FalseNegatives: 1, TrueNegatives: 1}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got.recall() != 0.5 || got.precision() != 0.5 {
		t.Errorf("recall %v, precision %v, want a half of each", got.recall(), got.precision())
	}
	if len(r.Disagreements) != 2 || r.Disagreements[0].Uncovered != "too large" {
		t.Errorf("disagreements: %+v", r.Disagreements)
	}
	if faults := fmt.Sprint(r.faults()); !strings.Contains(faults, "javascript exec") || strings.Contains(faults, "native") {
		t.Errorf("faults: %v", faults)
	}
}

func TestOnlyPlugvetBeingRightCorrectsALabel(t *testing.T) {
	labels, said := corpus()
	r := compare(labels, said, []*exception{
		{File: "plugvet.*", Capability: "exec", Right: "plugvet", Why: "it does"},
		{File: "labeller.*", Capability: "exec", Right: "labeller", Why: "known"},
	}, nil)
	got := scoreOf(t, r, "javascript", "exec")
	want := score{Language: "javascript", Capability: "exec", TruePositives: 2, FalseNegatives: 1, TrueNegatives: 1, Excepted: 1}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if !strings.Contains(r.lists(), "plugvet is right: it does") {
		t.Errorf("the list of disagreements drops an exception:\n%s", r.lists())
	}
}

func TestReviewedEntriesThatNothingNeedsFail(t *testing.T) {
	labels, said := corpus()
	r := compare(labels, said,
		[]*exception{{File: "gone.js", Capability: "exec", Right: "plugvet", Why: "w"}},
		[]*reviewedAlarm{{Plugin: "node/gone", Rule: "r", Reason: "w"}})
	faults := fmt.Sprint(r.faults())
	for _, want := range []string{"gone.js exec explains no disagreement", "node/gone r is no alarm any more"} {
		if !strings.Contains(faults, want) {
			t.Errorf("faults do not say %q: %s", want, faults)
		}
	}
}

func TestAnAlarmThatNobodyReviewedFails(t *testing.T) {
	labels, said := corpus()
	said.alarms = []alarm{
		{Plugin: "node/a", finding: finding{Rule: "r", Severity: "high", Path: "a.js"}},
		{Plugin: "node/b", finding: finding{Rule: "r", Severity: "high", Path: "b.js"}},
	}
	r := compare(labels, said, nil, []*reviewedAlarm{{Plugin: "node/a", Rule: "r", Reason: "w"}})
	if len(r.Unreviewed) != 1 || !strings.Contains(r.Unreviewed[0], "node/b") || r.ReviewedAlarms != 1 {
		t.Errorf("unreviewed %v, reviewed %d", r.Unreviewed, r.ReviewedAlarms)
	}
}

func TestAListThatIsNotLabelledToItsEndIsRefused(t *testing.T) {
	list := filepath.Join(t.TempDir(), "php.list")
	if err := os.WriteFile(list, []byte("a.php\nb.php\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	none := map[string]mark{}
	if err := checkComplete(list, map[string]map[string]mark{"a.php": none, "b.php": none}); err != nil {
		t.Error(err)
	}
	if err := checkComplete(list, map[string]map[string]mark{"a.php": none}); err == nil || !strings.Contains(err.Error(), "b.php") {
		t.Errorf("got %v, want an error that names b.php", err)
	}
}

func TestLabelsThatMeasureNothingAreRefused(t *testing.T) {
	for name, text := range map[string]string{
		"nothing labelled":   "a.js\t-\n",
		"unknown capability": "a.js\t-\na.js\tsockets\t1\tx\n",
		"unlisted file":      "a.js\texec\t1\tx\n",
		"a labeller gave up": "a.js\t-\na.js\t!\t0\tout of stack\n",
	} {
		file := filepath.Join(t.TempDir(), "labels.tsv")
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := readLabelFile(file, []string{"exec"}); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}
