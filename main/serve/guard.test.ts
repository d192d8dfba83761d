import type { IncomingMessage } from 'node:http'
import { hostname } from 'node:os'
import { expect, test } from 'vitest'
import { createGuard, isLoopback, pageAddress } from './guard'

const request = (host: string, origin = `http://${host}`) => ({ headers: { host, origin } }) as IncomingMessage

test.each(['127.0.0.1', '127.8.9.1', 'localhost', '::1'])('%s is this machine alone', (host) => {
  expect(isLoopback(host)).toBe(true)
})

test.each(['0.0.0.0', '::', '192.168.1.5', '127.0.0.1.evil.example', 'box'])('%s is not', (host) => {
  expect(isLoopback(host)).toBe(false)
})

test('a given host is known beside the loopback names', () => {
  const guard = createGuard('192.168.1.5', 8080)
  expect([...guard.hosts].sort()).toEqual(['127.0.0.1:8080', '192.168.1.5:8080', '[::1]:8080', 'localhost:8080'])
  expect(guard.isOwnOrigin(request('192.168.1.5:8080'))).toBe(true)
  expect(guard.isOwnOrigin(request('192.168.1.5:8080', 'http://localhost:8080'))).toBe(false)
})

test('a server of all addresses knows the machine by its own names, not by any', () => {
  const guard = createGuard('0.0.0.0', 8080)
  expect(guard.isKnownHost(request(`${hostname().toLowerCase()}:8080`))).toBe(true)
  expect(guard.isKnownHost(request('127.0.0.1:8080'))).toBe(true)
  expect(guard.isKnownHost(request('0.0.0.0:8080'))).toBe(false)
  expect(guard.isKnownHost(request('evil.example:8080'))).toBe(false)
})

test('the port of plain http is left out, as browsers do', () => {
  expect(createGuard('127.0.0.1', 80).isOwnOrigin(request('127.0.0.1'))).toBe(true)
})

test('the address that is printed can be opened', () => {
  expect(pageAddress('127.0.0.1', 8080)).toBe('http://127.0.0.1:8080/')
  expect(pageAddress('::1', 8080)).toBe('http://[::1]:8080/')
  expect(pageAddress('0.0.0.0', 8080)).toBe(`http://${hostname().toLowerCase()}:8080/`)
})
