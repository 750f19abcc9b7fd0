package cli

import (
	"context"
	"slices"
	"strings"

	"errata/model"
	"errata/model/jsonraw"
	"errata/model/media"
	"errata/ui/pager"
	"errata/ui/reading"
	"errata/ui/theme"
)

// indentation of what stands beneath a label.
const beneath = "    "

// read prints a log for reading: its head, the fields in their groups, and the members that cannot
// be changed.
func (a *access) read(ctx context.Context, svc *service, id string) error {
	log, err := svc.log(ctx, id)
	if err != nil {
		return err
	}
	a.readHead(log)
	var group model.Group
	for _, f := range model.Form() {
		if f.Group != group {
			group = f.Group
			a.out.printf("\n%s\n", group)
		}
		a.readField(f, log.Value(f))
	}
	if members := log.Envelope(); len(members) > 0 {
		a.out.printf("\nLocked\n")
		for _, m := range members {
			a.readValue(m.Name, "", m.Value)
		}
	}
	return nil
}

func (a *access) readHead(log *model.Log) {
	h := log.Head()
	t := model.NewChangeSet(log).Totals()
	for _, line := range [][2]string{
		{"Log", h.ID}, {"Prompt", h.PromptPath}, {"Version", h.VersionID}, {"Model", h.Model}, {"Trace", h.TraceID},
		{"Tokens", t.Tokens}, {"Cost", t.Cost}, {"Duration", t.Duration},
	} {
		if line[1] != "" {
			a.text(line[0] + ": " + oneLine(line[1]) + "\n")
		}
	}
}

// oneLine keeps a text from breaking the line it is on.
func oneLine(s string) string { return strings.NewReplacer("\n", " ", "\r", " ").Replace(s) }

func (a *access) readField(f *model.Field, v model.Value) {
	if cards, ok := reading.Conversation(f, v, theme.None()); ok {
		a.out.printf("  %s:\n", f.Label)
		a.blocks(cards)
		return
	}
	unit := f.Unit
	if strings.Contains(f.Label, unit) { // "Prompt tokens: 12 tokens"
		unit = ""
	}
	a.readValue(f.Label, unit, v)
}

// readValue prints a label and its value: a short one beside it, a long one beneath.
func (a *access) readValue(label, unit string, v model.Value) {
	label = "  " + oneLine(label) + ":"
	switch s, ok := shown(v).Text(); {
	case v.IsAbsent():
		a.text(label + " absent\n")
	case ok && strings.Contains(s, "\n"):
		a.text(label + "\n")
		a.indented(beneath, s)
	case ok && slices.Contains([]string{"", "absent", "null"}, s):
		// not to be taken for those that are
		a.text(label + ` "` + s + "\"\n")
	case ok:
		a.text(label + " " + s + "\n")
	case v.Kind() == jsonraw.Object || v.Kind() == jsonraw.Array:
		a.readJSON(label, v)
	default:
		a.text(strings.TrimSuffix(label+" "+string(v.Bytes())+" "+unitOf(v, unit), " ") + "\n")
	}
}

func unitOf(v model.Value, unit string) string {
	if v.IsSet() {
		return unit
	}
	return ""
}

func (a *access) readJSON(label string, v model.Value) {
	laid := string(jsonraw.Indent(media.Shown(v.Bytes())))
	if !strings.Contains(laid, "\n") {
		a.text(label + " " + laid + "\n")
		return
	}
	a.text(label + "\n")
	a.indented(beneath, laid)
}

// blocks prints what a source shows, as it is on the screen.
func (a *access) blocks(s pager.Source) {
	for i := pager.After(s, -1); i < s.Len(); i = pager.After(s, i) {
		b := s.Block(i)
		a.indented(beneath+strings.Repeat(" ", b.Indent), b.Text)
	}
}

// shown is a value for reading: a picture, a sound or a file in it is replaced by what it is.
func shown(v model.Value) model.Value { return model.Raw(media.Shown(v.Bytes())) }
