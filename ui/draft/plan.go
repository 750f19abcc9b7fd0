package draft

import "errata/model"

// plan is what has to be recorded for an event, which is nothing for an editor that was only looked
// into.
func (l *live) plan(e Event) []Event {
	switch e := e.(type) {
	case Put:
		return append(l.based(e.Field, e.Base), e)
	case Step:
		if e.Said != nil {
			return l.planSaid(e)
		}
		list := l.based(e.Field, e.Base)
		if !sameEdit(l.edits[e.Field], e.Before) {
			list = append(list, Put{e.Field, e.Base, e.Before})
		}
		return append(list, e)
	case ExternalEdit:
		return append(l.based(e.Field, e.Base), e)
	case ExternalDone:
		if l.external == nil {
			return nil
		}
	case Open:
		return l.planOpen(e)
	case Enter:
		return l.planEnter(e)
	case Splice:
		return l.planSplice(e)
	case Leave:
		l.silent = nil
		switch {
		case l.open != nil && l.open.inner != nil:
			return []Event{e}
		case e.Outer.empty():
			return nil
		}
		return l.planSplice(e.Outer)
	case Close:
		l.quiet, l.silent = nil, nil
		if l.open == nil {
			return nil
		}
	}
	return []Event{e}
}

// based tells the base of a field, if it is not known.
func (l *live) based(f *model.Field, v model.Value) []Event {
	if known, ok := l.bases[f]; ok && known.Same(v) {
		return nil
	}
	return []Event{Base{f, v}}
}

// planOpen records nothing of an editor until something is typed in it, unless it continues the
// editing of before.
func (l *live) planOpen(e Open) []Event {
	o := l.open
	switch {
	case o != nil && o.shows(&e):
		return nil
	case o != nil && o.field == e.Field && o.touched():
		l.silent = nil
		return append(l.based(e.Field, e.Base), opened{Open: e, typed: true})
	}
	l.quiet, l.silent = &e, nil
	if o != nil {
		return []Event{Close{}}
	}
	return nil
}

// planEnter does the same with an inner text.
func (l *live) planEnter(e Enter) []Event {
	if l.open == nil && l.quiet == nil {
		return []Event{entered{Enter: e}} // which does not fit
	}
	var in *inside
	if l.open != nil {
		in = l.open.inner
	}
	switch {
	case in != nil && in.shows(&e):
		l.silent = nil
		return nil
	case in != nil && in.typed && in.at.sameAs(&e):
		l.silent = nil
		return []Event{entered{e, true}}
	}
	l.silent = &e
	if in != nil {
		return []Event{Leave{}}
	}
	return nil
}

// planSplice records the texts that were kept back ahead of the first key.
func (l *live) planSplice(e Splice) []Event {
	var from source
	if l.quiet != nil {
		from = sourceOf(l.quiet, false)
	}
	return append(l.release(from, true), e)
}

// release is what has to be recorded of an editor that was kept back, and with inner of its inner
// text.
func (l *live) release(from source, inner bool) (list []Event) {
	if o := l.quiet; o != nil {
		list = append(l.based(o.Field, o.Base), opened{Open: *o, from: from})
		l.quiet = nil
	}
	if l.silent != nil && inner {
		list = append(list, entered{Enter: *l.silent})
		l.silent = nil
	}
	return list
}
