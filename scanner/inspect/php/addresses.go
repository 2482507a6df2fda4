package php

import (
	"slices"
	"strings"

	"plugvet/scanner/inspect/script"
)

// opensAddresses are the functions that get what lies at an address, or put something
// there, as they would read or write a file, the methods and the constructors of PHP's
// classes that do, and which of their arguments say where.
var opensAddresses = map[string][]int{
	"file_get_contents": {0}, "fopen": {0}, "readfile": {0}, "copy": {0, 1}, "file": {0}, "simplexml_load_file": {0},
	"file_put_contents": {0}, "rename": {0, 1}, "unlink": {0}, "opendir": {0}, "scandir": {0}, "dir": {0}, "error_log": {2},
	"gzopen": {0}, "gzfile": {0}, "readgzfile": {0}, "parse_ini_file": {0}, "get_meta_tags": {0},
	"highlight_file": {0}, "show_source": {0}, "php_strip_whitespace": {0},
	"md5_file": {0}, "sha1_file": {0}, "hash_file": {1}, "hash_hmac_file": {1}, "hash_update_file": {1},
	"getimagesize": {0}, "exif_read_data": {0}, "read_exif_data": {0}, "exif_thumbnail": {0}, "exif_imagetype": {0},
	"imagecreatefromjpeg": {0}, "imagecreatefrompng": {0}, "imagecreatefromgif": {0}, "imagecreatefromwebp": {0}, "imagecreatefrombmp": {0},
	"imagecreatefromavif": {0}, "imagecreatefromwbmp": {0}, "imagecreatefromxbm": {0}, "imagecreatefromtga": {0}, "imagecreatefromgd": {0}, "imagecreatefromgd2": {0},
	"imagepng": {1}, "imagejpeg": {1}, "imagegif": {1}, "imagewebp": {1}, "imagebmp": {1}, "imageavif": {1}, "imagewbmp": {1}, "imagexbm": {1}, "imagegd": {1}, "imagegd2": {1},
	"mkdir": {0}, "rmdir": {0}, "tidy_parse_file": {0}, "tidy_repair_file": {0},
	"finfo_file": {1}, "mime_content_type": {0}, "xmlwriter_open_uri": {0}, "yaml_parse_url": {0}, "yaml_parse_file": {0},

	"splfileobject::__construct": {0}, "simplexmlelement::__construct": {0}, "simplexmliterator::__construct": {0}, "directoryiterator::__construct": {0},
	"filesystemiterator::__construct": {0}, "recursivedirectoryiterator::__construct": {0}, "imagick::__construct": {0},
	"domdocument::load": {0}, "domdocument::loadhtmlfile": {0}, "domdocument::save": {0}, "domdocument::savehtmlfile": {0},
	"domdocument::schemavalidate": {0}, "domdocument::relaxngvalidate": {0}, "xmlreader::open": {0}, "xmlreader::setschema": {0}, "xmlreader::setrelaxngschema": {0},
	"xmlwriter::openuri": {0}, "xmlwriter::touri": {0}, "simplexmlelement::asxml": {0}, "simplexmlelement::savexml": {0},
	"tidy::parsefile": {0}, "tidy::repairfile": {0}, "gmagick::__construct": {0}, "gmagick::readimage": {0},
	"finfo::file": {0}, "imagick::readimage": {0}, "imagick::pingimage": {0}, "oauth::fetch": {0},
	"dom\\xmldocument::createfromfile": {0}, "dom\\htmldocument::createfromfile": {0},
}

// writtenOut are those of which the decoded view shows to the rules what they open.
var writtenOut = map[string]bool{
	"include": true, "file_get_contents": true, "fopen": true, "readfile": true, "copy": true, "file": true, "simplexml_load_file": true,
}

// seldomOpens are those of them that read files of a few kinds only. Whoever gives one an
// address puts it together so that nobody sees it.
var seldomOpens = func() map[string]bool {
	names := map[string]bool{}
	for name := range opensAddresses {
		for _, kind := range []string{"getimagesize", "exif_", "read_exif", "gz", "readgz", "imagecreate", "tidy_", "get_meta", "yaml_", "mime_content"} {
			if strings.HasPrefix(name, kind) {
				names[name] = true
			}
		}
	}
	return names
}()

// openingClasses are the classes of which a method opens an address.
var openingClasses = []string{"DOMDocument", "XMLReader", "XMLWriter", "SplFileInfo", "Imagick", "Gmagick", "tidy", "finfo", "SimpleXML", "simplexml", "Dom\\"}

// openingMethods are the names of those methods, and openingWhenMade those of the classes
// of which an object opens an address when it is made.
var openingMethods, openingWhenMade = func() (methods, classes map[string]bool) {
	methods, classes = map[string]bool{"openfile": true}, map[string]bool{}
	for name := range opensAddresses {
		class, method, ok := strings.Cut(name, "::")
		if ok {
			methods[method] = true
		}
		if method == "__construct" {
			classes[class] = true
		}
	}
	return methods, classes
}()

// urlOpened is the name under which is noted that something at an address is opened.
const urlOpened = "url:opened"

// networkSchemes are those of other machines that PHP opens like a file.
var networkSchemes = map[string]bool{"http": true, "https": true, "ftp": true, "ftps": true}

// isAddress tells whether a text begins with the scheme of another machine, or with one
// that opens what such a one brings.
func isAddress(s string) bool {
	scheme, rest, found := strings.Cut(s, "://")
	if !found || len(scheme) > len("compress.bzip2") {
		return false
	}
	if scheme = lower(scheme); networkSchemes[scheme] {
		return true
	}
	switch scheme {
	case "compress.zlib", "compress.bzip2":
		return isAddress(rest)
	case "php":
		_, resource, ok := filtered(s)
		return ok && isAddress(resource)
	}
	return strings.HasPrefix(scheme, "ssh2.")
}

// opensAddresses notes what a call, or a function that it calls, opens.
func (r *reader) opensAddresses(name string, args []argument, from int) {
	for _, at := range openedBy(name, args) {
		r.opensAddress(name, args[at].value, args[at].from, from)
	}
	for _, at := range callbackArguments[name] {
		if at >= len(args) {
			continue
		}
		called := r.callable(args[at].value)
		if opensAddresses[called] == nil {
			continue
		}
		for _, a := range args {
			for _, v := range append(valuesWithin(a.value), a.value) {
				r.opensAddress(called, v, a.from, from)
			}
		}
	}
}

// openedBy are the places of the arguments that say what a function opens.
func openedBy(name string, args []argument) (places []int) {
	if strings.HasPrefix(name, "simplexml") && strings.HasSuffix(name, "::__construct") {
		if len(args) < 3 {
			return nil // it is the document itself
		}
		if is, known := args[2].value.truth(); known && !is {
			return nil
		}
	}
	for _, at := range opensAddresses[name] {
		if at < len(args) {
			places = append(places, at)
		}
	}
	return places
}

// opensAddress notes that something is read from another machine whose address the
// script puts together, or that is opened by what the rules do not look at.
func (r *reader) opensAddress(name string, v value, at, from int) {
	if r.mayBeAddress(name, v) && r.level == 0 {
		r.openness |= script.OpenToAny
	}
	for _, one := range append(r.traces[at], v) {
		prefix := one.prefix()
		if !isAddress(prefix) {
			continue
		}
		built := r.budget.Take(len(r.src)/64) && !strings.Contains(r.src, prefix)
		if built || !r.showsOpened(name, from) {
			r.use(script.Call, urlOpened, from, built)
			return
		}
	}
}

// showsOpened tells whether the decoded view shows to the rules that the function whose
// name a token may be opens something: it is called by its own name.
func (r *reader) showsOpened(name string, at int) bool {
	return writtenOut[name] && (name == "include" || strings.TrimPrefix(lower(r.text(at)), `\`) == name)
}

// mayBeAddress tells whether something is opened of which nothing is known, and that may
// be an address which other files tell.
func (r *reader) mayBeAddress(name string, v value) bool {
	return !v.known() && v.prefix() == "" && v.marks&fromInput == 0 && (writtenOut[name] || r.survey.joins) && name != "include"
}

// sawOpened notes, at the parenthesis of a call, that a function or a method opens an
// address; it may be called by another name than its own.
func (r *reader) sawOpened(name string, args []argument, open int) {
	for _, at := range openedBy(name, args) {
		r.sawAddress(name, r.textOf(args[at].value), open)
	}
}

// sawAddress notes at a token that what is called, or include, opens an address.
func (r *reader) sawAddress(name string, v value, at int) {
	if r.mayBeAddress(name, v) && r.home.sibling == 0 {
		r.trace.open |= script.OpenToAny
	}
	for _, one := range append(v.oneOf(), v) {
		prefix := one.prefix()
		if !isAddress(prefix) || r.trace.fuel < 0 {
			continue
		}
		if r.home.sibling > 0 {
			r.sawLinkedAddress(name, prefix, at)
			continue
		}
		built := r.budget.Take(len(r.src)/64) && !strings.Contains(r.src, prefix)
		if given := r.src[r.tokens[at+1].start:]; !built && given != "" && r.showsOpened(name, at-1) && isAddress(given[1:min(len(given), 32)]) {
			continue
		}
		r.saw(at, value{kind: stringKind, s: urlOpened, computed: built})
	}
}

// sawOpen notes what a method, or a constructor, opens of an object of a class.
func (r *reader) sawOpen(class, method string, args []argument, open int) {
	if openingMethods[method] {
		r.sawOpened(r.builtinClass(class)+"::"+method, args, open)
	}
}

// opensBy tells whether a name before a parenthesis is that of a method, or of a class,
// that may open an address which is not known there.
func (p *source) opensBy(name string, at int) bool {
	switch {
	case openingWhenMade[name]:
		return p.match[at] > 0 && p.isComputed(at, 0)
	case !openingMethods[name] || p.match[at] < 0 || p.match[at] == int32(at)+1 && name != "openfile":
		return false
	}
	return slices.ContainsFunc(openingClasses, func(class string) bool { return strings.Contains(p.src, class) })
}

// extendsOpening tells whether a class of the script extends one that opens an address
// when it is made.
func (s *survey) extendsOpening() bool {
	for _, c := range s.classes {
		for _, parent := range c.parents {
			if openingWhenMade[strings.TrimPrefix(lower(parent), `\`)] {
				return true
			}
		}
	}
	return false
}
