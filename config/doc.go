// Package config decides which settings apply: one table of options, each taken from the first of
// command line flag, environment, profile file and default that sets it.
//
// It knows options, the directories of the platform, and where an API key may come from. It must
// not know the API or the terminal: it never connects to anything. It keeps no global state; the
// environment is passed in.
//
// The profile file is config.toml in the configuration directory (see Paths):
//
//	default_profile = "work"
//
//	[profiles.work]
//	base_url = "https://logs.example.com/v5"
//	api_key_command = ["pass", "show", "errata/work"]
//
//	[profiles.archive]
//	db = "~/archives/2025.db"
//	read_only = true
//
// Without default_profile the profile called default holds, when there is one. Paths in the file
// may start with ~/ and are relative to the file.
package config
