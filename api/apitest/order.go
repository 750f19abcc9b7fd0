package apitest

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"testing"

	"errata/api"
	"errata/model"
)

// How many logs of one instant there are in how many prompts, and how many are read at once.
const (
	instantLogs, instantPrompts, instantPage = 500, 5, 7
	instantWord                              = "tide"
)

// testOrder checks that logs of one instant come in one order, however they are asked for: prompts
// as they are listed, and of one prompt the log that was stored last.
func testOrder(t *testing.T, open opener) {
	seed := Seed{}
	for i := range instantLogs {
		seed.Logs = append(seed.Logs, fmt.Appendf(nil, `{"id":"at_%d","prompt":{"id":"at_pr_%d"},"created_at":"2024-03-01T10:00:00Z","output":"the %s %d"}`,
			i, i*3%instantPrompts, instantWord, i))
	}
	svc := open(t, seed)
	var prompts, want []string
	raw, err := svc.Prompts(t.Context(), api.PromptQuery{Page: 1, Size: 2 * instantPrompts})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pageOf(t, raw).Logs {
		id, _ := p.Member("id").Text()
		prompts = append(prompts, id)
		for i := instantLogs - 1; i >= 0; i-- {
			if id == fmt.Sprint("at_pr_", i*3%instantPrompts) {
				want = append(want, fmt.Sprint("at_", i))
			}
		}
	}
	if len(want) != instantLogs {
		t.Fatalf("%d logs belong to the prompts %q", len(want), prompts)
	}
	for _, word := range []string{"", instantWord} {
		orderOf(t, svc, word, prompts, want)
	}
}

// orderOf checks the order of what matches a word.
func orderOf(t *testing.T, svc api.Service, word string, prompts, want []string) {
	t.Helper()
	back, q := slices.Clone(want), api.LogQuery{Search: word}
	slices.Reverse(back)
	same := func(how string, got, want []string) {
		t.Helper()
		if !slices.Equal(got, want) {
			t.Errorf("%s, searching %q: %d logs of %d, in another order\n got %q\nwant %q", how, word, len(got), len(want), got, want)
		}
	}
	same("all prompts", drained(t, api.NewLister(svc, q)), want)
	same("prompts that are named", drained(t, api.NewListerOf(svc, q, prompts, false)), want)
	same("all prompts from the oldest", drained(t, api.NewListerOf(svc, q, nil, true)), back)
	same("named from the oldest", drained(t, api.NewListerOf(svc, q, prompts, true)), back)
	var pages []string
	for _, q.FileID = range prompts {
		for q.Page = 1; ; q.Page++ {
			q.Size = instantPage
			page := listed(t, svc, q)
			pages = append(pages, idsOf(page.Logs)...)
			if q.Page*q.Size >= page.Total {
				break
			}
		}
	}
	same("page after page of each prompt", pages, want)
	if scanner, ok := svc.(api.Scanner); ok {
		same("a scan", scanned(t, scanner, api.ScanQuery{Search: word}), want)
		same("a scan of prompts that are named", scanned(t, scanner, api.ScanQuery{Search: word, Files: prompts}), want)
		same("a scan from the oldest", scanned(t, scanner, api.ScanQuery{Search: word, Oldest: true}), back)
	}
	if all, ok := svc.(api.AllLister); ok && word == "" {
		if ids, ok := marked(t, all); ok {
			same("page after page of all prompts", ids, want)
		}
	}
}

func pageOf(t *testing.T, raw []byte) model.Page {
	t.Helper()
	page, err := model.ParsePage(raw)
	if err != nil {
		t.Fatalf("%s: %v", raw, err)
	}
	return page
}

func idsOf(logs []*model.Log) (ids []string) {
	for _, log := range logs {
		ids = append(ids, log.Head().ID)
	}
	return ids
}

// drained reads a list to its end.
func drained(t *testing.T, list api.Lister) (ids []string) {
	t.Helper()
	for {
		logs, err := list.Next(t.Context(), instantPage)
		if errors.Is(err, io.EOF) {
			return ids
		}
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, idsOf(logs)...)
	}
}

// marked reads the list of all prompts from mark to mark. ok is false if the server behind a client
// lists the logs of one prompt at a time.
func marked(t *testing.T, all api.AllLister) (ids []string, ok bool) {
	t.Helper()
	q := api.LogQuery{FileID: api.AllPrompts, Size: instantPage}
	for {
		raw, err := all.AllLogs(t.Context(), q)
		if api.CodeOf(err) == api.NotFound {
			return nil, false
		}
		if err != nil {
			t.Fatal(err)
		}
		page := pageOf(t, raw)
		ids = append(ids, idsOf(page.Logs)...)
		if q.After = page.After; q.After == "" {
			return ids, true
		}
	}
}

// scanned goes through a scan to its end.
func scanned(t *testing.T, scanner api.Scanner, q api.ScanQuery) (ids []string) {
	t.Helper()
	scan, err := scanner.Scan(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	for {
		docs, err := scan.Next(t.Context())
		if errors.Is(err, io.EOF) {
			return ids
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, doc := range docs {
			log, err := model.ParseLog(doc)
			if err != nil {
				t.Fatal(err)
			}
			ids = append(ids, log.Head().ID)
		}
	}
}
