package machine

import (
	"strings"

	"github.com/ianlancetaylor/demangle"
)

// demangled reads the name of a type or a symbol as compilers of C++ write it (Itanium C++
// ABI, 5.1), the way the library of Apple does or else that of GCC. It fails for a name that
// is none, that is not understood or that stands for more than a script has; of that, the text
// is what was written before.
func demangled(mangled string, apple bool) (text string, ok bool) {
	const (
		maxCasts   = 2 // each of which the parser may read twice, with all that is within it
		lengthBits = 14
	)
	prefix := ""
	if !strings.HasPrefix(mangled, "_Z") { // the parser takes a type within a symbol alone
		mangled, prefix = "_ZTS"+mangled, "typeinfo name for "
	}
	if strings.Count(mangled, "cv") > maxCasts {
		return "", false
	}
	defer func() {
		if recover() != nil { // the parser's way to say that it did not think of this
			text, ok = "", false
		}
	}()
	options := []demangle.Option{demangle.NoRust, demangle.MaxLength(lengthBits)}
	if apple {
		options = append(options, demangle.LLVMStyle)
	}
	text, err := demangle.ToString(mangled, options...)
	if err != nil {
		return "", false
	}
	text, ok = strings.CutPrefix(text, prefix)
	return text, ok && len(text)+len(prefix) < 1<<lengthBits
}
