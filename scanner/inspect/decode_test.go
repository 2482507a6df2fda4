package inspect

import (
	"strings"
	"testing"

	"plugvet/scanner/inspect/script"
)

func TestAFaultInAReaderIsAnError(t *testing.T) {
	view, err := guarded(func([]byte) *script.View { panic("no such word") }, nil)
	if view != nil || err == nil || !strings.Contains(err.Error(), "no such word") {
		t.Errorf("got %v, %v", view, err)
	}
}
