package ui

import (
	"slices"
	"testing"

	"errata/api/apitest"
	"errata/api/walk"
)

// Logs are read again by one request where the server looks for ids, else one by one; those that
// are gone are left out.
func TestListedLogsAreReadAgain(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		prompt string
		ids    []string
		single int // requests for one log
	}{
		{"pr_1", []string{"log_two", "log_one"}, 0},
		{"pr_1", []string{"log_two", "log_gone"}, 1},
		{"pr_gone", []string{"log_one"}, 1},
		{"", []string{"log_one"}, 1},
	} {
		fake := apitest.NewFake(t, apitest.Seed{Logs: [][]byte{[]byte(first), []byte(second)}})
		logs, err := listing{walk.Source{Service: fake}}.read(t.Context(), c.prompt, c.ids)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, log := range logs {
			got = append(got, log.Head().ID)
		}
		want := slices.DeleteFunc(slices.Clone(c.ids), func(id string) bool { return id == "log_gone" })
		if single := fake.Calls(apitest.Log); !slices.Equal(got, want) || single != c.single {
			t.Errorf("%s %v: got %v by %d requests", c.prompt, c.ids, got, single)
		}
	}
}
