package config

import "errata/model/columns"

// columnsKey is the name of the columns of the list in the configuration file.
const columnsKey = "columns"

// Columns are those of the list of logs, from left to right; nil if the file does not say.
func (c *Config) Columns() []columns.Column { return c.columns }

const wantColumns = `want a list like ["time", "model", "metadata.channel", "judgment.rating", "output"]`

// takeColumns reads the columns of the list.
func (f *profileFile) takeColumns(value any) (err error) {
	names, ok := texts(value)
	if !ok {
		return f.refuse(wantColumns, columnsKey)
	}
	if f.columns, err = columns.ParseAll(names); err != nil {
		return f.refuse(err.Error(), columnsKey)
	}
	return nil
}
