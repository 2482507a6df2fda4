package locate

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
)

func jsonLines(data string) ([]string, error) {
	var got []string
	err := walkJSON([]byte(data), func(keys []string, raw []byte, line int) {
		got = append(got, fmt.Sprintf("%d %s %s", line, strings.Join(keys, "."), raw))
	})
	return got, err
}

func TestWalkJSONGivesKeysAndTheirLines(t *testing.T) {
	got, err := jsonLines("\ufeff{\n \"a\":\n  {\"b\\u0041\": [1, {\"x\": true}, [],\n \"s\\\"}\"]},\n\"a\": null }")
	want := []string{
		"1  {", "2 a {", "3 a.bA [", "3 a.bA.# 1", "3 a.bA.# {", "3 a.bA.#.x true", "3 a.bA.# [",
		`4 a.bA.# "s\"}"`, "5 a null",
	}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %q, %v; want %q", got, err, want)
	}
}

func TestWalkJSONRefusesWhatIsNoJSON(t *testing.T) {
	for data, want := range map[string]string{
		"":                         "line 1",
		"{\n\"a\": 1,\n}":          "line 3",
		"{} {}":                    "line 1",
		strings.Repeat("[", 20000): "depth",
	} {
		if got, err := jsonLines(data); err == nil || !strings.Contains(err.Error(), want) || got != nil {
			t.Errorf("%.20q: got %d values, error %v; want one with %q", data, len(got), err, want)
		}
	}
}

func TestPlainJSONKeepsStringsAndLines(t *testing.T) {
	data := "{ // \"x\": 1,\n\"u\": \"http://h/*,]*/\\\"\", /* \n, */ \"l\": [1,/**/ ], }"
	plain := string(plainJSON([]byte(data)))
	if !json.Valid([]byte(plain)) || strings.Count(plain, "\n") != 2 || !strings.Contains(plain, `"http://h/*,]*/\""`) {
		t.Errorf("got %q", plain)
	}
}

func FuzzWalkJSON(f *testing.F) {
	for _, seed := range []string{
		`{"a": [1, {"b": "c"}], "d": -1e5}`, `"x"`, "[[],{}]", `{"":{"":[""]}}`, "{//\n\"a\":1,}", `/*/ {}`, `"\`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		values := 0
		err := walkJSON(data, func(keys []string, raw []byte, line int) {
			values++
			if opening := string(raw) == "{" || string(raw) == "["; !opening && !json.Valid(raw) {
				t.Errorf("%q is no value", raw)
			}
			if line < 1 || line > 1+strings.Count(string(data), "\n") {
				t.Errorf("line %d", line)
			}
		})
		if (err == nil) != (values > 0) {
			t.Errorf("%d values, error %v", values, err)
		}
		plain := plainJSON(data)
		if len(plain) != len(data) || strings.Count(string(plain), "\n") != strings.Count(string(data), "\n") {
			t.Errorf("plainJSON moves lines of %q: %q", data, plain)
		}
	})
}
