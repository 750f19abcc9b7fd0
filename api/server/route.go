package server

import (
	"net/http"
	"slices"
	"strings"
	"sync"
)

// resource is the part of the API whose paths begin alike. Its mux is made with the first request:
// most runs of a command ask for one log, and to register all routes took longer than to read it.
type resource struct {
	rows    []endpoint // with whole paths
	methods []string   // of all rows
	mux     func() *http.ServeMux
}

// anyPath is the pattern for requests that no route matches.
const anyPath = "/"

// resourceOf is the step of a path that tells the resource: the first one below where the API
// begins. A path that is written otherwise, with an escaped slash for instance, may name a resource
// whose routes do not match it; then none of another would.
func resourceOf(path string) string {
	path = strings.TrimPrefix(strings.TrimPrefix(path, base), "/")
	step, _, _ := strings.Cut(path, "/")
	return step
}

// route adds a row, with its whole path.
func (h *handler) route(e endpoint) {
	name := resourceOf(e.path)
	r := h.resources[name]
	if r == nil {
		r = &resource{}
		r.mux = sync.OnceValue(func() *http.ServeMux { return h.muxOf(r) })
		h.resources[name] = r
	}
	r.rows = append(r.rows, e)
	if !slices.Contains(r.methods, e.method) {
		r.methods = append(r.methods, e.method)
	}
}

// muxOf has the routes of a resource. An error of a row's function becomes the answer.
func (h *handler) muxOf(r *resource) *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc(anyPath, func(w http.ResponseWriter, req *http.Request) { nowhere(w, req, mux, r.methods) })
	for _, e := range r.rows {
		mux.HandleFunc(e.method+" "+e.path, func(w http.ResponseWriter, req *http.Request) {
			a, err := readArgs(e.query, req.URL.RawQuery)
			if err == nil {
				err = e.serve(h, w, req, a)
			}
			if err != nil {
				fail(w, err)
			}
		})
	}
	return mux
}

// dispatch hands a request to the resource that its path names.
func (h *handler) dispatch(w http.ResponseWriter, r *http.Request) {
	if of := h.resources[resourceOf(r.URL.Path)]; of != nil {
		of.mux().ServeHTTP(w, r)
		return
	}
	refuse(w, http.StatusNotFound, nothingHere)
}

// nothingHere is the answer to a path that no method has.
const nothingHere = "there is nothing at this path"

// nowhere responds to what no route matches: 405 when the path has other methods, else 404.
func nowhere(w http.ResponseWriter, r *http.Request, mux *http.ServeMux, methods []string) {
	var allowed []string
	for _, method := range methods {
		other := &http.Request{Method: method, URL: r.URL, Host: r.Host}
		if _, pattern := mux.Handler(other); pattern != anyPath {
			allowed = append(allowed, method)
		}
	}
	if len(allowed) == 0 {
		refuse(w, http.StatusNotFound, nothingHere)
		return
	}
	if slices.Contains(allowed, http.MethodGet) {
		allowed = append(allowed, http.MethodHead)
	}
	slices.Sort(allowed)
	w.Header().Set("Allow", strings.Join(allowed, ", "))
	refuse(w, http.StatusMethodNotAllowed, "this path does not take "+r.Method)
}
