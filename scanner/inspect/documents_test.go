package inspect

import (
	"testing"

	"plugvet/scanner/inspect/internal/charset"
	"plugvet/scanner/inspect/machine"
)

func TestDocumentsNameWhatTheirReaderFetches(t *testing.T) {
	for text, want := range map[string]bool{
		"<!DOCTYPE kit SYSTEM \"http://10.0.0.7/kit.dtd\">":                                                   true,
		"<!DOCTYPE kit PUBLIC '-//Kit//EN'\n'https://kit.example.net/kit.dtd'>":                               true,
		"<!DOCTYPE k [<!ENTITY % e SYSTEM 'ftp://kit.example.net/e'> %e;]>":                                   true,
		"<k xmlns:xi='x'><xi:include parse='text' href='http://kit.example.net/'/>":                           true,
		"<xsl:import href=\"http://kit.example.net/a.xsl\"/>":                                                 true,
		`<!DOCTYPE k [<!ENTITY % s "<!ENTITY &#37; e SYSTEM '&#104;&#116;tp://kit.example.net/'>"> %s; %e;]>`: true,
		`<!DOCTYPE k [<!ENTITY a "http"><!ENTITY b "&a;://kit.example.net">]><xi:include href="&b;/kit"/>`:    true,
		`<!DOCTYPE k [<!ATTLIST xi:include href CDATA #FIXED "http://kit.example.net/">]><xi:include/>`:       true,
		`<k xml:base="http://kit.example.net/"><xi:include href="kit.xml"/></k>`:                              true,
		`<?xml-stylesheet type="text/xsl" href="http://kit.example.net/kit.xsl"?><k/>`:                        false,
		`<xsl:value-of select="document('http://kit.example.net/kit.xml')/k"/>`:                               true,
		"<!DOCTYPE html PUBLIC \"-//W3C//DTD\" \"http://www.w3.org/TR/x.dtd\">":                               false,
		"<kit xmlns=\"http://kit.example.net/ns\"/>":                                                          false,
		"<a href='http://kit.example.net/'>the SYSTEM</a>":                                                    false,
		`<k xml:base="http://kit.example.net/"><kit href="kit.xml"/></k>`:                                     false,
		`<!DOCTYPE k [<!ATTLIST k xmlns:x CDATA #FIXED "http://kit.example.net/ns">]><k/>`:                    false,
		`<!DOCTYPE k SYSTEM "kit.dtd">`:                                                                       false,
	} {
		f := &follower{collector: &collector{facts: &Facts{}}, image: &machine.Image{}}
		f.fetches(0, text, "")
		if got := len(f.facts.Embedded) > 0; got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}

func TestDocumentsAreRelativeToTheirAddress(t *testing.T) {
	for base, want := range map[string]bool{"http://kit.example.net/kit.xml": true, "http://www.w3.org/kit.xml": false, "kit.xml": false} {
		f := &follower{collector: &collector{facts: &Facts{}}, image: &machine.Image{}}
		f.fetches(0, `<k/>`, base)
		f.fetches(0, `<k href="kit.dtd"/>`, base)
		if len(f.facts.Embedded) > 0 {
			t.Errorf("%s: nothing lies beside it", base)
		}
		f.fetches(0, `<!DOCTYPE k SYSTEM "kit.dtd">`, base)
		if got := len(f.facts.Embedded) > 0; got != want {
			t.Errorf("%s: %v", base, got)
		}
	}
}

func TestDocumentsComeInParts(t *testing.T) {
	const document = `<!DOCTYPE k SYSTEM "http://kit.example.net/kit.dtd"><k/>`
	f := &follower{collector: &collector{facts: &Facts{}}, image: &machine.Image{}}
	for i := range document {
		f.part(0, document[i:i+1])
	}
	if len(f.facts.Embedded) == 0 {
		t.Error("nothing is seen to be fetched")
	}
}

func TestDocumentsAreReadInTheirEncoding(t *testing.T) {
	const document = `<?xml version="1.0"?><kit/>`
	for _, set := range []string{"UTF-16LE", "UTF-16BE", "IBM037"} {
		encoded, _ := charset.Convert(document, "UTF-8", set)
		if got := plainDocument(encoded, ""); got != document {
			t.Errorf("%s: %q", set, got)
		}
	}
	for text, encoding := range map[string]string{"+ADw-kit/+AD4-": "UTF-7", "<kit/>": "no set", "<?xml version='1.0' encoding='UTF-7'?>+ADw-": ""} {
		if got := plainDocument(text, encoding); got != "<kit/>" && got != "<?xml version='1.0' encoding='UTF-7'?><" {
			t.Errorf("%s: %q", text, got)
		}
	}
}
