package config

import (
	"strings"

	"errata/model/spell"
)

// viewsKey is the name of the saved filters in the configuration file.
const viewsKey = "views"

// View is a saved filter: [[views]] in the configuration file.
type View struct {
	Name   string
	Filter string // the words of a selection, as the filter line has them
	Key    string // a digit, on the screen that lists logs: the next free one where none is set
}

// Views are the saved filters, in the order of the file.
func (c *Config) Views() []View { return c.views }

// viewKeys are the members of a saved filter.
var viewKeys = []string{"name", "filter", "key"}

const wantViews = `want tables like [[views]] with name = "…" and filter = "--errors --since 7d"`

// takeViews reads the saved filters.
func (f *profileFile) takeViews(value any) error {
	list, ok := value.([]any)
	if !ok {
		return f.refuse(wantViews, viewsKey)
	}
	taken := map[string]bool{}
	for _, item := range list {
		table, ok := item.(map[string]any)
		if !ok {
			return f.refuse(wantViews, viewsKey)
		}
		v, err := f.takeView(table)
		switch {
		case err != nil:
			return err
		case taken[v.Name]:
			return f.refuse("the name "+v.Name+" stands twice", viewsKey)
		case v.Key != "" && taken["key "+v.Key]:
			return f.refuse("two of them have the key "+v.Key, viewsKey)
		}
		taken[v.Name], taken["key "+v.Key] = true, true
		f.views = append(f.views, v)
	}
	f.giveDigits(taken)
	return nil
}

func (f *profileFile) takeView(table map[string]any) (v View, err error) {
	for _, name := range sortedKeys(table) {
		text, ok := table[name].(string)
		if !ok {
			return v, f.refuse("want a text in quotes", viewsKey, name)
		}
		switch name {
		case "name":
			v.Name = text
		case "filter":
			v.Filter = text
		case "key":
			v.Key = text
		default:
			return v, f.refuse("unknown name, want one of "+strings.Join(viewKeys, ", ")+spell.Meant(name, viewKeys), viewsKey, name)
		}
	}
	switch {
	case v.Name == "" || v.Filter == "":
		return v, f.refuse(wantViews, viewsKey)
	case v.Key != "" && (len(v.Key) != 1 || v.Key < "0" || v.Key > "9"):
		return v, f.refuse("key wants a digit, not "+v.Key, viewsKey)
	}
	return v, nil
}

// giveDigits gives the filters without a key the digits that are free, in order.
func (f *profileFile) giveDigits(taken map[string]bool) {
	next := '1'
	for i := range f.views {
		for f.views[i].Key == "" && next <= '9' {
			if digit := string(next); !taken["key "+digit] {
				f.views[i].Key = digit
			}
			next++
		}
	}
}
