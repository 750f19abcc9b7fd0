package cli

import (
	"context"
	"slices"
	"strings"

	"errata/model"
	"errata/model/jsonraw"
	"errata/model/media"
)

// indentation of what stands beneath a label.
const beneath = "    "

// read prints a log for reading: its head, the fields in their groups, and the members that cannot
// be changed.
func (a *access) read(ctx context.Context, svc *service, id string) error {
	doc, err := svc.Log(ctx, id)
	if err != nil {
		return err
	}
	log, err := parse(doc)
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

// oneLine keeps a text from breaking the line it stands on.
func oneLine(s string) string { return strings.NewReplacer("\n", " ", "\r", " ").Replace(s) }

func (a *access) readField(f *model.Field, v model.Value) {
	if f.Kind == model.Messages || f.Kind == model.Message {
		if list, ok := model.ReadMessages(v); ok && v.IsSet() {
			a.out.printf("  %s:\n", f.Label)
			for _, m := range list {
				a.readMessage(m)
			}
			return
		}
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

func (a *access) readMessage(m model.ChatMessage) {
	head := m.Role
	for _, word := range []string{m.Name, m.ToolCallID} {
		if word != "" {
			head += " (" + word + ")"
		}
	}
	a.indented(beneath, oneLine(head)+":")
	const inner = beneath + "  "
	if m.Bad != "" {
		a.indented(inner, m.Bad)
	}
	for _, p := range m.Thinking {
		a.indented(inner, "["+oneLine(p.Type)+"]")
		a.indented(inner, partText(p))
	}
	for _, p := range m.Content {
		if words, ok := heldText(p); ok {
			a.indented(inner, words)
			continue
		}
		if p.Type != "text" {
			a.indented(inner, "["+oneLine(p.Type)+"]")
		}
		a.indented(inner, partText(p))
	}
	for _, c := range m.ToolCalls {
		a.indented(inner, "calls "+oneLine(c.Function)+" ("+oneLine(c.ID)+")")
		if s, ok := c.Arguments.Text(); ok {
			a.indented(inner+"  ", s)
		}
	}
	for _, o := range m.Other {
		a.indented(inner, oneLine(o.Name)+": "+string(jsonraw.Compact(media.Shown(o.Value.Bytes()))))
	}
}

func partText(p model.Part) string {
	if s, ok := shown(p.Raw).Text(); ok {
		return s
	}
	return string(jsonraw.Indent(media.Shown(p.Raw.Bytes())))
}

// heldText is what a part holds that is no text, if it says nothing besides.
func heldText(p model.Part) (words string, ok bool) {
	if d, ok := media.Of(p.Type, p.Raw.Bytes()); ok {
		return d.String(), true
	}
	found, ok := media.In(p.Raw.Bytes())
	return found.String(), ok && len(found.Others) == 0
}

// shown is a value for reading: a picture, a sound or a file in it is replaced by what it is.
func shown(v model.Value) model.Value { return model.Raw(media.Shown(v.Bytes())) }
