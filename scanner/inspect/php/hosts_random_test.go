//go:build hosts

package php

import (
	"math/rand/v2"
	"os/exec"
	"strconv"
	"strings"
	"testing"
)

// TestPHPDrawsTheSameNumbers has PHP and the reader run the same scripts, with seeds of
// all sizes.
func TestPHPDrawsTheSameNumbers(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	seeds := []string{"20231", "0", "1", "-1", "4294967295", "4294967296", "9223372036854775807"}
	for range 25 {
		seeds = append(seeds, strconv.FormatInt(int64(random.Uint64()>>random.IntN(64)), 10))
	}
	for i, c := range randomNumbers {
		for _, seed := range seeds {
			code := sumOf(c.code, seed)
			out, err := exec.Command("php", "-n", "-d", "error_reporting=0", "-r", code+"echo $f;").Output()
			if err != nil {
				t.Fatalf("%s: %v", code, err)
			}
			want := strings.TrimSpace(string(out))
			if seed == seeds[0] && want != c.sum {
				t.Errorf("the sum of %d is %s and not %s", i, want, c.sum)
			}
			if src := "<?php " + code + "$f('x');"; !calls(t, src, want) {
				t.Errorf("with %s not %s but %s: %s", seed, want, usesOf(Read([]byte(src))), c.code)
			}
		}
	}
}
