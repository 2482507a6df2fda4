package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// A pipeline is a block of the README that somebody copies.
type pipeline struct{ language, name, text string }

func pipelines(t *testing.T) []pipeline {
	t.Helper()
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	var found []pipeline
	for _, m := range regexp.MustCompile("(?ms)^```(yaml|groovy|dockerfile)\n(?:#|//) ([^:]+):[^\n]*\n(.*?)^```$").FindAllStringSubmatch(string(readme), -1) {
		found = append(found, pipeline{m[1], m[2], m[3]})
	}
	if len(found) != 5 {
		t.Fatalf("the README has %d pipelines: %v", len(found), found)
	}
	return found
}

func TestPipelinesAreYAML(t *testing.T) {
	for _, p := range pipelines(t) {
		if p.language != "yaml" {
			continue
		}
		var document map[string]any
		if err := yaml.Unmarshal([]byte(p.text), &document); err != nil {
			t.Errorf("%s: %v", p.name, err)
		}
	}
}

// Each pipeline passes what was approved, fails what was changed afterwards, and
// writes the reports that its other lines read.
func TestPipelinesGate(t *testing.T) {
	self, err := os.Executable() // TestMain makes it plugvet where it is called so
	if err != nil {
		t.Fatal(err)
	}
	bin := t.TempDir()
	if err := os.Symlink(self, filepath.Join(bin, "plugvet")); err != nil {
		t.Fatal(err)
	}
	for _, p := range pipelines(t) {
		command := regexp.MustCompile(`plugvet scan [^'}\n]*`).FindString(p.text)
		t.Run(p.name, func(t *testing.T) {
			dir := t.TempDir()
			tree := dir
			if strings.HasSuffix(command, " scanned") {
				tree = filepath.Join(dir, "scanned")
			}
			plugin := filepath.Join(tree, "node_modules", "left")
			write := func(name, text string) {
				if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			exit := func(command string) int {
				sh := exec.Command("sh", "-c", command)
				sh.Dir = dir
				sh.Env = []string{"PATH=" + bin + ":" + os.Getenv("PATH"), "HOME=" + dir}
				out, err := sh.CombinedOutput()
				if _, ok := err.(*exec.ExitError); err != nil && !ok {
					t.Fatal(err)
				}
				if sh.ProcessState.ExitCode() > 1 {
					t.Fatalf("%s: %v\n%s", command, err, out)
				}
				return sh.ProcessState.ExitCode()
			}
			write(filepath.Join(plugin, "package.json"), `{"name": "left", "version": "1.0.0"}`)
			write(filepath.Join(plugin, "index.js"), "module.exports = 1\n")
			exit("plugvet approve --manifest approved.toml --by alice@example.com " + tree)
			if code := exit(command); code != 0 {
				t.Errorf("%s: exit code %d for what was approved", command, code)
			}
			write(filepath.Join(plugin, "index.js"), "module.exports = require('child_process')\n")
			if code := exit(command); code != 1 {
				t.Errorf("%s: exit code %d for what was changed", command, code)
			}
			for _, m := range regexp.MustCompile(`--output \w+=(\S+)`).FindAllStringSubmatch(command, -1) {
				if info, err := os.Stat(filepath.Join(dir, m[1])); err != nil || info.Size() == 0 {
					t.Errorf("%s: no %s", command, m[1])
				}
				if strings.Count(p.text, m[1]) < 2 {
					t.Errorf("nothing reads %s", m[1])
				}
			}
		})
	}
}
