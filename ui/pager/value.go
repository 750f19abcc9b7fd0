package pager

import (
	"strings"
	"time"

	"errata/model"
	"errata/model/jsonraw"
	"errata/model/media"
	"errata/ui/theme"
	"errata/ui/units"
)

// For chooses the source for a value of field f; absent and null are shown as the words in the
// theme's Muted. A value that does not fit its field is shown as the JSON that it is. Without a
// field, f nil, text is shown as text and the rest as JSON.
func For(f *model.Field, v model.Value, th *theme.Theme) Source {
	switch {
	case v.IsAbsent():
		return words(run{"absent", th.Muted})
	case v.IsNull():
		return words(run{"null", th.Muted})
	}
	if s := fitting(f, v, th); s != nil {
		return s
	}
	return Tree(v.Bytes(), th)
}

// fitting is the source for a value of the field's kind, nil for any other value.
func fitting(f *model.Field, v model.Value, th *theme.Theme) Source {
	isText := v.Kind() == jsonraw.String
	if f == nil {
		if isText {
			return literalWords(v, th)
		}
		return nil
	}
	switch f.Kind {
	case model.Line, model.Text:
		if isText {
			return literalWords(v, th)
		}
	case model.Integer, model.Decimal:
		if v.Kind() == jsonraw.Number {
			return number(f, v, th)
		}
	case model.Datetime:
		if isText {
			return moment(v, th)
		}
	case model.ToolChoice:
		if isText {
			return literalWords(v, th)
		}
	case model.Message, model.Messages:
		if list, ok := model.ReadMessages(v); ok {
			return Conversation(list, th)
		}
	}
	return nil
}

func words(runs ...run) Source {
	var j joined
	j.say(0, runs...)
	return &j
}

func literalWords(v model.Value, th *theme.Theme) Source {
	if len(v.Bytes()) <= len(`""`) {
		return words(run{"empty text", th.Muted})
	}
	if d, ok := media.Of("", v.Bytes()); ok {
		return words(run{d.String(), th.Info})
	}
	return literal(v.Bytes(), th, nil)
}

// figure is a number with its unit and, below, as it is written when that is otherwise.
func number(f *model.Field, v model.Value, th *theme.Theme) Source {
	literal := string(v.Bytes())
	shown := units.Of(f, literal)
	var j joined
	j.say(0, run{shown, th.JSONNumber})
	if !strings.Contains(shown, literal) {
		j.say(0, run{literal, th.JSONNumber}, run{" in the log", th.Muted})
	}
	return &j
}

// moment is a time as written and, below, the same in UTC when that is written otherwise.
func moment(v model.Value, th *theme.Theme) Source {
	const long = 100 // no time is longer
	text, whole := jsonraw.TextPrefix(v.Bytes(), long)
	if !whole || text == "" {
		return literalWords(v, th)
	}
	var j joined
	j.say(0, run{text, th.Text})
	t, naive, err := model.ParseTime(text)
	switch {
	case err != nil:
		j.say(0, run{"no time that errata can read", th.Warning})
	case naive:
		j.say(0, run{utc(t) + ": no zone is given, which means UTC", th.Muted})
	default:
		j.say(0, run{utc(t), th.Muted})
	}
	return &j
}

func utc(t time.Time) string {
	return t.UTC().Format("2 January 2006, 15:04:05.999999999 UTC")
}
