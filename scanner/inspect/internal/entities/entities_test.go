package entities

import (
	"strings"
	"testing"
	"time"
)

func TestEntitiesAreIncluded(t *testing.T) {
	for document, want := range map[string]string{
		`<kit/>`: `<kit/>`,
		`<!DOCTYPE k [<!ENTITY a "ht"><!ENTITY b '&a;tp'>]><k h="&b;:"/>`:                            `<!DOCTYPE k []><k h="http:"/>`,
		`<!ENTITY % s "<!ENTITY &#37; k SYSTEM '&#104;&#x74;tp:'>"> %s; %k;`:                         ` <!ENTITY % k SYSTEM 'http:'> %k;`,
		`<!ENTITY % a "ht"><!ENTITY % b "%a;tp"><!ENTITY % s '<!ENTITY k SYSTEM &#34;%b;&#34;>'>%s;`: `<!ENTITY k SYSTEM "http">`,
		`<!ENTITY % s "&#60;!ENTITY t '&#38;#104;t'>"> %s; &t;`:                                      `  ht`,
		`<!ENTITY a "1"><!ENTITY a "2">&a;`:                                                          `1`,
		`100 % of &this; &amp; <that>`:                                                               `100 % of &this; & <that>`,
		`<!ENTITY % k SYSTEM "http:">`:                                                               `<!ENTITY % k SYSTEM "http:">`,
		`&#999999999; &#x; & %`:                                                                      `&#999999999; &#x; & %`,
	} {
		if got := Included(document); got != want {
			t.Errorf("%s: %q, not %q", document, got, want)
		}
	}
}

func TestEntitiesThatGrowAreBounded(t *testing.T) {
	var document strings.Builder
	document.WriteString(`<!ENTITY a "kit">`)
	for c := 'b'; c <= 'z'; c++ {
		document.WriteString(`<!ENTITY ` + string(c) + ` "` + strings.Repeat("&"+string(c-1)+";", 10) + `">`)
	}
	document.WriteString(`<!ENTITY _ "&_;&_;">`)
	start := time.Now()
	if got := Included(document.String() + "&l;&_;"); len(got) == 0 || len(got) > most {
		t.Errorf("%d bytes", len(got))
	}
	empty := `<!ENTITY a "">`
	for c := 'b'; c <= 'p'; c++ {
		empty += `<!ENTITY ` + string(c) + ` "` + strings.Repeat("&"+string(c-1)+";", 50) + `">`
	}
	if got := Included(empty + "&l;&p;"); got != "" {
		t.Errorf("%q", got)
	}
	known := `<!ENTITY % a "` + strings.Repeat(`<!ENTITY b ''>`, 700) + `"><!ENTITY c '` + strings.Repeat("&d;", 1500) + `'><!ENTITY d '&#37;a;'>` + strings.Repeat("&c;", 100)
	if got := Included(known); len(got) > most {
		t.Errorf("%d bytes", len(got))
	}
	if taken := time.Since(start); taken > time.Second {
		t.Errorf("took %v", taken)
	}
}
