package rules

import (
	"bytes"
	"errors"

	"errata/api"
	"errata/model/jsonraw"
)

// The first steps of a location, as FastAPI names the parts of a request.
const (
	inBody  = "body"
	inQuery = "query"
)

// notJSON is the type of an entry for a text that is not JSON.
const notJSON = "value_error.jsondecode"

// members reads the body of a request as a JSON object without duplicate names. The entries say
// what is wrong with it. Where names are duplicates the members are listed all the same.
func members(body []byte) ([]jsonraw.Member, []api.FieldError) {
	switch kind := jsonraw.KindOf(body); kind {
	case jsonraw.Object:
		list, err := jsonraw.Members(body)
		if err != nil {
			return nil, []api.FieldError{syntax(err)}
		}
		return list, unreadable(list)
	case jsonraw.None:
		if len(bytes.TrimSpace(body)) == 0 {
			return nil, []api.FieldError{entry(missing, inBody)}
		}
		fallthrough
	default:
		if err := jsonraw.Check(body); err != nil {
			return nil, []api.FieldError{syntax(err)}
		}
		if kind == jsonraw.Null {
			return nil, []api.FieldError{entry(missing, inBody)}
		}
		return nil, []api.FieldError{entry(text{"value is not a valid dict", "type_error.dict"}, inBody)}
	}
}

// unreadable makes the entries for names that stand twice, once each, and for values that a strict
// JSON reader refuses.
func unreadable(list []jsonraw.Member) []api.FieldError {
	var bad []api.FieldError
	count := make(map[string]int, len(list))
	for _, m := range list {
		if count[m.Name]++; count[m.Name] == 2 {
			bad = append(bad, entry(twice, inBody, m.Name))
		}
		if m.Err != nil {
			bad = append(bad, entry(refusal(m.Err), inBody, m.Name))
		}
	}
	return bad
}

// refusal is the wording for a value that a strict reader refuses: a name stands twice in it, or it
// holds bytes that are not UTF-8.
func refusal(err error) text {
	var at *jsonraw.SyntaxError
	if errors.As(err, &at) && at.Twice {
		return text{at.Msg, twice.kind}
	}
	return text{err.Error(), notJSON}
}

// syntax is the entry for a body that is not JSON; its location holds the offset in bytes.
func syntax(err error) api.FieldError {
	offset := 0
	var at *jsonraw.SyntaxError
	if errors.As(err, &at) {
		offset = at.Offset
	}
	return entry(text{err.Error(), notJSON}, inBody, offset)
}
