package config

import (
	"errors"
	"maps"
	"os"
	"path/filepath"

	"errata/model/price"
)

// pricesHead is above the prices that were imported.
const pricesHead = `# Prices that errata prices import read, in dollars for a million tokens. What config.toml says comes
# first. Another import replaces the prices of the models that it knows.
`

// ImportPrices adds prices to prices.toml, beside the configuration file; those of a name that is
// there are replaced. The file is written as a whole or not at all. It says where it is, and how
// many prices were new and how many another price than before.
func (c *Config) ImportPrices(list price.List) (path string, added, changed int, err error) {
	path, before, err := c.importedPrices()
	switch {
	case err != nil:
		return path, 0, 0, err
	case path == "":
		return "", 0, 0, errors.New("there is no place for prices.toml: set HOME or XDG_CONFIG_HOME")
	}
	all := price.List{}
	maps.Copy(all, before)
	for name, p := range list {
		was, there := before[name]
		switch {
		case !there:
			added++
		case !was.Equal(p):
			changed++
		}
		all[name] = p
	}
	return path, added, changed, replaceFile(path, append([]byte(pricesHead), all.TOML()...))
}

// replaceFile writes a file that is there in full or as it was.
func replaceFile(path string, data []byte) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	file, err := os.CreateTemp(dir, ".errata-*")
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	if err = errors.Join(err, file.Sync(), file.Close()); err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		_ = os.Remove(file.Name())
	}
	return err
}
