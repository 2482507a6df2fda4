package main

import (
	"net"
	"sync/atomic"
)

// A port is one number of the loopback on which both TCP and UDP are heard.
type port struct {
	number int
	tcp    net.Listener
	udp    net.PacketConn
}

func (p *port) Close() {
	p.tcp.Close()
	p.udp.Close()
}

// listen opens a port. The function that it returns tells whether anyone came.
func listen() (*port, func() bool, error) {
	tcp, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, nil, err
	}
	p := &port{number: tcp.Addr().(*net.TCPAddr).Port, tcp: tcp}
	if p.udp, err = net.ListenPacket("udp", tcp.Addr().String()); err != nil {
		tcp.Close()
		return nil, nil, err
	}
	var came atomic.Bool
	go func() {
		for {
			c, err := tcp.Accept()
			if err != nil {
				return
			}
			came.Store(true)
			c.Close()
		}
	}()
	go func() {
		buffer := make([]byte, 512)
		if _, _, err := p.udp.ReadFrom(buffer); err == nil {
			came.Store(true)
		}
	}()
	return p, came.Load, nil
}
