// Package api is the Humanloop v5 log API as errata uses it: the Service interface, its errors, and
// the client that speaks it over HTTP.
//
// It knows wire names, status codes and one HTTP client. It must not know the terminal, the
// configuration or SQL. Implementations (the client here, api/store) never import each other.
package api
