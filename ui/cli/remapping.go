package cli

import "errata/ui/keys"

// remapKeys gives actions the keys of the configuration.
func (a *console) remapKeys() error {
	entries := a.cfg.Keys()
	changes := make([]keys.Change, len(entries))
	for i, e := range entries {
		list, ok := e.Texts()
		if !ok {
			return e.Refuse(`want a key in quotes, or a list of keys such as ["e", "f4"]`)
		}
		changes[i] = keys.Change{Name: e.Name, Keys: list}
	}
	if wrong, err := keys.Remap(changes); err != nil {
		return entries[wrong].Refuse(err.Error())
	}
	return nil
}
