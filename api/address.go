package api

import (
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

// checkBase refuses a base URL that the client cannot or must not talk to.
func checkBase(o Options) error {
	u := o.BaseURL
	switch {
	case u == nil || u.Host == "":
		return refused("the base URL names no server; give one like https://host/v5")
	case u.Scheme != "http" && u.Scheme != "https":
		return refused("the base URL has to begin with https:// or http://")
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return refused("the base URL has a query or a fragment; give it only up to and with /v5")
	case u.Scheme == "http" && o.Transport == nil && !o.Insecure && !loopback(u.Hostname()):
		return refused("plain HTTP to " + u.Host + " would show the API key and the logs to everyone on the way; use https, or allow it with --insecure")
	}
	return nil
}

func refused(msg string) *Error { return &Error{Code: Refused, Msg: msg} }

// loopback reports whether a host is certainly this machine. A name other than localhost is not: it
// may mean anything.
func loopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Unmap().IsLoopback()
}

// OnThisMachine reports whether the address of a server certainly leads to the machine that errata
// runs on.
func OnThisMachine(address string) bool {
	u, err := url.Parse(address)
	return err == nil && loopback(u.Hostname())
}

// origin is the part of a URL that a sentence may quote: scheme, host and port. User, path and
// query may be secret and are left out.
func origin(u *url.URL) string { return u.Scheme + "://" + u.Host }

// sameOrigin compares scheme, host and port, the scheme's own port being the same as none.
func sameOrigin(a, b *url.URL) bool {
	return strings.EqualFold(a.Scheme, b.Scheme) &&
		strings.EqualFold(a.Hostname(), b.Hostname()) &&
		port(a) == port(b)
}

func port(u *url.URL) string {
	if p := u.Port(); p != "" {
		return p
	}
	if strings.EqualFold(u.Scheme, "https") {
		return "443"
	}
	return "80"
}

func baseText(u *url.URL) string { return strings.TrimRight(u.String(), "/") }

// segment encodes an id as one segment of a path. An id of dots only would be taken for a step
// between directories.
func segment(id string) string {
	switch id {
	case ".":
		return "%2E"
	case "..":
		return "%2E%2E"
	}
	return url.PathEscape(id)
}

func logParams(q LogQuery) string {
	v := url.Values{}
	set(v, "file_id", q.FileID)
	pages(v, q.Page, q.Size)
	set(v, "version_id", q.VersionID)
	for _, id := range q.IDs {
		v.Add("id", id)
	}
	set(v, "search", q.Search)
	for _, place := range q.SearchIn {
		v.Add("search_in", place)
	}
	set(v, "metadata_search", q.MetadataSearch)
	set(v, "start_date", q.StartDate)
	set(v, "end_date", q.EndDate)
	if q.Sample > 0 {
		v.Set("sample", strconv.Itoa(q.Sample))
	}
	for _, inTrace := range q.InTrace {
		v.Add("in_trace_filter", strconv.FormatBool(inTrace))
	}
	if q.IncludeParent {
		v.Set("include_parent", "true")
	}
	if q.IncludeTraceChildren {
		v.Set("include_trace_children", "true")
	}
	set(v, "after", q.After)
	if q.Cut > 0 {
		v.Set("cut", strconv.Itoa(q.Cut))
	}
	return query(v)
}

func promptParams(q PromptQuery) string {
	v := url.Values{}
	pages(v, q.Page, q.Size)
	set(v, "name", q.Name)
	set(v, "user_filter", q.User)
	set(v, "sort_by", q.SortBy)
	set(v, "order", q.Order)
	return query(v)
}

func versionParams(q CreateQuery) string {
	v := url.Values{}
	set(v, "version_id", q.VersionID)
	set(v, "environment", q.Environment)
	return query(v)
}

func set(v url.Values, name, value string) {
	if value != "" {
		v.Set(name, value)
	}
}

// pages sets the page and its size. The size is always sent: zero means no records, and not the
// default of the API.
func pages(v url.Values, page, size int) {
	v.Set("page", strconv.Itoa(max(page, 1)))
	v.Set("size", strconv.Itoa(size))
}

func query(v url.Values) string {
	if len(v) == 0 {
		return ""
	}
	return "?" + v.Encode()
}
