package model

import (
	"cmp"
	"slices"
	"strings"

	"errata/model/charset"
	"errata/model/jsonraw"
)

// Summary is a row of a table of logs. Every string is decoded text of the log, not made safe for a
// terminal.
type Summary struct {
	// Status: "error" or "ok"; Output: its first words, at most 200 bytes
	ID, Created, Status, Model, Tokens, Cost, Latency, Output string

	PromptID, Prompt string // the path, or the id where it has none
	Question         string // the first words of the last message of the user, as of Output
}

// Limits of what a summary looks at.
const (
	wordBytes    = 200  // of an output
	glimpseBytes = 4096 // of a message, to find its content
)

// Summarize makes the row. Its cost grows with the size of the messages alone, among which the last
// of the user is looked for. The output is that of the output message where there is no text, and
// the error's words where there is an error.
func (l *Log) Summarize() Summary {
	head := l.Head()
	s := Summary{
		ID:      head.ID,
		Created: firstWords(l.Value(createdAt)),
		Status:  "ok",
		Model:   head.Model,
		Tokens:  sum(l.Value(promptTokens), l.Value(outputTokens)),
		Cost:    sum(l.Value(promptCost), l.Value(outputCost)),
		Latency: sum(l.Value(latency)),
		Output:  firstWords(l.Value(output)),

		PromptID: head.PromptID,
		Prompt:   cmp.Or(head.PromptPath, head.PromptID),
		Question: question(l.Value(messages)),
	}
	if s.Output == "" {
		s.Output = firstWords(Value{raw: jsonraw.Glimpse(l.Value(outputMessage).Bytes(), "content", glimpseBytes)})
	}
	if failure := l.Value(errorText); filled(failure) {
		s.Status = "error"
		if words := firstWords(failure); words != "" {
			s.Output = words
		}
	}
	return s
}

// question is the start of what the user said last in a list of messages.
func question(v Value) string {
	if v.Kind() != jsonraw.Array {
		return ""
	}
	elements, err := jsonraw.Elements(v.Bytes())
	if err != nil {
		return ""
	}
	for _, e := range slices.Backward(elements) {
		m := readMessage(Value{raw: e.Val.Of(v.Bytes())})
		if m.Role != asker {
			continue
		}
		for _, part := range m.Content {
			if words := firstWords(part.Raw); words != "" {
				return words
			}
		}
	}
	return ""
}

// asker is the role of the messages in which a user speaks.
const asker = "user"

// firstWords is the start of a string's text on one line: runs of white space become one space.
func firstWords(v Value) string {
	text, _ := jsonraw.TextPrefix(v.Bytes(), 2*wordBytes)
	text = strings.Join(strings.Fields(text), " ")
	return charset.Head(text, wordBytes)
}
