// Package reading chooses how the value of a field is shown for reading: messages as cards, text as
// text, numbers and times with what they mean, anything else as the JSON that it is.
//
// It knows fields and the sources of a pager. It must not know how a value is edited, nor screens.
package reading

import (
	"strings"
	"time"

	"errata/model"
	"errata/model/jsonraw"
	"errata/model/media"
	"errata/ui/chat"
	"errata/ui/find"
	"errata/ui/pager"
	"errata/ui/theme"
	"errata/ui/units"
)

// For chooses the source for a value of field f. Absent and null are shown as words in the theme's
// Muted. A value that does not fit its field is shown as JSON. Without a field, f nil, text is
// shown as text and the rest as JSON.
func For(f *model.Field, v model.Value, th *theme.Theme) pager.Source {
	switch {
	case v.IsAbsent():
		return pager.Heading("absent", th.Muted)
	case v.IsNull():
		return pager.Line(pager.Run{Text: "null", Style: th.Muted, Of: v.Bytes()})
	}
	if s := fitting(f, v, th); s != nil {
		return s
	}
	return pager.Tree(v.Bytes(), th)
}

// Searched says what of a value is searched, so that all that is found is shown.
func Searched(f *model.Field, v model.Value) find.Options {
	k := v.Kind()
	if f == nil || f.Kind != model.Message && f.Kind != model.Messages || k != jsonraw.Array && k != jsonraw.Object {
		return find.Options{}
	}
	return chat.Searched(k == jsonraw.Object)
}

// fitting is the source for a value of the field's kind, nil for any other value.
func fitting(f *model.Field, v model.Value, th *theme.Theme) pager.Source {
	isText := v.Kind() == jsonraw.String
	if f == nil {
		if isText {
			return text(v, th)
		}
		return nil
	}
	switch f.Kind {
	case model.Line, model.Text, model.ToolChoice:
		if isText {
			return text(v, th)
		}
	case model.Integer, model.Decimal:
		if v.Kind() == jsonraw.Number {
			return number(f, v, th)
		}
	case model.Datetime:
		if isText {
			return moment(v, th)
		}
	case model.Message, model.Messages:
		if s, ok := Conversation(f, v, th); ok {
			return s
		}
	}
	return nil
}

// Conversation is the source for messages, or for one of them; ok is false for any other value.
func Conversation(f *model.Field, v model.Value, th *theme.Theme) (s pager.Source, ok bool) {
	if f.Kind != model.Message && f.Kind != model.Messages {
		return nil, false
	}
	return chat.Cards(v.Bytes(), th)
}

// Talk is the source for messages as a conversation is read, and a byte at the beginning of what
// the user asked last, -1 for none; for any other value that of For.
func Talk(f *model.Field, v model.Value, th *theme.Theme) (s pager.Source, question int) {
	if s, question, ok := chat.Talk(v.Bytes(), th); ok && (f.Kind == model.Message || f.Kind == model.Messages) {
		return s, question
	}
	return For(f, v, th), -1
}

func text(v model.Value, th *theme.Theme) pager.Source {
	if len(v.Bytes()) <= len(`""`) {
		return pager.Heading("empty text", th.Muted)
	}
	if d, ok := media.Of("", v.Bytes()); ok {
		return pager.Heading(d.String(), th.Info)
	}
	return pager.Text(v.Bytes(), th, nil)
}

// number shows a number with its unit and, when that differs, below it as it is written.
func number(f *model.Field, v model.Value, th *theme.Theme) pager.Source {
	literal := string(v.Bytes())
	shown, is := units.Of(f, literal), pager.Run{Text: literal, Style: th.JSONNumber, Of: v.Bytes()}
	if before, after, ok := strings.Cut(shown, literal); ok {
		return pager.Line(pager.Run{Text: before, Style: th.JSONNumber}, is, pager.Run{Text: after, Style: th.JSONNumber})
	}
	return pager.Join(pager.Heading(shown, th.JSONNumber), pager.Line(is, pager.Run{Text: " in the log", Style: th.Muted}))
}

// moment shows a time as it is written and, when that differs, below it in UTC.
func moment(v model.Value, th *theme.Theme) pager.Source {
	const long = 100 // no time is longer
	written, whole := jsonraw.TextPrefix(v.Bytes(), long)
	if !whole || written == "" {
		return text(v, th)
	}
	below := pager.Heading("no time that errata can read", th.Warning)
	switch t, naive, err := model.ParseTime(written); {
	case err != nil:
	case naive:
		below = pager.Heading(utc(t)+": no zone is given, which means UTC", th.Muted)
	default:
		below = pager.Heading(utc(t), th.Muted)
	}
	return pager.Join(pager.Line(pager.Run{Text: written, Style: th.Text, Of: v.Bytes()}), below)
}

func utc(t time.Time) string {
	return t.UTC().Format("2 January 2006, 15:04:05.999999999 UTC")
}
