package keys

import "slices"

// Task is a group of the help: what somebody is about to do, and the actions for it.
type Task struct {
	Title   string
	Actions []Action
}

// tasks are the groups of the help in their order. An action that none has is among the rest.
var tasks = []Task{
	{"Judge", []Action{Say, Again, Note, CompleteLog, SkipLog}},
	{"Change", []Action{
		Edit, Accept, External, AsText, Null, Revert, FillIn, Take, Replace, All, Skip, Undo, Redo,
		NodeAdd, NodeInside, NodeInsert, NodeTwin, NodeRename, NodeRetype, Toggle, NodeUp, NodeDown, NodeDelete,
		AddMessage, InsertMessage, AddPart, ChooseRole, ArgumentsText, DuplicateMessage, SplitMessage, JoinMessages, DeletePart,
		Now, UTC, Local, MinuteUp, MinuteDown, Before, After, Complete,
		TypeString, TypeNumber, TypeBoolean, TypeNull, TypeObject, TypeArray, LineBreak, Literally,
		NewLine, DeleteLeft, DeleteRight, DeleteWord, DeleteToStart, DeleteToEnd, Verbatim,
	}},
	{"Send", []Action{Review, Send, SendNext, LeaveOut, Body, Curl, Mine, Theirs, Retry}},
	{"Find", []Action{Search, NextHit, PrevHit, Regexp, Filters, NextFilter, PrevFilter, PickPrompt, GoTo, Sort, Drafts}},
	{"Look", []Action{
		Open, Read, Look, Difference, Columns, History, TurnFold, Fold, Unfold, FoldMessage, UnfoldMessage, FoldLevel, FoldAll,
		ListMessages, Markdown, ScrollDown, ScrollUp, HalfDown, HalfUp, Narrower, Wider, Reload, Follow,
	}},
	{"Many logs", []Action{Mark, MarkRange, MarkAll, Bulk, Resume, Annotate, Compare, Export}},
	{"Copy and write", []Action{Copy, CopyPath, CopyAll, Write, SaveImage}},
	{"Go", []Action{NextLog, PrevLog, OtherSide, FirstLog, SecondLog, NextField, PrevField, NextMessage, PrevMessage, Up, Down, PageUp, PageDown, Top, Bottom, CharLeft, CharRight, WordLeft, WordRight, RowStart, RowEnd, LineStart, LineEnd}},
	{"Leave", []Action{Close, Back, Interrupt, Suspend}},
	{"All the time", []Action{Help, PickTheme}},
}

// rest is the group of what no task has.
const rest = "More"

// TaskRow is a row of the help.
type TaskRow struct {
	Task string
	Binding
}

// ByTask lists the rows of some tables, those of a key once, as the first table has it, by what
// they are for.
func ByTask(maps []Map) (list []TaskRow) {
	var rows []Binding
	for i, m := range maps {
		for _, b := range m.Bindings() {
			if !b.Taken(maps[:i]) {
				rows = append(rows, b)
			}
		}
	}
	grouped := func(title string, has func(Action) bool) {
		for _, b := range rows {
			if has(b.Do) {
				list = append(list, TaskRow{title, b})
			}
		}
	}
	for _, t := range tasks {
		grouped(t.Title, func(a Action) bool { return slices.Contains(t.Actions, a) })
	}
	grouped(rest, func(a Action) bool {
		return !slices.ContainsFunc(tasks, func(t Task) bool { return slices.Contains(t.Actions, a) })
	})
	return list
}

// Taken reports whether a row is not shown: it has no key, or the first of them, which the footer
// shows, does something else in one of the tables before.
func (b Binding) Taken(before []Map) bool {
	own := b.Keys()
	return len(own) == 0 || slices.ContainsFunc(before, func(m Map) bool { _, ok := m.Find(own[0]); return ok })
}
