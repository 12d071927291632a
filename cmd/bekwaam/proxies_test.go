package main

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"bekwaam/api/auth"
)

func TestTheVisitorBehindAProxy(t *testing.T) {
	for _, tt := range []struct {
		name, trusted string
		peer          string
		forwarded     []string // the lines of X-Forwarded-For
		want          string
	}{
		{"without proxies nobody is believed", "", "192.0.2.1:5000", []string{"198.51.100.9"}, "192.0.2.1"},
		{"a stranger is not believed", "10.0.0.7", "192.0.2.1:5000", []string{"198.51.100.9"}, "192.0.2.1"},
		{"a neighbour of the proxy is not believed", "10.0.0.7", "10.0.0.8:5000", []string{"198.51.100.9"}, "10.0.0.8"},
		{"the proxy is", "10.0.0.7", "10.0.0.7:5000", []string{"198.51.100.9"}, "198.51.100.9"},
		{"what the visitor wrote before is not", "10.0.0.7", "10.0.0.7:5000", []string{"203.0.113.5, 198.51.100.9"}, "198.51.100.9"},
		{"nor in a line of its own", "10.0.0.7", "10.0.0.7:5000", []string{"203.0.113.5", "198.51.100.9"}, "198.51.100.9"},
		{"nor where it says to be a proxy", "10.0.0.0/8", "10.0.0.7:5000", []string{"10.0.0.1, 198.51.100.9"}, "198.51.100.9"},
		{"two proxies", "10.0.0.0/8, 172.16.0.4", "10.0.0.7:5000", []string{"203.0.113.5,198.51.100.9,172.16.0.4"}, "198.51.100.9"},
		{"proxies only", "10.0.0.0/8", "10.0.0.7:5000", []string{"10.0.0.1, 10.0.0.2"}, "10.0.0.7"},
		{"no header", "10.0.0.7", "10.0.0.7:5000", nil, "10.0.0.7"},
		{"an empty header", "10.0.0.7", "10.0.0.7:5000", []string{""}, "10.0.0.7"},
		{"garbage", "10.0.0.7", "10.0.0.7:5000", []string{"198.51.100.9, <script>"}, "10.0.0.7"},
		{"garbage of the visitor", "10.0.0.7", "10.0.0.7:5000", []string{"unknown, 198.51.100.9"}, "198.51.100.9"},
		{"garbage behind a proxy", "10.0.0.0/8", "10.0.0.7:5000", []string{"198.51.100.9, _hidden, 10.0.0.2"}, "10.0.0.7"},
		{"an address with a port", "10.0.0.7", "10.0.0.7:5000", []string{"198.51.100.9:4711"}, "198.51.100.9"},
		{"IPv6", "2001:db8:1::/48", "[2001:db8:1::7]:5000", []string{"2001:db8:ffff::9"}, "2001:db8:ffff::9"},
		{"IPv6 with a port", "2001:db8:1::7", "[2001:db8:1::7]:5000", []string{"[2001:db8:ffff::9]:4711"}, "2001:db8:ffff::9"},
		{"IPv6 of this very link", "fe80::7", "[fe80::7%eth0]:5000", []string{"2001:db8:ffff::9"}, "2001:db8:ffff::9"},
		{"IPv4 written as IPv6", "10.0.0.7", "[::ffff:10.0.0.7]:5000", []string{"::ffff:198.51.100.9"}, "198.51.100.9"},
		{"a stranger over IPv6", "10.0.0.7", "[2001:db8:1::7]:5000", []string{"198.51.100.9"}, "2001:db8:1::7"},
		{"a peer without an address", "10.0.0.7", "@", []string{"198.51.100.9"}, "invalid IP"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var c config
			if tt.trusted != "" {
				if _, wrong := c.setProxies(tt.trusted); wrong != "" {
					t.Fatal(wrong)
				}
			}
			r := httptest.NewRequest(http.MethodGet, "/", nil)
			r.RemoteAddr = tt.peer
			r.Header["X-Forwarded-For"] = tt.forwarded
			var got string
			c.Proxies.uncover(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = auth.Address(r).String() })).ServeHTTP(httptest.NewRecorder(), r)
			if got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

// Sixty may be asked at once: visitors share that only where they may not be told apart.
func TestVisitorsBehindAProxyAreHeldBackOneByOne(t *testing.T) {
	for _, tt := range []struct {
		name string
		args []string
		want int
	}{
		{"a trusted proxy", []string{"--proxies", "192.0.2.0/24,127.0.0.1"}, http.StatusNotFound},
		{"somebody who says to be one", nil, http.StatusTooManyRequests},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := serve(t, append(tt.args, "--database", newFile(t), "--demo")...)
			check := func(visitor string) int {
				status, _ := get(t, s.url+"/v1/verifications/RW-2026-XXXXX-XXXXX-XX", "X-Forwarded-For", visitor)
				return status
			}
			status := 0
			for range 200 { // also where the machine is slow
				if status = check("198.51.100.9"); status == http.StatusTooManyRequests {
					break
				}
			}
			if status != http.StatusTooManyRequests {
				t.Fatalf("nobody is held back: %d", status)
			}
			if status := check("203.0.113.5"); status != tt.want {
				t.Errorf("another visitor gets %d, want %d", status, tt.want)
			}
		})
	}
}
