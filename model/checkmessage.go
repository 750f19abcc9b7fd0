package model

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"errata/model/jsonraw"
)

var roles = []string{"user", "assistant", "system", "tool", "developer"}

// messages checks a list of chat messages.
func (c *checker) messages(v Value) {
	if !c.want(v, nil, jsonraw.Array) {
		return
	}
	defer func(outer Value) { c.element = outer }(c.element)
	for i, m := range v.special() {
		c.element = m
		if c.message(m, []any{i}); c.more >= MostCounted {
			break
		}
	}
}

// message checks a chat message. Members that it does not know are allowed.
func (c *checker) message(v Value, path []any) {
	if _, _, ok := PlainMessage(v); !ok {
		c.inMessage(v, path)
	}
}

// inMessage reads all that a message holds.
func (c *checker) inMessage(v Value, path []any) {
	m := c.members(v, path)
	if m == nil {
		return
	}
	c.role(m, path)
	if content, ok := m["content"]; ok && content.IsSet() && content.Kind() != jsonraw.String {
		at := child(path, "content")
		if content.Kind() == jsonraw.Array {
			c.list(content, at, c.part)
		} else {
			c.add(at, WantString, "wants a string or a list, not "+content.Kind().Word())
		}
	}
	c.optional(m, path, "name", jsonraw.String)
	c.optional(m, path, "tool_call_id", jsonraw.String)
	if calls, ok := c.optional(m, path, "tool_calls", jsonraw.Array); ok {
		c.list(calls, child(path, "tool_calls"), c.call)
	}
	if thinking, ok := c.optional(m, path, "thinking", jsonraw.Array); ok {
		c.list(thinking, child(path, "thinking"), c.part)
	}
}

// PlainMessage returns the role of a message in which nothing is wrong, because it has a role,
// holds a text or nothing, and makes no calls; and whether it has a place for the id of a call that
// it answers. ok is false for any other. It serves most of many messages, and reads none of the
// text.
func PlainMessage(v Value) (role string, answers, ok bool) {
	for key, raw := range jsonraw.EachMember(v.Bytes()) {
		kind := jsonraw.KindOf(raw)
		switch string(key) {
		case `"role"`:
			word := raw[min(1, len(raw)):max(len(raw)-1, 1)]
			i := slices.IndexFunc(roles, func(r string) bool { return r == string(word) })
			if i < 0 || kind != jsonraw.String || role != "" {
				return "", false, false
			}
			role = roles[i]
		case `"content"`, `"name"`, `"tool_call_id"`:
			if kind != jsonraw.String && kind != jsonraw.Null {
				return "", false, false
			}
			answers = answers || string(key) == `"tool_call_id"`
		case `"tool_calls"`, `"thinking"`:
			if kind != jsonraw.Null {
				return "", false, false
			}
		default:
			if bytes.IndexByte(key, '\\') >= 0 {
				return "", false, false
			}
		}
	}
	return role, answers, role != ""
}

func (c *checker) role(m map[string]Value, path []any) {
	role, ok := m["role"]
	at := child(path, "role")
	switch word, isText := role.Text(); {
	case !ok:
		c.lacks(path, "role")
	case role.IsNull():
		c.add(at, NotNull, "cannot be null")
	case !isText:
		c.add(at, WantOneOf, "wants one of "+strings.Join(roles, ", ")+", not "+role.Kind().Word())
	case !slices.Contains(roles, word):
		c.add(at, WantOneOf, "wants one of "+strings.Join(roles, ", ")+", not "+quoted(word))
	}
}

// part checks an item of a message's content or thinking.
func (c *checker) part(v Value, path []any) {
	if m := c.members(v, path); m != nil {
		c.required(m, path, "type", jsonraw.String)
	}
}

func (c *checker) call(v Value, path []any) {
	m := c.members(v, path)
	if m == nil {
		return
	}
	c.required(m, path, "id", jsonraw.String)
	c.required(m, path, "type", jsonraw.String)
	if fn, ok := c.required(m, path, "function", jsonraw.Object); ok {
		at := child(path, "function")
		inner := c.members(fn, at)
		c.required(inner, at, "name", jsonraw.String)
		c.optional(inner, at, "arguments", jsonraw.String)
	}
}

// list checks that v is a list and each of its elements.
func (c *checker) list(v Value, path []any, check func(Value, []any)) {
	if !c.want(v, path, jsonraw.Array) {
		return
	}
	defer func(outer Value) { c.element = outer }(c.element)
	i := 0
	for e := range jsonraw.EachElement(v.Bytes()) {
		c.element = Value{raw: e.Val.Of(v.Bytes())}
		check(c.element, child(path, i))
		if i++; c.more >= MostCounted {
			break
		}
	}
}

// members reads the object at path, nil when there is none, which is noted.
func (c *checker) members(v Value, path []any) map[string]Value {
	if v.IsNull() {
		c.add(path, NotNull, "cannot be null")
		return nil
	}
	if !c.want(v, path, jsonraw.Object) {
		return nil
	}
	list, _ := jsonraw.Members(v.Bytes())
	m := make(map[string]Value, len(list))
	for _, member := range list {
		m[member.Name] = Value{raw: member.Val.Of(v.Bytes())}
	}
	return m
}

// required gives the member when it is there and of kind.
func (c *checker) required(m map[string]Value, path []any, name string, kind jsonraw.Kind) (Value, bool) {
	v, ok := m[name]
	at := child(path, name)
	switch {
	case !ok:
		c.lacks(path, name)
		return Absent, false
	case v.IsNull():
		c.add(at, NotNull, "cannot be null")
		return Absent, false
	}
	return v, c.want(v, at, kind)
}

// optional gives the member when it is set and of kind.
func (c *checker) optional(m map[string]Value, path []any, name string, kind jsonraw.Kind) (Value, bool) {
	v, ok := m[name]
	if !ok || !v.IsSet() {
		return Absent, false
	}
	return v, c.want(v, child(path, name), kind)
}

// child is path with one more step, never sharing memory with it.
func child(path []any, step any) []any { return append(slices.Clip(path), step) }

// pathText writes a path as one reads it: "[1].role".
func pathText(path []any) string {
	return stepsText(path, strconv.Itoa)
}

// placeText is pathText without the positions in lists: "[].role".
func placeText(path []any) string { return stepsText(path, func(int) string { return "" }) }

func stepsText(path []any, position func(int) string) string {
	var b strings.Builder
	for _, step := range path {
		switch step := step.(type) {
		case int:
			b.WriteString("[" + position(step) + "]")
		case string:
			b.WriteString("." + step)
		}
	}
	return b.String()
}
