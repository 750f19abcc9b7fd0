package cli

import (
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"errata/api"
	"errata/api/store"
	"errata/model"
	"errata/model/selection"
	"errata/model/spell"
)

func (a *upkeep) keysCommand() *cobra.Command {
	return group(&cobra.Command{
		Use:   "keys",
		Short: "Add, list and revoke the API keys of errata serve",
		Long:  `Manage the API keys that errata serve accepts. A key is shown once, when it is added; the store holds only its hash.`,
	},
		a.addKeyCommand(),
		a.keyCommand("list", "List the keys, without their secrets", 0, a.readStore, a.listKeys),
		a.keyCommand("revoke NAME", "End a key", 1, a.readStore, a.revokeKey),
	)
}

// keyCommand makes a command on the keys of a store, which open opens.
func (a *upkeep) keyCommand(use, short string, names int, open storeOpener, run func(*cobra.Command, *store.Store, []string) error) *cobra.Command {
	return &cobra.Command{
		Use:               use,
		Short:             short,
		Args:              args(names, names),
		RunE:              onStore(open, run),
		ValidArgsFunction: cobra.NoFileCompletions,
	}
}

// scopes are the values of --scope: what a key allows.
var scopes = []string{string(api.WriteScope), string(api.ReadScope)}

func (a *upkeep) addKeyCommand() *cobra.Command {
	var scope, expires string
	var ends time.Time
	cmd := a.keyCommand("add NAME", "Make a key and print it", 1, a.makeStore, func(cmd *cobra.Command, st *store.Store, names []string) error {
		return a.addKey(cmd, st, names[0], scope, ends)
	})
	cmd.PreRunE = func(cmd *cobra.Command, names []string) (err error) { // before a store is opened
		ends, err = a.checkKey(cmd, names[0], scope, expires)
		return err
	}
	cmd.Long = "Make a key and print it, this once. With --scope read it may read and change nothing. With --expires it ends by itself."
	cmd.Example = `  errata keys add laptop
  errata keys add dashboard --scope read --expires 90d`
	cmd.Flags().StringVar(&scope, "scope", string(api.WriteScope), "the `SCOPE` of the key: write, or only read")
	cmd.Flags().StringVar(&expires, "expires", "", "`WHEN` it ends: in 12h, 90d or 8w, or at a date or a time; never when it is left out")
	// the flag exists
	_ = cmd.RegisterFlagCompletionFunc("scope", cobra.FixedCompletions(scopes, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// checkKey checks the arguments of a new key, and returns when it expires.
func (a *upkeep) checkKey(cmd *cobra.Command, name, scope, expires string) (ends time.Time, err error) {
	if err := a.writable(cmd); err != nil {
		return ends, err
	}
	if name == "" {
		return ends, fail(exitUsage, "a key needs a name")
	}
	if !slices.Contains(scopes, scope) {
		return ends, fail(exitUsage, "--scope: want write or read, not %q%s", scope, spell.Meant(scope, scopes))
	}
	if ends, err = ending(expires, a.env.Now()); err != nil {
		return ends, fail(exitUsage, "--expires: %w", err)
	}
	return ends, nil
}

func (a *upkeep) addKey(cmd *cobra.Command, st *store.Store, name, scope string, ends time.Time) error {
	secret, err := st.AddKey(cmd.Context(), name, api.Scope(scope), ends)
	if err != nil {
		return err
	}
	a.out.printf("%s\n", secret)
	a.say("this key is shown only now; send it as X-API-KEY, or set ERRATA_API_KEY for errata")
	if !ends.IsZero() {
		a.say("it ends at %s", ends.Format(time.RFC3339))
	}
	return nil
}

// ending parses --expires: a duration from now, a day, of which it means the first instant, or a
// time. The zero time means never.
func ending(typed string, now time.Time) (time.Time, error) {
	if typed == "" {
		return time.Time{}, nil
	}
	ends, known := time.Time{}, true
	if in, ok := selection.Duration(typed); ok {
		ends = now.Add(in)
	} else if day, err := time.Parse(time.DateOnly, typed); err == nil {
		ends = day
	} else if at, _, err := model.ParseTime(typed); err == nil {
		ends = at
	} else {
		known = false
	}
	switch {
	case !known:
		return time.Time{}, fmt.Errorf("want how long, like 12h, 90d or 8w, a date, or a time like 2025-07-01T12:00:00Z, not %q", typed)
	case !ends.After(now):
		return time.Time{}, fmt.Errorf("want a time to come, not %q", typed)
	}
	return ends.UTC(), nil
}

// keyRow is a key as errata keys list --json prints it.
type keyRow struct {
	Name    string     `json:"name"`
	Scope   api.Scope  `json:"scope"`
	Created time.Time  `json:"created"`
	Expires *time.Time `json:"expires"`
	Revoked *time.Time `json:"revoked"`
}

func (a *upkeep) listKeys(cmd *cobra.Command, st *store.Store, _ []string) error {
	keys, err := st.Keys(cmd.Context())
	if err != nil {
		return err
	}
	if a.cfg.JSON() {
		list := make([]keyRow, 0, len(keys))
		for _, k := range keys {
			list = append(list, keyRow{k.Name, k.Scope, k.Created.UTC(), isSet(k.Expires), isSet(k.Revoked)})
		}
		return a.printJSON(list)
	}
	if len(keys) == 0 {
		a.say("no API key yet: errata keys add NAME")
		return nil
	}
	var rows [][]string
	for _, k := range keys {
		rows = append(rows, []string{k.Name, stamp(k.Created), string(k.Scope), moment(k.Expires, "never"), keyState(k, a.env.Now())})
	}
	a.table([]column{{head: "NAME"}, {head: "CREATED"}, {head: "SCOPE"}, {head: "EXPIRES"}, {head: "STATE"}}, rows)
	return nil
}

// keyState says whether a key is valid, or why not.
func keyState(k store.Key, now time.Time) string {
	switch {
	case !k.Revoked.IsZero():
		return "revoked " + moment(k.Revoked, "")
	case !k.Expires.IsZero() && !k.Expires.After(now):
		return "expired"
	}
	return keyValid
}

// keyValid is the state of a valid key.
const keyValid = "valid"

// isSet is t in UTC, nil for the zero time.
func isSet(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

// moment is t to the second, or zero for the zero time.
func moment(t time.Time, zero string) string {
	if t.IsZero() {
		return zero
	}
	return stamp(t)
}

func (a *upkeep) revokeKey(cmd *cobra.Command, st *store.Store, names []string) error {
	if err := a.writable(cmd); err != nil {
		return err
	}
	ok, err := st.RevokeKey(cmd.Context(), names[0])
	if err != nil {
		return err
	}
	if !ok {
		return fail(exitNotFound, "no key is called %q; errata keys list shows them", names[0])
	}
	a.say("revoked %s", names[0])
	return nil
}
