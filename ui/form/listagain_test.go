package form

import (
	"fmt"
	"strings"
	"testing"

	"errata/model"
)

// A large list of messages that is edited shares the memory of the log, and so does one that is
// edited again: the list of fields does not have it put together.
func TestALargeListIsEditedTwice(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("ebb and flood ", 3000)
	list := make([]string, 100)
	for i := range list {
		list[i] = fmt.Sprintf(`{"role":"user","content":"%d. %s"}`, i, text)
	}
	messages := strings.Join(list, ",")
	d := drive(t, `{"id": "log_many", "prompt": {"id": "pr_1"}, "messages": [`+messages+`]}`, 80, 24).at("messages")
	f := model.PromptMessages
	for _, tt := range []struct{ keys, ahead string }{{"D", list[0] + ","}, {"D", list[0] + "," + list[0] + ","}} {
		d.press("enter", tt.keys, "esc").shows("list of")
		if parts := d.m.Changes().Value(f).Parts(); len(parts) < 2 {
			t.Errorf("it is in %d part", len(parts))
		}
		d.body(`{"messages":[` + tt.ahead + messages + `]}`)
	}
	d.press("u").body(`{"messages":[` + list[0] + "," + messages + `]}`)
	d.press("u").body(`{}`)
}
