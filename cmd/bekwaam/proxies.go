package main

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// proxies are the networks of the web servers that stand before this one and are believed about their visitors.
type proxies []netip.Prefix

func (p proxies) trust(address netip.Addr) bool {
	return slices.ContainsFunc(p, func(network netip.Prefix) bool { return network.Contains(address) })
}

// uncover puts the address of the visitor in the place of that of the proxy, so that what holds back one visitor holds
// back no other. What anybody but a proxy writes about itself is not believed.
func (p proxies) uncover(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if visitor := p.visitor(r); visitor.IsValid() {
			r.RemoteAddr = netip.AddrPortFrom(visitor, 0).String() // nobody knows the port
		}
		next.ServeHTTP(w, r)
	})
}

// visitor is the last address in X-Forwarded-For that is not a proxy's: each proxy adds the one it was called from, and
// anybody may have written what stands before. It is the zero address where the connection itself says all we know.
func (p proxies) visitor(r *http.Request) netip.Addr {
	if !p.trust(readAddress(r.RemoteAddr)) {
		return netip.Addr{}
	}
	entries := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, entry := range slices.Backward(entries) {
		if address := readAddress(strings.TrimSpace(entry)); !p.trust(address) {
			return address
		}
	}
	return netip.Addr{}
}

// readAddress reads an address with or without a port; the zero address where it is none.
func readAddress(text string) netip.Addr {
	address, err := netip.ParseAddr(text)
	if err != nil {
		from, _ := netip.ParseAddrPort(text) // zero where it is none
		address = from.Addr()
	}
	return address.Unmap().WithZone("")
}

func (c *config) setProxies(value string) (dutch, english string) {
	c.Proxies = nil
	for entry := range strings.SplitSeq(value, ",") {
		entry = strings.TrimSpace(entry)
		network, err := netip.ParsePrefix(entry)
		if address, notAddress := netip.ParseAddr(entry); notAddress == nil {
			address = address.Unmap().WithZone("")
			network, err = netip.PrefixFrom(address, address.BitLen()), nil
		}
		if err != nil {
			return "schrijf adressen of netwerken met een komma ertussen, zoals 10.0.0.7,2001:db8::/64", "write addresses or networks with a comma between them, such as 10.0.0.7,2001:db8::/64"
		}
		c.Proxies = append(c.Proxies, network)
	}
	return "", ""
}
