package main

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"strings"
	"unicode/utf16"
)

// An input is one file that is made to hurt.
type input struct {
	name, file string
	holds      string // a capability that the script really has; printed, not demanded
	make       func() []byte
}

const (
	javascriptExec = "require('child_process').spawn('marker');\n"
	phpExec        = "system('marker');\n"
)

func inputs() []input {
	text := func(s string) func() []byte { return func() []byte { return []byte(s) } }
	repeat := func(before, what string, n int, after string) func() []byte {
		return func() []byte { return []byte(before + strings.Repeat(what, n) + after) }
	}
	const many = 100_000
	return []input{
		{"line-8MB", "index.js", "exec", repeat("var a=[", "1,", 4<<20, "];"+javascriptExec)},
		{"line-8MB-php", "kit.php", "exec", repeat("<?php $a=[", "1,", 4<<20, "];"+phpExec)},
		{"string-8MB", "index.js", "exec", repeat("var a='", "x", 8<<20, "';"+javascriptExec)},
		{"sum-of-a-million-strings", "index.js", "exec", repeat("var a=''", "+'ab'", 1_000_000, ";"+javascriptExec)},
		{"sum-of-a-million-strings-php", "kit.php", "exec", repeat("<?php $a=''", ".'ab'", 1_000_000, ";"+phpExec)},
		{"variables-that-double", "index.js", "exec", doubling("var v%d=v%[2]d+v%[2]d;", "var v0='osascript';", javascriptExec)},
		{"variables-that-double-php", "kit.php", "exec", doubling("$v%d=$v%[2]d.$v%[2]d;", "<?php $v0='osascript';", phpExec)},
		{"variables-in-a-ring", "index.js", "exec", text("var a=b+'x',b=c+'y',c=a+'z';a+=a;b+=b;" + javascriptExec)},
		{"repeat-that-explodes", "index.js", "exec", text("var a='x'.repeat(1e9).repeat(1e9),b='y'.padEnd(2**30),c=new Array(1e9).join('z');" + javascriptExec)},
		{"repeat-that-explodes-php", "kit.php", "exec", text("<?php $a=str_repeat(str_repeat('x',1000000000),1000000000);$b=str_pad('y',PHP_INT_MAX);" + phpExec)},
		{"parentheses-100k", "index.js", "exec", repeat("var a=", "(", many, "1"+strings.Repeat(")", many)+";"+javascriptExec)},
		{"parentheses-100k-php", "kit.php", "exec", repeat("<?php $a=", "(", many, "1"+strings.Repeat(")", many)+";"+phpExec)},
		{"parentheses-open", "index.js", "exec", repeat(javascriptExec, "(", many, "")},
		{"brackets-and-braces", "index.js", "exec", repeat("a=", "[{a:", many, "1"+strings.Repeat("}]", many)+";"+javascriptExec)},
		{"functions-nested", "index.js", "exec", repeat("a=", "(()=>{", many, javascriptExec+strings.Repeat("})()", many)+";")},
		{"functions-nested-php", "kit.php", "exec", repeat("<?php $a=", "(function(){return ", many, "1;"+strings.Repeat("})();", many)+phpExec)},
		{"calls-nested", "index.js", "exec", repeat("a=", "atob(", many, "'eA=='"+strings.Repeat(")", many)+";"+javascriptExec)},
		{"calls-nested-php", "kit.php", "exec", repeat("<?php $a=", "strrev(", many, "'x'"+strings.Repeat(")", many)+";"+phpExec)},
		{"calls-chained", "index.js", "exec", repeat("a='x'", ".split('').reverse().join('')", many, ";"+javascriptExec)},
		{"ternaries", "index.js", "exec", repeat("a=", "1?", many, "1"+strings.Repeat(":0", many)+";"+javascriptExec)},
		{"unary", "index.js", "exec", repeat("a=", "!", many, "1;"+javascriptExec)},
		{"templates-nested", "index.js", "exec", repeat("a=", "`${", many, "1"+strings.Repeat("}`", many)+";"+javascriptExec)},
		{"templates-open", "index.js", "", repeat(javascriptExec, "`${", many, "")},
		{"interpolation-nested", "kit.php", "exec", repeat("<?php $a=", "\"{$a[", 10_000, "1"+strings.Repeat("]}\"", 10_000)+";"+phpExec)},
		{"heredocs-nested", "kit.php", "", repeat("<?php $a=", "<<<A\n{$a[", 10_000, "1")},
		{"expressions-that-are-compiled", "index.js", "exec", repeat("var s='';for(var i=0;i<1e9;i++)if(/x", "[a-z]", 150, "/.test(i))s+=i;require(s);"+javascriptExec)},
		{"expressions-without-end", "index.js", "exec", repeat("var s='';for(var i=0;i<1e9;i++)if(/^(?=(a+)+$)(a+)+b/.test('", "a", 60, "'+i))s+=i;require(s);"+javascriptExec)},
		{"expressions-without-end-in-a-row", "index.js", "exec", repeat("", "require(/^(?=(a+)+$)(a+)+b/.test('"+strings.Repeat("a", 60)+"!')?'a':'b');", 10_000, javascriptExec)},
		{"expressions-php", "kit.php", "exec", repeat("<?php $s='';for($i=0;$i<1e9;$i++)if(preg_match('/x", "[a-z]", 150, "/',$i))$s.=$i;$s('x');"+phpExec)},
		{"expressions-without-end-php", "kit.php", "exec", repeat("<?php $s='';for($i=0;$i<1e9;$i++)if(preg_match('/^(?=(a+)+$)(a+)+b/','", "a", 60, "'.$i))$s.=$i;$s('x');"+phpExec)},
		{"string-open", "index.js", "exec", repeat(javascriptExec+"var a='", "x\\\n", 1<<20, "")},
		{"comment-open", "index.js", "exec", repeat(javascriptExec+"/*", "* /", 1<<20, "")},
		{"comment-open-php", "kit.php", "exec", repeat("<?php "+phpExec+"/*", "* /", 1<<20, "")},
		{"heredoc-open", "kit.php", "exec", repeat("<?php "+phpExec+"$a=<<<E\n", "E1\n", 1<<20, "")},
		{"regexp-open", "index.js", "exec", repeat(javascriptExec+"a=/[", "[/", 1<<20, "")},
		{"regexp-like-a-comment", "index.js", "exec", text("var a=/[/*]/,b=/\\/*'/;" + javascriptExec + "var c=/*/ /*/1;")},
		{"slashes", "index.js", "exec", repeat("a=1", "/a/1", 1<<20, ";"+javascriptExec)},
		{"less-thans", "index.js", "exec", repeat("a", "<a", 1<<20, ";"+javascriptExec)},
		{"arrows-that-are-none", "index.js", "exec", repeat("a", "=(a,b", many, strings.Repeat(")", many)+";"+javascriptExec)},
		{"backslashes", "index.js", "exec", repeat("a='", `\\`, 4<<20, "';"+javascriptExec)},
		{"escapes-cut-short", "index.js", "exec", repeat("a='", `\u{`, 1<<20, "';"+javascriptExec)},
		{"open-tags", "kit.php", "exec", repeat("", "<?php ?>", 1<<19, "<?php "+phpExec)},
		{"short-tags", "kit.php", "exec", repeat("", "<?=1?>", 1<<19, "<?php "+phpExec)},
		{"variables-variable", "kit.php", "exec", repeat("<?php ", "$", 1<<20, "a;"+phpExec)},
		{"invalid-utf8", "index.js", "exec", noise(4<<20, javascriptExec)},
		{"invalid-utf8-php", "kit.php", "exec", noise(4<<20, "<?php "+phpExec)},
		{"nul-bytes", "index.js", "exec", repeat("/*", "\x00", 4<<20, "*/"+javascriptExec)},
		{"utf16-le-bom", "index.js", "", wide("\ufeff"+javascriptExec, false)},
		{"utf16-be-bom", "index.js", "", wide("\ufeff"+javascriptExec, true)},
		{"utf16-le", "index.js", "", wide(javascriptExec, false)},
		{"utf16-odd", "index.js", "", func() []byte { return append(wide("\ufeff"+javascriptExec, false)(), 0xd8) }},
		{"base64-bomb", "index.js", "exec", bomb(javascriptExec, "eval(atob('%s'))")},
		{"base64-bomb-php", "kit.php", "exec", func() []byte {
			return append([]byte("<?php "), bomb(phpExec, "eval(base64_decode('%s'));")()...)
		}},
		{"base64-bomb-wide", "index.js", "exec", wideBomb},
		{"quine", "index.js", "", text("(function f(){eval('('+f+')()')})")},
		{"quine-php", "kit.php", "", text(`<?php $a='eval($a);';eval($a);`)},
		{"gzip-bomb", "kit.php", "", gzipBomb},
		{"minified-50MB", "index.js", "exec", minified(50<<20, javascriptExec)},
		{"minified-50MB-php", "kit.php", "exec", func() []byte { return append([]byte("<?php "), minified(50<<20, phpExec)()...) }},
		{"table-of-strings", "index.js", "exec", table("'%x',", 1_000_000, "var t=[", "];"+javascriptExec)},
		{"table-of-escapes", "index.js", "exec", table(`'\x%02x\u%04x',`, 500_000, "var t=[", "];"+javascriptExec)},
		{"declarations", "index.js", "exec", table("var v%x='a%[1]x';", 500_000, "", javascriptExec)},
		{"requires", "index.js", "exec", table("require('./m%x');", 200_000, "", javascriptExec)},
		{"child-process-200k", "index.js", "exec", repeat("", javascriptExec, 200_000, "")},
		{"exec-200k-php", "kit.php", "exec", repeat("<?php ", phpExec, 200_000, "")},
		{"php-in-jpeg", "kit.jpg", "exec", func() []byte {
			return append(append([]byte("\xff\xd8\xff\xe0\x00\x10JFIF"), noise(1<<20, "")()...), "<?php "+phpExec+"?>"+string(noise(1<<20, "")())...)
		}},
		{"lone-tag-in-jpeg", "kit.jpg", "", func() []byte { return append(noise(1<<20, "<?php")(), noise(1<<20, "?> ' \" /*")()...) }},
		{"empty", "index.js", "", text("")},
	}
}

// doubling names forty variables, of which each is the one before it twice.
func doubling(format, first, last string) func() []byte {
	return func() []byte {
		var b bytes.Buffer
		b.WriteString(first)
		for i := 1; i <= 40; i++ {
			fmt.Fprintf(&b, format, i, i-1)
		}
		b.WriteString(last)
		return b.Bytes()
	}
}

// noise is n bytes that are no text, with some in it that are, and last.
func noise(n int, last string) func() []byte {
	return func() []byte {
		random := rand.New(rand.NewPCG(1, 2))
		b := make([]byte, n, n+len(last)+4)
		for i := range b {
			b[i] = byte(random.Uint32()) | 0x80
		}
		return append(b, "\n"+last...)
	}
}

func wide(s string, big bool) func() []byte {
	return func() []byte {
		var b []byte
		for _, unit := range utf16.Encode([]rune(s)) {
			if big {
				b = append(b, byte(unit>>8), byte(unit))
			} else {
				b = append(b, byte(unit), byte(unit>>8))
			}
		}
		return b
	}
}

// bomb is ten scripts in one another, the innermost of a megabyte.
func bomb(script, format string) func() []byte {
	return func() []byte {
		s := script + strings.Repeat(" ", 1<<20)
		for range 10 {
			s = fmt.Sprintf(format, base64.StdEncoding.EncodeToString([]byte(s)))
		}
		return []byte(s)
	}
}

// wideBomb evaluates two copies of what it evaluates, twelve deep: little text
// that is 4096 scripts, if a reader follows every one.
func wideBomb() []byte {
	s := javascriptExec
	for i := range 12 {
		s = fmt.Sprintf("var v%d='%s';eval(atob(v%d));eval(atob(v%d));", i, base64.StdEncoding.EncodeToString([]byte(s)), i, i)
	}
	return []byte(s)
}

// minified is n bytes of the kind that minifiers write.
func minified(n int, last string) func() []byte {
	return func() []byte {
		var b bytes.Buffer
		for i := 0; b.Len() < n; i++ {
			fmt.Fprintf(&b, "function a%x(t,e){return t?e(t.n[%d],'k%x'):t/2/e+\"\\x41\"}", i, i%97, i*31)
		}
		b.WriteString(last)
		return b.Bytes()
	}
}

// gzipBomb is a layer of PHP that inflates to 64 MB, inflated again.
func gzipBomb() []byte {
	data := bytes.Repeat([]byte("/* */"), 64<<20/5)
	for range 2 {
		var b bytes.Buffer
		z, _ := flate.NewWriter(&b, flate.BestCompression) // the level is valid
		z.Write(data)
		z.Close()
		data = b.Bytes()
	}
	return fmt.Appendf(nil, "<?php eval(gzinflate(gzinflate(base64_decode('%s'))));", base64.StdEncoding.EncodeToString(data))
}

// table is a line by format for each of n numbers. A format with two verbs gets
// a byte and a UTF-16 unit.
func table(format string, n int, before, after string) func() []byte {
	return func() []byte {
		var b bytes.Buffer
		b.WriteString(before)
		arguments := strings.Count(strings.ReplaceAll(format, "%[1]", ""), "%")
		for i := range n {
			values := []any{i % 256, i % 65536}
			if arguments == 1 {
				values = []any{i}
			}
			fmt.Fprintf(&b, format, values...)
		}
		b.WriteString(after)
		return b.Bytes()
	}
}
