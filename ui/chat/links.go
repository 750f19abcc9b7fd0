package chat

import (
	"slices"

	"errata/model"
	"errata/model/jsonraw"
	"errata/model/tree"
)

// link is what a message has to do with others: the calls that it makes, or the call that it
// answers.
type link struct {
	role    string
	answers string // of a tool message
	calls   []made
}

// made is a tool call: its id and its function.
type made struct{ id, function string }

// links knows who calls whom, for every message of the list. An edit replaces a run of them.
type links struct {
	list          []*link
	made, answers map[string]int // how often an id is called and answered
}

func newLinks(messages []*tree.Node) *links {
	l := &links{made: map[string]int{}, answers: map[string]int{}}
	l.splice(0, 0, messages)
	return l
}

// splice replaces del links from at on by those of messages.
func (l *links) splice(at, del int, messages []*tree.Node) {
	l.count(l.list[at:at+del], -1)
	fresh := make([]*link, len(messages))
	for i, n := range messages {
		fresh[i] = readLink(n)
	}
	l.count(fresh, 1)
	l.list = slices.Replace(l.list, at, at+del, fresh...)
}

func (l *links) count(list []*link, by int) {
	for _, k := range list {
		if k.role == toolRole {
			l.answers[k.answers] += by
		}
		for _, c := range k.calls {
			l.made[c.id] += by
		}
	}
}

// plain are the links of messages that neither call nor answer; most do not.
var plain = map[string]*link{
	"user": {role: "user"}, "assistant": {role: "assistant"}, "system": {role: "system"}, "developer": {role: "developer"}, "": {},
}

// readLink reads the little of a message that others depend on. A message that says nothing of
// tools is not taken apart.
func readLink(n *tree.Node) *link {
	if n.Kind() != jsonraw.Object {
		return plain[""]
	}
	const large = 16 << 10
	if n.Size() < large { // the tree has taken larger ones apart when it was made
		raw := n.Bytes()
		role, answers, ok := model.PlainMessage(model.Raw(raw))
		if k := plain[role]; ok && !answers && k != nil {
			return k
		}
		n = tree.New(raw) // what is read of it here is not kept
	}
	k := &link{role: word(n, roleName), answers: word(n, callIDName)}
	_, calls := childAt(n, callsName)
	if calls == nil || calls.Kind() != jsonraw.Array {
		if p, ok := plain[k.role]; ok && k.answers == "" {
			return p
		}
		return k
	}
	for i := range calls.Len() {
		c := calls.Child(i)
		_, function := childAt(c, "function")
		k.calls = append(k.calls, made{word(c, "id"), word(function, nameName)})
	}
	return k
}

// asked finds the call that message i answers: the nearest before it of that id.
func (l *links) asked(i int) (at int, function string, ok bool) {
	id := l.list[i].answers
	if l.made[id] == 0 {
		return 0, "", false
	}
	for at = i - 1; at >= 0; at-- {
		for _, c := range l.list[at].calls {
			if c.id == id {
				return at, c.function, true
			}
		}
	}
	return 0, "", false
}

// answered reports whether a call that message i makes is answered by one behind it.
func (l *links) answered(i int, id string) bool {
	if l.answers[id] == 0 {
		return false
	}
	return slices.ContainsFunc(l.list[i+1:], func(k *link) bool { return k.role == toolRole && k.answers == id })
}

// open is the first unanswered call of the last message up to i that makes any, looking back over
// tool messages only.
func (l *links) open(i int) (id string, ok bool) {
	for ; i >= 0; i-- {
		for _, c := range l.list[i].calls {
			if !l.answered(i, c.id) {
				return c.id, true
			}
		}
		if l.list[i].role != toolRole {
			break
		}
	}
	return "", false
}

// dangling reports whether message i answers a call that no message before it makes.
func (l *links) dangling(i int) bool {
	if l.list[i].role != toolRole {
		return false
	}
	_, _, ok := l.asked(i)
	return !ok
}

// waiting reports whether message i makes a call that nobody answers.
func (l *links) waiting(i int) bool {
	return slices.ContainsFunc(l.list[i].calls, func(c made) bool { return !l.answered(i, c.id) })
}
