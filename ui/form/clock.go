package form

import (
	"strings"
	"time"

	"errata/model"
	"errata/ui/keys"
	"errata/ui/sanitize"
	"errata/ui/units"
)

// aid is what helps in an editor of one line. It is made when the editor opens: what the hint says
// of it must not change by itself, nor with every key.
type aid struct {
	now     time.Time      // for relative times
	zone    *time.Location // of this machine
	manner  string         // a time to take the notation from where the text is none
	choices []choice       // of a tool choice
}

// aid makes the aid for an editor of a field.
func (s *sheet) aid(f *model.Field) aid {
	switch f.Kind {
	case model.ToolChoice:
		return aid{choices: choices(s.changes.ToolNames())}
	case model.Datetime:
		a := aid{now: s.now(), zone: s.o.Zone, manner: s.manner(f)}
		if a.zone == nil {
			a.zone = time.Local
		}
		return a
	}
	return aid{}
}

// manner is a time in the notation that a field is written in: its own, else that of another time
// of the log, else that of times which servers make.
func (s *sheet) manner(f *model.Field) string {
	for _, v := range []model.Value{s.changes.Value(f), s.changes.Base().Value(f)} {
		if text, ok := timeText(v); ok {
			return text
		}
	}
	for _, other := range model.Form() {
		if text, ok := timeText(s.changes.Value(other)); ok && other.Kind == model.Datetime {
			return text
		}
	}
	return "2006-01-02T15:04:05.000000Z"
}

// timeText is the text of a value that is a time.
func timeText(v model.Value) (text string, ok bool) {
	if text, ok = v.Text(); !ok {
		return "", false
	}
	_, err := model.ReadMoment(text)
	return text, err == nil
}

// aids are the tables of keys that hold in this editor besides those of every editor of one line.
func (s *session) aids() []keys.Map {
	switch s.field.Kind {
	case model.Datetime:
		return []keys.Map{keys.Clock}
	case model.ToolChoice:
		return []keys.Map{keys.Choice}
	}
	return nil
}

// aided does what a key does in editors of this kind alone. It reports whether it did.
func (s *session) aided(key string, now time.Time) bool {
	var action keys.Action
	for _, table := range s.aids() {
		action = table.Action(key)
	}
	text := string(s.ed.Text().Bytes())
	switch action {
	case keys.Up:
		return s.nudge(-1)
	case keys.Down:
		return s.nudge(1)
	case keys.UTC, keys.Local, keys.MinuteUp, keys.MinuteDown:
		return s.rewrite(s.retime(text, action))
	case keys.Now:
		s.aid.now = now
		return s.rewrite(s.nowLike(text, now))
	}
	return false
}

// retime is the text of a time after a key; "" if the text is not a time.
func (s *session) retime(text string, action keys.Action) string {
	t, err := model.ReadMoment(text)
	ok := err == nil
	if !ok {
		t, ok = model.ReadEpoch(text)
	}
	if !ok {
		return ""
	}
	switch action {
	case keys.UTC:
		t = t.UTC()
	case keys.Local:
		t, ok = t.In(s.aid.zone)
	case keys.MinuteUp:
		t, ok = t.Step(model.Minute, 1)
	case keys.MinuteDown:
		t, ok = t.Step(model.Minute, -1)
	}
	if !ok {
		return ""
	}
	return t.String()
}

// nowLike is the present time, written as the text is, or as the aid says where the text is not a
// time.
func (s *session) nowLike(text string, now time.Time) string {
	t, err := model.ReadMoment(text)
	if err != nil {
		t, _ = model.ReadMoment(s.aid.manner)
	}
	return t.At(now).String()
}

// clockHint says which moment a time names: the zone as typed, UTC, the time here, and how long ago
// that is.
func (a aid) clockHint(text string) string {
	t, err := model.ReadMoment(text)
	if counted, ok := model.ReadEpoch(text); err != nil && ok {
		return "counted from 1970 it is " + counted.String() + "; alt+u writes that"
	}
	if err != nil {
		return "YYYY-MM-DDTHH:MM:SS with a fraction, and Z or an offset if you like; alt+n is now"
	}
	zone := t.Zone()
	if zone == "" {
		zone = "no zone"
	}
	utc, here := t.Time().UTC(), t.Time().In(a.zone)
	hint := zone + ": " + utc.Format("2 Jan 2006 15:04:05") + " UTC"
	_, offset := here.Zone()
	switch {
	case offset == 0:
		hint += ", here too"
	case here.YearDay() == utc.YearDay():
		hint += " · " + here.Format("15:04:05 -07:00") + " here"
	default:
		hint += " · " + here.Format("2 Jan 15:04:05 -07:00") + " here"
	}
	return hint + " · " + model.Ago(t.Time(), a.now)
}

// hint says what a kind wants, and live what the text means.
func (s *session) hint() (words, live string) {
	// nothing that is read here is longer, and a long text is not copied for each frame
	const long = 1 << 10
	text := ""
	if now := s.ed.Text(); now.Len() <= long {
		text = string(now.Bytes())
	}
	switch s.field.Kind {
	case model.Integer:
		return "a whole number; alt+↑ ↓ step  ", units.Figure(s.field, text)
	case model.Decimal:
		return "sent with exactly these digits; alt+↑ ↓ step the last  ", units.Figure(s.field, text)
	case model.ToolChoice:
		return choiceHint(s.aid.choices), ""
	case model.Datetime:
		return "", s.aid.clockHint(text)
	case model.Map, model.Message, model.Messages:
		return "JSON", ""
	default:
		return "", ""
	}
}

// trouble is why the text is not a value, and the key that helps, if there is one.
func (s *session) trouble() string {
	text := string(s.ed.Text().Bytes())
	switch s.field.Kind {
	case model.Datetime:
		if _, err := model.ReadMoment(text); err != nil {
			return "no time yet: " + err.Error()
		}
	case model.ToolChoice:
		if fits := completions(text, s.aid.choices); len(fits) > 0 {
			return "no choice yet: ctrl+n completes " + fits[0].name
		}
	}
	return s.err.Error()
}

// noZone is in the list behind a time that has none.
const noZone = "no zone"

// fitted is a time within a number of cells, followed by its zone. If there is no room for all of
// it, the fraction of the second is left out.
func fitted(text string, room int) (clock, zone string) {
	t, err := model.ReadMoment(text)
	if err != nil {
		return sanitize.Line(text, room), ""
	}
	zone = t.Zone()
	clock = strings.Replace(strings.TrimSuffix(text, zone), "T", " ", 1)
	short, long := " "+zone, " "+zone
	if zone == "" {
		short, long = " UTC", " UTC, "+noZone
	}
	switch {
	case sanitize.Width(clock)+len(long) <= room:
		return clock, long
	case sanitize.Width(clock)+len(short) > room:
		clock, _, _ = strings.Cut(clock, ".")
	}
	if room < len("2006-01-02…")+len(short) {
		return sanitize.Line(clock, room), ""
	}
	return sanitize.Line(clock, room-len(short)), short
}
