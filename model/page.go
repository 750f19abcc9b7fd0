package model

import (
	"fmt"
	"strconv"

	"errata/model/jsonraw"
)

// Page is one page of a list of logs.
type Page struct {
	Logs                []*Log
	Number, Size, Total int

	// SearchedIn says that the list was searched in the places that were asked for, which is an
	// addition to the API; else in the inputs and the output.
	SearchedIn bool

	// Marked says that the list is one of the logs of all prompts, and After is the mark behind the
	// page, empty at the end of the list. It is an addition to the API.
	Marked bool
	After  string
}

// AfterMember is the member of a page behind Page.Marked and Page.After.
const AfterMember = "after"

// SearchedInMember is the member of a page behind Page.SearchedIn.
const SearchedInMember = "searched_in"

// ParsePage reads {"records": [...], "page": n, "size": n, "total": n}. The logs share memory with
// raw.
func ParsePage(raw []byte) (Page, error) {
	members, err := jsonraw.Members(raw)
	if err != nil {
		return Page{}, fmt.Errorf("page of logs: %w", err)
	}
	var p Page
	for _, count := range []struct {
		name string
		into *int
	}{{"page", &p.Number}, {"size", &p.Size}, {"total", &p.Total}} {
		m, _ := jsonraw.Find(members, count.name)
		if *count.into, err = strconv.Atoi(string(m.Val.Of(raw))); err != nil {
			return Page{}, fmt.Errorf("page of logs: %s is not a whole number", count.name)
		}
	}
	_, p.SearchedIn = jsonraw.Find(members, SearchedInMember)
	if after, ok := jsonraw.Find(members, AfterMember); ok {
		p.After, p.Marked = jsonraw.Text(after.Val.Of(raw))
	}
	records, ok := jsonraw.Find(members, "records")
	if !ok || records.Kind != jsonraw.Array {
		return Page{}, fmt.Errorf("page of logs: records is not a list")
	}
	list := records.Val.Of(raw)
	elements, err := jsonraw.Elements(list)
	if err != nil {
		return Page{}, fmt.Errorf("page of logs: %w", err)
	}
	p.Logs = make([]*Log, 0, len(elements))
	for i, e := range elements {
		log, err := ParseLog(e.Val.Of(list))
		if err != nil {
			return Page{}, fmt.Errorf("page of logs: record %d: %w", i, err)
		}
		p.Logs = append(p.Logs, log)
	}
	return p, nil
}
