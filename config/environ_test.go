package config

import (
	"slices"
	"testing"
)

func TestOtherProgramsGetNoSecrets(t *testing.T) {
	t.Parallel()
	public := []string{
		"PATH=/bin", "EDITOR=vi", "ERRATA_PROFILE=work", "ERRATA_BASE_URL=https://a.example/v5", "ERRATA_DB=/home/a/b.db", "PGPASSFILE=/home/a/.pgpass",
		"ERRATA_DB_REPLICA=postgres://errata@db.example/logs", "NO_COLOR=1", "odd", "OTHER=postgres://u:p@db.example/x",
	}
	secret := []string{
		"ERRATA_API_KEY=test-a", "HUMANLOOP_API_KEY=test-b", "ERRATA_SERVE_API_KEY=test-c", "PGPASSWORD=test-d",
		"ERRATA_DB=postgres://errata:test-e@db.example/logs", "ERRATA_DB=postgres://db.example/logs?user=a&password=test-f",
		"ERRATA_DB_REPLICA=postgresql://errata:test-g@db.example/logs", "ERRATA_DB=postgres://a:%zz@db.example",
	}
	var given []string
	for i, entry := range public {
		given = append(given, entry)
		if i < len(secret) {
			given = append(given, secret[i])
		}
	}
	if got := WithoutSecrets(given); !slices.Equal(got, public) {
		t.Errorf("they get %q, want %q", got, public)
	}
}
