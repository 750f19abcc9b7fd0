package store

import (
	"slices"
	"strings"
	"unicode/utf8"

	"errata/api/rules"
	"errata/api/store/index"
	"errata/model"
)

// where is the selection as a condition for PostgreSQL, with its arguments.
func (sel *selection) where() (string, []any) {
	where, args := sel.scope.where()
	and := func(clause string, values ...any) {
		where += " AND " + clause
		args = append(args, values...)
	}
	if sel.dated {
		and("created >= ? AND created <= ?", sel.from, sel.to)
	}
	if len(sel.ids) > 0 {
		var values []any
		for _, id := range sel.ids {
			values = append(values, id)
		}
		and("("+strings.Repeat("position(?::bytea IN id) > 0 OR ", len(values)-1)+"position(?::bytea IN id) > 0)", values...)
	}
	if sel.inTrace {
		and("traced = ?", sel.traced)
	}
	if clause, values := textCondition(sel.text); clause != "" {
		and(clause, values...)
	}
	if !sel.metadata.Empty() {
		and("noted LIKE ?", like(sel.metadata.Letters()))
	}
	if sel.limit != 0 {
		and("seq % 2147483647 * 1327217885 % 2147483647 < ?", sel.limit)
	}
	return where, args
}

// clean replaces characters that PostgreSQL cannot store with U+FFFD.
func clean(r rune) rune {
	if r == 0 || !utf8.ValidRune(r) {
		return utf8.RuneError
	}
	return r
}

// like is a pattern for texts that contain a word.
func like(word []rune) text {
	var b strings.Builder
	b.WriteByte('%')
	for _, r := range word {
		if r == '%' || r == '_' || r == '\\' {
			b.WriteByte('\\')
		}
		b.WriteRune(clean(r))
	}
	b.WriteByte('%')
	return text(b.String())
}

// fuzzy tells whether the condition may also match logs that are not selected, so that each has to
// be checked.
func (sel *selection) fuzzy() bool {
	return odd(sel.metadata) || slices.ContainsFunc(sel.text.Terms(), func(t index.Term) bool {
		_, exact := columnsOf(t)
		return !exact || odd(t)
	})
}

// odd tells whether a word contains a character that clean replaces, or U+FFFD, or the separator of
// texts: then a match in the database is not certain.
func odd(t index.Term) bool {
	return slices.ContainsFunc(t.Letters(), func(r rune) bool { return r == between || clean(r) == utf8.RuneError })
}

// textCondition is a condition for the database that matches every log that the search finds, and
// perhaps others. It is "" when it would match all.
func textCondition(e index.Expr) (clause string, args []any) {
	var groups []string
	for _, group := range e {
		clauses := []string{"TRUE"}
		for _, c := range group {
			if clause, values := termCondition(c); clause != "" {
				clauses, args = append(clauses, clause), append(args, values...)
			}
		}
		groups = append(groups, strings.Join(clauses, " AND "))
	}
	if len(groups) == 0 {
		return "", nil
	}
	return "((" + strings.Join(groups, ") OR (") + "))", args
}

// termCondition is the condition for one clause, "" when the columns cannot decide it.
func termCondition(c index.Clause) (clause string, args []any) {
	columns, exact := columnsOf(c.Term)
	if len(columns) == 0 || c.Not && (!exact || odd(c.Term)) {
		return "", nil
	}
	for _, column := range columns {
		args = append(args, like(c.Term.Letters()))
		clause += " OR " + column + " LIKE ?"
	}
	clause = "(" + strings.TrimPrefix(clause, " OR ") + ")"
	if c.Not {
		clause = "NOT " + clause
	}
	return clause, args
}

// The columns with the text that PostgreSQL searches, in which upper and lower case are folded.
const (
	searchedColumn = "searched" // what a search of the API reads
	notedColumn    = "noted"    // the metadata
	textsColumn    = "texts"    // what else a search reads that looks in all places
)

// columnOf is the column with the text of a place, "" when there is none.
func columnOf(p index.Place) string {
	is := func(f *model.Field) bool { return f.Name == p.Member }
	switch {
	case slices.ContainsFunc(rules.Searched(), is):
		return searchedColumn
	case is(model.Metadata):
		return notedColumn
	case slices.Contains(searched(), p.Member):
		return textsColumn
	}
	return ""
}

// columnsOf lists the columns with all of the text in which a word is looked for, none when some of
// it is in no column. exact tells whether they have no other text.
func columnsOf(t index.Term) (columns []string, exact bool) {
	exact = true
	for _, p := range t.Places() {
		column := columnOf(p)
		if column == "" {
			return nil, false
		}
		if !slices.Contains(columns, column) {
			columns = append(columns, column)
		}
	}
	for _, p := range places() {
		if slices.Contains(columns, columnOf(p)) && !slices.Contains(t.Places(), p) {
			exact = false
		}
	}
	return columns, exact
}

// between separates the texts of two fields.
const between = '\x01'

// textColumns are all of them.
var textColumns = []string{searchedColumn, notedColumn, textsColumn}

// columns are the texts of textColumns.
func (e *Entry) columns() []any {
	return []any{e.letters(searchedColumn), e.letters(notedColumn), e.letters(textsColumn)}
}

// letters is the text of a column.
func (e *Entry) letters(column string) text {
	var b strings.Builder
	for _, p := range places() {
		value := e.member(p.Member)
		if value == nil || columnOf(p) != column {
			continue
		}
		if b.Len() > 0 {
			b.WriteRune(between)
		}
		index.EachText(value, p.As, func(r rune) { b.WriteRune(clean(r)) }, func() { b.WriteRune(between) })
	}
	return text(b.String())
}
