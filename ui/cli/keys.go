package cli

import (
	"time"

	"github.com/spf13/cobra"

	"errata/api/store"
)

func (a *app) keysCommand() *cobra.Command {
	keys := &cobra.Command{
		Use:   "keys",
		Short: "Add, list and revoke the API keys of errata serve",
		Long:  `Manage the API keys that errata serve accepts. A key is shown once, when it is added; the store holds only its hash.`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return fail(exitUsage, "errata keys %s is no command; want add, list or revoke", args[0])
			}
			return fail(exitUsage, "usage: errata keys add NAME, errata keys list or errata keys revoke NAME")
		},
		RunE:              func(*cobra.Command, []string) error { return nil },
		ValidArgsFunction: cobra.NoFileCompletions,
	}
	keys.AddCommand(
		a.keyCommand("add NAME", "Make a key and print it", 1, a.addKey),
		a.keyCommand("list", "List the keys, without their secrets", 0, a.listKeys),
		a.keyCommand("revoke NAME", "End a key", 1, a.revokeKey),
	)
	return keys
}

// keyCommand is a command on the opened store.
func (a *app) keyCommand(use, short string, names int, run func(*cobra.Command, *store.Store, []string) error) *cobra.Command {
	return &cobra.Command{
		Use:   use,
		Short: short,
		Args:  args(names, names),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := embeddedOnly(cmd); err != nil {
				return err
			}
			st, err := a.openStore(cmd.Context())
			if err != nil {
				return err
			}
			defer func() { _ = st.Close() }()
			return run(cmd, st, args)
		},
		ValidArgsFunction: cobra.NoFileCompletions,
	}
}

func (a *app) addKey(cmd *cobra.Command, st *store.Store, names []string) error {
	if err := a.writable(cmd); err != nil {
		return err
	}
	if names[0] == "" {
		return fail(exitUsage, "a key needs a name")
	}
	secret, err := st.AddKey(cmd.Context(), names[0])
	if err != nil {
		return err
	}
	a.out.printf("%s\n", secret)
	a.say("this key is shown only now; send it as X-API-KEY, or set ERRATA_API_KEY for errata")
	return nil
}

// keyRow is a key as errata keys list --json prints it.
type keyRow struct {
	Name    string     `json:"name"`
	Created time.Time  `json:"created"`
	Revoked *time.Time `json:"revoked"`
}

func (a *app) listKeys(cmd *cobra.Command, st *store.Store, _ []string) error {
	keys, err := st.Keys(cmd.Context())
	if err != nil {
		return err
	}
	if a.cfg.JSON() {
		list := make([]keyRow, 0, len(keys))
		for _, k := range keys {
			row := keyRow{Name: k.Name, Created: k.Created.UTC()}
			if revoked := k.Revoked.UTC(); !k.Revoked.IsZero() {
				row.Revoked = &revoked
			}
			list = append(list, row)
		}
		return a.printJSON(list)
	}
	if len(keys) == 0 {
		a.say("no API key yet: errata keys add NAME")
		return nil
	}
	var rows [][]string
	for _, k := range keys {
		state := "valid"
		if !k.Revoked.IsZero() {
			state = "revoked " + k.Revoked.UTC().Format(time.RFC3339)
		}
		rows = append(rows, []string{k.Name, k.Created.UTC().Format(time.RFC3339), state})
	}
	a.table([]column{{head: "NAME"}, {head: "CREATED"}, {head: "STATE"}}, rows)
	return nil
}

func (a *app) revokeKey(cmd *cobra.Command, st *store.Store, names []string) error {
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
