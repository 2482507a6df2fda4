//go:build hosts

package php

import (
	"bufio"
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// tokenPrinter prints, for each file that its input names, the kind and the length of
// every token that PHP finds in it.
const tokenPrinter = `
$kinds = [T_INLINE_HTML => 'html', T_OPEN_TAG => 'open', T_OPEN_TAG_WITH_ECHO => 'echo', T_CLOSE_TAG => 'close',
 T_WHITESPACE => 'space', T_COMMENT => 'comment', T_DOC_COMMENT => 'comment', T_VARIABLE => 'variable',
 T_LNUMBER => 'number', T_DNUMBER => 'number', T_CONSTANT_ENCAPSED_STRING => 'string', T_ENCAPSED_AND_WHITESPACE => 'text',
 T_START_HEREDOC => 'heredoc', T_END_HEREDOC => 'end', T_CURLY_OPEN => 'curly', T_DOLLAR_OPEN_CURLY_BRACES => 'dollar',
 T_STRING_VARNAME => 'name', T_NUM_STRING => 'offset', T_ATTRIBUTE => 'attribute', T_BAD_CHARACTER => 'bad'];
foreach ([T_INT_CAST, T_DOUBLE_CAST, T_STRING_CAST, T_ARRAY_CAST, T_OBJECT_CAST, T_BOOL_CAST, T_UNSET_CAST] as $k) $kinds[$k] = 'cast';
while (($file = fgets(STDIN)) !== false) {
 $out = [];
 foreach (token_get_all(file_get_contents(rtrim($file, "\n"))) as $t) {
  [$kind, $text] = is_array($t) ? $t : [0, $t];
  if ($text === '') continue;
  $out[] = ($kinds[$kind] ?? (preg_match('/^[\\\\]?[a-z_\x80-\xff]/i', $text) && $text !== 'b"' && $text !== 'B"' ? 'name' : 'operator')) . ' ' . strlen($text);
 }
 echo implode(',', $out), "\n";
}`

// kindNames are what tokenPrinter calls the kinds; the others are operators.
var kindNames = map[tokenKind]string{
	htmlToken: "html", openTagToken: "open", openEchoToken: "echo", closeTagToken: "close", spaceToken: "space", commentToken: "comment",
	nameToken: "name", variableToken: "variable", numberToken: "number", stringToken: "string", textToken: "text", heredocToken: "heredoc",
	heredocEndToken: "end", curlyToken: "curly", dollarCurlyToken: "dollar", varNameToken: "name", offsetToken: "offset",
	yieldFromToken: "name", attributeToken: "attribute", castToken: "cast", badToken: "bad",
}

func tokensOf(src []byte, short bool) []string {
	var out []string
	l := newLexer(src, outsideState, short)
	for t := l.next(); t.kind != endToken; t = l.next() {
		name := kindNames[t.kind]
		if name == "" {
			name = "operator"
		}
		out = append(out, fmt.Sprint(name, " ", t.end-t.start))
	}
	return out
}

// scriptFiles are the scripts below a directory, by default those that Debian's
// packages of PHP have brought.
func scriptFiles(t *testing.T) []string {
	t.Helper()
	root := os.Getenv("PHP_CORPUS")
	if root == "" {
		root = "/usr/share/php"
	}
	var names []string
	filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && extensions[filepath.Ext(name)] {
			names = append(names, name)
		}
		return nil
	})
	return names
}

var extensions = map[string]bool{".php": true, ".inc": true, ".phtml": true, ".module": true}

func TestTokensAreThoseOfTokenGetAll(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	dir := t.TempDir()
	var made []string
	add := func(src []byte) {
		name := filepath.Join(dir, fmt.Sprint(len(made)))
		if err := os.WriteFile(name, src, 0o600); err != nil {
			t.Fatal(err)
		}
		made = append(made, name)
	}
	for range 20000 {
		add(randomScript(random))
	}
	corpus := scriptFiles(t)
	for range min(5000, 5*len(corpus)) {
		src, err := os.ReadFile(corpus[random.IntN(len(corpus))])
		if err == nil && len(src) > 0 && len(src) < 100_000 {
			add(mutate(random, src))
		}
	}
	agreeOnTokens(t, append(made[:len(made):len(made)], corpus...), false)
	agreeOnTokens(t, made, true)
}

// agreeOnTokens has PHP and the lexer read each file.
func agreeOnTokens(t *testing.T, names []string, short bool) {
	t.Helper()
	setting := "short_open_tag=0"
	if short {
		setting = "short_open_tag=1"
	}
	php := exec.Command("php", "-n", "-d", "memory_limit=-1", "-d", "display_errors=0", "-d", "extension=tokenizer", "-d", setting, "-r", tokenPrinter)
	php.Stdin = strings.NewReader(strings.Join(names, "\n") + "\n")
	pipe, err := php.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := php.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(pipe)
	read, wrong := 0, 0
	for _, name := range names {
		line, err := lines.ReadString('\n')
		if err != nil {
			t.Fatalf("PHP ends at %s: %v", name, err)
		}
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if short && bytes.Contains(bytes.ToLower(src), []byte("<?xml")) {
			continue // see openTag
		}
		read++
		want := strings.TrimSpace(line)
		got := tokensOf(src, short)
		if strings.Join(got, ",") == want {
			continue
		}
		if wrong++; wrong > 20 {
			continue
		}
		at := 0
		for i, w := range strings.Split(want, ",") {
			if i >= len(got) || got[i] != w {
				g := "nothing"
				if i < len(got) {
					g = got[i]
				}
				t.Errorf("%s at %d of %d (%s): %s, want %s: %q", name, at, len(src), setting, g, w, src[max(0, at-40):min(len(src), at+40)])
				break
			}
			n := 0
			fmt.Sscanf(w[strings.IndexByte(w, ' '):], "%d", &n)
			at += n
		}
	}
	if err := php.Wait(); err != nil {
		t.Fatal(err)
	}
	if wrong > 0 || read < 1000 {
		t.Errorf("%d of %d files are cut otherwise than PHP does (%s)", wrong, read, setting)
	}
	t.Logf("%d files with %s", read, setting)
}

var tokenPieces = strings.Split("<?php |<?=|<? |?>|\n|\r\n|\r| |\t|//|#|#[|/*|*/|/** |'|\"|`|\\|\\\\|$|$a|${|{$|{|}|[|]|(|)|->|?->|::|<<<A\n|<<<'A'\n|<<< \"A\"\n|\nA|\n  A;|A\n|b\"|b'|B<<<A\n|"+
	"a|ab_c|\\a\\b|namespace\\x|1|0x1f|0b1|0o7|1_0|.5|1.|1e3|e|.|...|=|==|===|=>|<|<<|<<=|<=>|!|!=|&&|&|??|??=|?|(string)|( int )|(x)|;|,|yield|yield from|function|class|__halt_compiler|();|\x00|\x01|\xff|é|@|~|^|%|0|[0]|[-1]|[a]|$a[|$a->b|$a?->b|x", "|")

func randomScript(random *rand.Rand) []byte {
	var b bytes.Buffer
	if random.IntN(4) > 0 {
		b.WriteString("<?php ")
	}
	for range 1 + random.IntN(20) {
		b.WriteString(tokenPieces[random.IntN(len(tokenPieces))])
	}
	return b.Bytes()
}

// mutate changes a few places of a script.
func mutate(random *rand.Rand, src []byte) []byte {
	out := bytes.Clone(src)
	for range 1 + random.IntN(4) {
		at := random.IntN(len(out))
		piece := []byte(tokenPieces[random.IntN(len(tokenPieces))])
		drop := random.IntN(3)
		out = append(out[:at:at], append(piece, out[min(len(out), at+drop):]...)...)
	}
	return out
}
