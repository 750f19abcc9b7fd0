package config

// Row is one line of errata config.
type Row struct {
	Option string // its name
	Value  string // empty for none; "set" or "not set" for a secret
	Source string // "flag --theme", "environment NO_COLOR", "profile work in FILE", "default"
	Note   string // what else to know, empty most of the time
}

// Explain lists what holds and where it came from, in the order of the table; then the files and
// directories. It holds no secret.
func (c *Config) Explain() []Row {
	rows := make([]Row, 0, len(options)+4)
	for i := range options {
		rows = append(rows, c.explain(&options[i]))
	}
	for _, dir := range []struct{ name, path string }{
		{"config-file", c.paths.File()}, {"data-directory", c.paths.Data}, {"state-directory", c.paths.State}, {"cache-directory", c.paths.Cache},
	} {
		row := Row{Option: dir.name, Value: dir.path, Source: "environment"}
		if dir.path == "" {
			row.Note = "unknown: HOME is not set"
		}
		rows = append(rows, row)
	}
	if !c.profile.file.exists {
		rows[len(options)].Note = "does not exist"
	}
	return rows
}

func (c *Config) explain(o *Option) Row {
	s := c.settings[o.Name]
	row := Row{Option: o.Name, Value: s.text, Source: s.from.String()}
	switch o.Name {
	case BaseURL:
		switch {
		case c.overruled():
			row.Note = "not used: --db chooses the embedded store"
		case c.Embedded():
			row.Note = "the embedded store is used"
		}
	case DB:
		path, err := c.DB()
		row.Value = redactDatabase(path)
		if err != nil {
			row.Note = err.Error()
		} else if !c.Embedded() {
			row.Note = "not used: a server is"
		}
	case Replica:
		row.Value = redactDatabase(s.text)
	case Insecure:
		if c.bool(Insecure) && !c.Insecure() {
			row.Note = "not used: the profile is for another server"
		}
	case APIKey:
		return c.explainKey()
	case ServeAPIKey:
		row.Value = word(s.secret.IsSet())
	}
	return row
}

func (c *Config) explainKey() Row {
	row := Row{Option: APIKey, Value: word(c.key.isSet()), Source: c.key.from.String()}
	if c.key.from.layer == fromFile {
		row.Source += " (" + c.key.from.name + ")"
	}
	switch {
	case !c.key.isSet():
	case c.Embedded():
		row.Note = "not used: the embedded store needs none"
	case c.key.from.layer == fromFile && !c.atProfileServer():
		row.Note = "not sent: the profile is for another server"
	}
	return row
}

func word(set bool) string {
	if set {
		return "set"
	}
	return "not set"
}
