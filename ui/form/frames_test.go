package form

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"errata/ui/uitest"
)

// corrected is a log with something for each kind of editor.
const corrected = `{"id": "log_tides", "prompt": {"id": "pr_1", "path": "almanac/tides", "version_id": "prv_1", "model": "model-a", "tools": [{"name": "tide_table"}]},
 "messages": [{"role": "user", "content": "When is high tide?"}], "output": "At nine.\n\n漢字 and 👩‍👩‍👧 and e\u0301,\u001b[31m and a line that goes on for so long that no window of any sensible width shows all of it in one row.",
 "output_message": {"role": "assistant", "content": "At nine."}, "error": null, "prompt_tokens": 1200, "output_tokens": 3, "tool_choice": "auto",
 "prompt_cost": 0.10, "output_cost": 1e-07, "created_at": "2025-03-01T10:00:00.000001", "start_time": "2025-03-01T09:59:58Z",
 "provider_latency": 1E+2, "metadata": {"b": 1, "a": "x"}, "inputs": {}, "provider_response": {"usage": {"prompt_tokens": 1234}}}`

// A scenario is the field that the cursor is put on, and keys: a frame follows each line of them.
// The frames are in testdata; UPDATE_GOLDEN=1 rewrites them.
func TestScenarios(t *testing.T) {
	for name, s := range map[string]struct {
		field string
		steps []string
	}{
		"text":   {"output", []string{"enter", "ctrl+home ! enter", "esc", "d", "d u", "space"}},
		"number": {"prompt_tokens", []string{"enter", "x", "backspace alt+up", "enter"}},
		"cost":   {"output_cost", []string{"enter", "5", "esc"}},
		"time":   {"start_time", []string{"enter", "alt+up", "esc"}},
		"choice": {"tool_choice", []string{"enter", "alt+down", "enter"}},
		"json":   {"metadata", []string{"t", "end backspace", "esc", "t"}},
		"fill":   {"prompt_tokens", []string{"f", "esc"}},
	} {
		for _, size := range [][2]int{{80, 24}, {120, 40}} {
			d := drive(t, corrected, size[0], size[1])
			d.m.o.Now, d.m.o.Zone = func() time.Time { return time.Date(2025, 3, 2, 12, 0, 0, 0, time.UTC) }, time.FixedZone("CET", 3600)
			d.m.forget()
			d.at(s.field)
			var b strings.Builder
			for _, keys := range s.steps {
				for name := range strings.FieldsSeq(keys) {
					d.send(uitest.Key(name))
				}
				fmt.Fprintf(&b, "── %s\n%s\n", keys, uitest.Reads(d.m.View()))
			}
			uitest.Frame(t, fmt.Sprintf("%s-%dx%d.txt", name, size[0], size[1]), b.String())
		}
	}
}
