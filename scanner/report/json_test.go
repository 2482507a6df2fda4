package report

import (
	"os"
	"strings"
	"testing"

	"plugvet/scanner"
)

// Other programs tell keys by case, and take the first or the last of two.
func TestAReportThatOthersReadOtherwiseIsRefused(t *testing.T) {
	data, err := os.ReadFile("testdata/report.json")
	if err != nil {
		t.Fatal(err)
	}
	good := string(data)
	if _, err := ReadJSON(strings.NewReader(good)); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"a second key in capitals": strings.TrimSuffix(good, "\n}\n") + `, "SUMMARY": {"verdict": "pass"}}`,
		"a key in capitals alone":  strings.Replace(good, `"summary"`, `"Summary"`, 1),
		"a long s":                 strings.Replace(good, `"summary"`, `"ſummary"`, 1),
		"a key twice":              strings.TrimSuffix(good, "\n}\n") + `, "schema": "` + scanner.Schema + `"}`,
		"a key twice in a plugin":  strings.Replace(good, `"host": "nginx"`, `"host": "nginx", "host": "nginx"`, 1),
		"an escape for the same":   strings.Replace(good, `"host": "nginx"`, `"host": "nginx", "h\u006fst": "nginx"`, 1),
	} {
		if text == good {
			t.Fatalf("%s: nothing was altered", name)
		}
		if _, err := ReadJSON(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), "not a plugvet report") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
