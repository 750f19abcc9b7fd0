package model

import (
	"slices"
	"strconv"

	"errata/model/jsonraw"
)

// CheckEdit is Check for a value that replaces was. Faults that was had already are warnings with
// Stood set, and do not refuse the edit: messages come from many providers, and one of an unknown
// shape must not keep the user from correcting the others.
//
// A fault counts as old where was has the same fault in an element that means the same, wherever
// that stands now; else at the same place; else in an element that is gone. Each fault of was
// excuses one of v. A value that is wrong as a whole, such as a number for a text, excuses only
// itself.
func (f *Field) CheckEdit(v, was Value) []Problem {
	found := f.findings(v)
	if was.IsSet() && slices.ContainsFunc(found, func(x finding) bool { return !x.Warn }) {
		excuse(found, f.findings(was))
	}
	return problems(found)
}

// finding is a problem, and what is needed to recognise it in another value.
type finding struct {
	Problem
	fault   string // what is wrong and at which kind of place, without positions in lists
	element Value  // the innermost list element that it is in, the whole value where there is none
	matched bool
}

// whole reports whether the value itself is wrong, and nothing in it.
func (x *finding) whole() bool { return len(x.Path) == 0 }

// excuse turns faults that were there before into warnings. The surest matches are made first.
func excuse(found, before []finding) {
	for _, same := range []func(x, was *finding) bool{
		func(x, was *finding) bool {
			return x.More == 0 && x.element.Equal(was.element) || x.More > 0 && x.More <= was.More
		},
		func(x, was *finding) bool { return !x.whole() && slices.Equal(x.Path, was.Path) },
		func(x, _ *finding) bool { return !x.whole() },
	} {
		match(found, before, same)
	}
}

// match pairs equal faults by a rule. The search goes on behind the last pair: lists mostly keep
// their order.
func match(found, before []finding, same func(x, was *finding) bool) {
	byFault := map[string][]*finding{}
	for i := range before {
		if was := &before[i]; !was.matched && !was.Warn {
			byFault[was.fault] = append(byFault[was.fault], was)
		}
	}
	for i := range found {
		x := &found[i]
		rest := byFault[x.fault]
		if x.Warn {
			continue
		}
		at := slices.IndexFunc(rest, func(was *finding) bool { return same(x, was) })
		if at < 0 {
			continue
		}
		rest[at].matched = true
		x.Warn, x.Stood = true, true
		x.Msg += ", as before"
		byFault[x.fault] = append(rest[at+1:len(rest):len(rest)], rest[:at]...)
	}
}

func problems(found []finding) []Problem {
	var list []Problem
	for _, x := range found {
		list = append(list, x.Problem)
	}
	return list
}

// findings checks a value that is set.
func (f *Field) findings(v Value) []finding {
	if !v.IsSet() {
		return nil
	}
	c := &checker{field: f, element: v}
	if v.list == nil {
		if err := jsonraw.Check(v.Bytes()); err != nil {
			c.unreadable(err)
			return c.found
		}
	}
	c.value(v)
	if c.more > 0 {
		msg := f.Name + " has " + strconv.Itoa(c.more) + " more faults"
		c.found = append(c.found, finding{Problem: Problem{Rule: TooMany, Msg: msg, More: c.more}, fault: "more", element: v})
	}
	return c.found
}
