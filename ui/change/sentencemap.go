package change

import (
	"strings"

	"errata/model"
	"errata/model/jsonraw"
	"errata/model/path"
)

// inMap says which members of an object came, went or changed.
func (s speaker) inMap(lead string, before, after []byte) string {
	m, ok := matched(before, after)
	if !ok {
		return lead + "changed"
	}
	if len(m.changed) == 1 && len(m.gone)+len(m.come) == 0 {
		name := m.changed[0]
		where := path.Member(name).Behind(s.where)
		if s.words {
			where = s.where + ", " + name
		}
		return s.within(where, false, m.was[name].Val.Of(before), m.is[name].Val.Of(after))
	}
	var parts []string
	say := func(list []string, did string, of map[string]jsonraw.Member, raw []byte) {
		if len(list) == 0 {
			return
		}
		text := did + " " + namesOf(list)
		if len(list) == 1 && of != nil {
			text += ": " + gist(&model.Field{}, model.Raw(of[list[0]].Val.Of(raw)), s.most)
		}
		parts = append(parts, text)
	}
	say(m.come, "added", m.is, after)
	say(m.changed, "changed", nil, nil)
	say(m.gone, "removed", m.was, before)
	return lead + strings.Join(parts, "; ")
}

// matching is the members of two objects in their order and by name, and the names of those that
// differ.
type matching struct {
	old, now            []jsonraw.Member
	was, is             map[string]jsonraw.Member
	gone, changed, come []string
}

// matched reads two objects; ok is false when that fails, or a name stands twice in one.
func matched(before, after []byte) (m matching, ok bool) {
	var err error
	if m.old, err = jsonraw.Members(before); err != nil {
		return m, false
	}
	if m.now, err = jsonraw.Members(after); err != nil {
		return m, false
	}
	if m.was, ok = byName(m.old); !ok {
		return m, false
	}
	if m.is, ok = byName(m.now); !ok {
		return m, false
	}
	for _, old := range m.old {
		if now, ok := m.is[old.Name]; !ok {
			m.gone = append(m.gone, old.Name)
		} else if !same(old.Val.Of(before), now.Val.Of(after)) {
			m.changed = append(m.changed, old.Name)
		}
	}
	for _, now := range m.now {
		if _, ok := m.was[now.Name]; !ok {
			m.come = append(m.come, now.Name)
		}
	}
	return m, true
}
