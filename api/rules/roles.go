package rules

import "errata/model"

// The fields that a list of logs is ordered and searched by, told by their place in the table rather than by name: the time of the log is the
// first time, the output the one text of the conversation, and of the two maps of the context the first holds the inputs and the second the metadata.

// Time is the field that holds the time of a log, by which lists are ordered and filtered.
func Time() *model.Field {
	return nth(0, func(f *model.Field) bool { return f.Kind == model.Datetime })
}

// Searched lists the fields whose text the search of a list reads.
func Searched() []*model.Field {
	output := nth(0, func(f *model.Field) bool { return f.Kind == model.Text && f.Group == model.Conversation })
	return []*model.Field{nth(0, contextMap), output}
}

// Metadata is the field whose text the metadata search of a list reads.
func Metadata() *model.Field { return nth(1, contextMap) }

func contextMap(f *model.Field) bool { return f.Kind == model.Map && f.Group == model.Context }

// nth is the field at position n, from 0, among those that fit.
func nth(n int, fits func(*model.Field) bool) *model.Field {
	for _, f := range model.Fields() {
		if !fits(f) {
			continue
		}
		if n == 0 {
			return f
		}
		n--
	}
	return nil
}
