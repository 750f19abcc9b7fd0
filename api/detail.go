package api

import (
	"fmt"
	"strconv"
	"strings"

	"errata/model/jsonraw"
)

// detail is the explanation in the body of an error: a text, or a list of entries about members.
type detail struct {
	text   string
	fields []FieldError
}

// parseDetail reads {"detail": …}, where the detail is a text, an object with one, or a list of
// entries {loc, msg, type}. What is none of these gives an empty detail.
func parseDetail(body []byte) detail {
	raw, ok := object(body).raw("detail")
	if !ok {
		return detail{}
	}
	switch jsonraw.KindOf(raw) {
	case jsonraw.String:
		text, _ := jsonraw.Text(raw)
		return detail{text: text}
	case jsonraw.Object:
		return detail{text: object(raw).first("description", "msg", "message")}
	case jsonraw.Array:
		return detail{fields: entries(raw)}
	}
	return detail{}
}

func entries(list []byte) []FieldError {
	elements, err := jsonraw.Elements(list)
	if err != nil {
		return nil
	}
	var fields []FieldError
	for _, el := range elements {
		entry := object(el.Val.Of(list))
		if entry.members == nil {
			continue
		}
		loc, _ := entry.raw("loc")
		fields = append(fields, FieldError{Loc: steps(loc), Msg: entry.first("msg"), Type: entry.first("type")})
	}
	return fields
}

// steps reads the location of an entry: strings and whole numbers. Other elements are left out.
func steps(list []byte) []any {
	elements, err := jsonraw.Elements(list)
	if err != nil {
		return nil
	}
	var loc []any
	for _, el := range elements {
		raw := el.Val.Of(list)
		if text, ok := jsonraw.Text(raw); ok {
			loc = append(loc, text)
		} else if n, err := strconv.Atoi(string(raw)); err == nil {
			loc = append(loc, n)
		}
	}
	return loc
}

// shape is an object of which only some members are read.
type shape struct {
	doc     []byte
	members []jsonraw.Member
}

func object(doc []byte) shape {
	members, err := jsonraw.Members(doc)
	if err != nil {
		return shape{}
	}
	return shape{doc, members}
}

func (s shape) raw(name string) ([]byte, bool) {
	m, ok := jsonraw.Find(s.members, name)
	if !ok {
		return nil, false
	}
	return m.Val.Of(s.doc), true
}

// first is the text of the first of the named members that is a string.
func (s shape) first(names ...string) string {
	for _, name := range names {
		if raw, ok := s.raw(name); ok {
			if text, ok := jsonraw.Text(raw); ok {
				return text
			}
		}
	}
	return ""
}

// fieldsText says what is wrong with which members: `messages[1].role: field required; output: str
// type expected`.
func fieldsText(fields []FieldError) string {
	const most = 3
	var parts []string
	for i, f := range fields {
		if i == most {
			parts = append(parts, fmt.Sprintf("and %d more", len(fields)-most))
			break
		}
		parts = append(parts, memberName(f.Loc)+": "+f.Msg)
	}
	return strings.Join(parts, "; ")
}

// memberName names the member that a location leads to, "the request" when it leads to none.
func memberName(loc []any) string {
	if len(loc) > 0 {
		switch loc[0] {
		case "body", "query", "path":
			loc = loc[1:]
		}
	}
	var b strings.Builder
	for _, step := range loc {
		switch step := step.(type) {
		case string:
			if b.Len() > 0 {
				b.WriteByte('.')
			}
			b.WriteString(cutText(step))
		case int:
			fmt.Fprintf(&b, "[%d]", step)
		}
	}
	if b.Len() == 0 {
		return "the request"
	}
	return b.String()
}
