package cli

import (
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"errata/model/spell"
)

func (a *upkeep) configCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "config",
		Short: "Show the settings in effect, and where each comes from",
		Long: `Show every setting, its value and where it came from: a flag, the environment, a profile or the default. Secrets are
not shown.

Profiles stand in config.toml; errata config tells its place.`,
		Example: `  errata config
  errata config --profile work --json`,
		Args:              args(0, 0),
		RunE:              func(*cobra.Command, []string) error { return a.settings() },
		ValidArgsFunction: cobra.NoFileCompletions,
	}
}

// settingRow is a setting as errata config --json prints it.
type settingRow struct {
	Option string `json:"option"`
	Value  string `json:"value"`
	Source string `json:"source"`
	Note   string `json:"note,omitempty"`
}

func (a *upkeep) settings() error {
	var list []settingRow
	var rows [][]string
	for _, row := range a.cfg.Explain() {
		list = append(list, settingRow(row))
		source := row.Source
		if row.Note != "" {
			source += " (" + row.Note + ")"
		}
		rows = append(rows, []string{row.Option, row.Value, source})
	}
	if a.cfg.JSON() {
		return a.printJSON(list)
	}
	a.table([]column{{head: "OPTION"}, {head: "VALUE"}, {head: "SOURCE"}}, rows)
	return nil
}

func (a *upkeep) versionCommand() *cobra.Command {
	var all bool
	cmd := &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  args(0, 0),
		RunE: func(*cobra.Command, []string) error {
			if all {
				return a.printLicenses()
			}
			a.out.printf("errata %s %s %s/%s\n", version(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return nil
		},
		PersistentPreRunE: unsettled,
		ValidArgsFunction: cobra.NoFileCompletions,
	}
	cmd.Flags().BoolVar(&all, "licenses", false, "print the licence of errata and those of the modules in it")
	return cmd
}

// unsettled is the PersistentPreRunE of commands that need no settings, so that they run when the
// settings are broken.
func unsettled(*cobra.Command, []string) error { return nil }

// released is the version that .ci/release has the linker put in; it is empty in other builds.
var released string

// version is the version of a release, else that of the module as it was built: a tag, or (devel).
func version() string {
	if released != "" {
		return released
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

// shells are those with completion.
var shells = []string{"bash", "zsh", "fish", "powershell"}

func (a *upkeep) completionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "completion SHELL",
		Short: "Print the completion script for bash, zsh, fish or powershell",
		Long:  "Print the script that completes commands, flags and field names in a shell.",
		Example: `  errata completion bash > ~/.local/share/bash-completion/completions/errata
  errata completion zsh > "${fpath[1]}/_errata"
  errata completion fish > ~/.config/fish/completions/errata.fish
  errata completion powershell | Out-String | Invoke-Expression`,
		Args:              args(1, 1),
		ValidArgs:         shells,
		PersistentPreRunE: unsettled,
		RunE: func(cmd *cobra.Command, args []string) error {
			root := cmd.Root()
			switch args[0] {
			case "bash":
				return root.GenBashCompletionV2(a.out, true)
			case "zsh":
				return root.GenZshCompletion(a.out)
			case "fish":
				return root.GenFishCompletion(a.out, true)
			case "powershell":
				return root.GenPowerShellCompletionWithDesc(a.out)
			}
			return fail(exitUsage, "no completion for %q; want %s%s", args[0], spell.Either(shells), spell.Meant(args[0], shells))
		},
	}
}

// unknownTopic is the error for arguments of help that name no command.
func unknownTopic(root *cobra.Command, args []string) error {
	above, rest := root, args
	if found, left, err := root.Find(args); err == nil {
		above, rest = found, left
	}
	typed := strings.Join(args, " ")
	if above != root {
		return fail(exitUsage, "there is no command %q%s; errata help %s lists what there is", typed, spell.Meant(rest[0], commandNames(above.Commands())), above.Name())
	}
	near := meantCommand(rest[0], above.Commands())
	if near == "" {
		near = spell.Nearest(rest[0], topicNames())
	}
	if near != "" {
		return fail(exitUsage, "there is no command or topic %q; did you mean %s", typed, near)
	}
	return fail(exitUsage, "there is no command %q, and no topic: those are %s; errata help lists the commands", typed, spell.Either(topicNames()))
}

// helpCommand is help that fails for what is neither a command nor a topic.
func (a *app) helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:               "help [COMMAND|TOPIC]",
		Short:             "Explain a command, or a topic: keyboard, settings, selections, paths, servers, safety",
		Long:              "Explain a command, or one of these topics:\n" + listOfTopics(),
		PersistentPreRunE: unsettled,
		RunE: func(cmd *cobra.Command, args []string) error {
			found, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				if known, err := a.explain(strings.Join(args, " ")); known {
					return err
				}
				return unknownTopic(cmd.Root(), args)
			}
			found.InitDefaultHelpFlag()
			return found.Help()
		},
		ValidArgsFunction: func(cmd *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
			found, _, err := cmd.Root().Find(args)
			if err != nil {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			var out []cobra.Completion
			if len(args) == 0 {
				out = completeTopics()
			}
			for _, sub := range found.Commands() {
				if sub.IsAvailableCommand() {
					out = append(out, cobra.CompletionWithDesc(sub.Name(), sub.Short))
				}
			}
			return out, cobra.ShellCompDirectiveNoFileComp
		},
	}
}
