package main

import (
	"bytes"
	"os"
	"testing"
)

func TestTheShippedArchiveIsMadeFromTheRuleFiles(t *testing.T) {
	want, err := pack("..")
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../rules.zip")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("signatures/rules.zip is not what the rule files make: run go generate ./signatures")
	}
}
