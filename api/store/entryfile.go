package store

import "errata/api"

// File is the kind and the id of the file that the log belongs to.
func (e *Entry) File() (kind api.FileKind, id string) { return e.kind, e.fileID }
