//go:build !windows

package config

import "testing"

func TestPaths(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		goos string
		env  []string
		want Paths
	}{
		"home":     {"linux", []string{"HOME=/h"}, Paths{"/h/.config/errata", "/h/.local/share/errata", "/h/.local/state/errata", "/h/.cache/errata"}},
		"mac":      {"darwin", []string{"HOME=/h"}, Paths{"/h/.config/errata", "/h/.local/share/errata", "/h/.local/state/errata", "/h/.cache/errata"}},
		"xdg":      {"linux", []string{"XDG_CONFIG_HOME=/c", "XDG_DATA_HOME=/d", "XDG_STATE_HOME=/s", "XDG_CACHE_HOME=/k"}, Paths{"/c/errata", "/d/errata", "/s/errata", "/k/errata"}},
		"relative": {"linux", []string{"HOME=/h", "XDG_DATA_HOME=d"}, Paths{"/h/.config/errata", "/h/.local/share/errata", "/h/.local/state/errata", "/h/.cache/errata"}},
		"windows":  {"windows", []string{"AppData=/r", "LocalAppData=/l"}, Paths{"/r/errata", "/l/errata", "/l/errata/state", "/l/errata/cache"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := FindPaths(lookupIn(tc.env), tc.goos); got != tc.want {
				t.Errorf("got  %+v\nwant %+v", got, tc.want)
			}
		})
	}
}
