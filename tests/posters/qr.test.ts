import { describe, expect, test } from 'vitest'
import { addressOfPlace, drawQr, findLanOrigin, qrSvg, quietModules, spellAddress, traceQr } from '../../server/qr.ts'
import { decodeModules } from '../fixtures/files/decode-qr.ts'

const addresses = [
  addressOfPlace('https://ydan.vinhthuan.angiang.gov.vn', 'K7Q2X', false),
  addressOfPlace('https://ydan.vinhthuan.angiang.gov.vn', 'K7Q2X', true),
  addressOfPlace('http://192.168.1.20:3000', 'KHAMBENH', false),
]

describe('the address of a place', () => {
  test('is short, in either form, and never has two strokes', () => {
    expect(addressOfPlace('https://ydan.vn/', 'K7Q2X', false)).toBe('https://ydan.vn/s/K7Q2X')
    expect(addressOfPlace('https://ydan.vn', 'K7Q2X', true)).toBe('HTTPS://YDAN.VN/S/K7Q2X')
  })

  test('is spelled in small letters, without what only programs need', () => {
    expect(spellAddress('HTTPS://YDAN.VN/S/K7Q2X')).toBe('https://ydan.vn/s/K7Q2X')
    expect(spellAddress('http://192.168.1.20:3000/s/K7Q2X?c=ticket')).toBe('http://192.168.1.20:3000/s/K7Q2X')
  })
})

describe('the symbol', () => {
  test.each(addresses)('of %s is read back exactly', (address) => {
    expect(decodeModules(drawQr(address))).toBe(address)
  })

  test.each(addresses)('of %s has error correction level Q', (address) => {
    // ISO/IEC 18004: the first two bits of the format, masked with 10, are 11 for Q.
    const [first, second] = drawQr(address)[8] ?? []
    expect([!first, second]).toEqual([true, true])
  })

  test('is smaller in capitals', () => {
    expect(drawQr(addresses[1] ?? '').length).toBeLessThan(drawQr(addresses[0] ?? '').length)
  })

  test.each([
    ['the left edge', 0, 8, 13, 16],
    ['the upper edge', 8, 0, 13, 16],
    ['the middle', 11, 11, 12, 12],
  ])('is still read with a stain over %s', (_where, left, top, width, height) => {
    const [address = ''] = addresses
    for (const stain of [true, false]) {
      const modules = drawQr(address).map((row, y) =>
        row.map((dark, x) => (x >= left && x < left + width && y >= top && y < top + height ? stain : dark)),
      )
      expect(decodeModules(modules)).toBe(address)
    }
  })

  test('is one path of an SVG with the quiet zone around', () => {
    const [address = ''] = addresses
    const modules = drawQr(address)
    const svg = qrSvg(address, { title: 'Mã QR của Quầy 2' })
    const side = modules.length + 2 * quietModules
    expect(svg).toContain(`viewBox="0 0 ${side} ${side}"`)
    expect(svg).toContain('aria-label="Mã QR của Quầy 2"')
    expect(svg.match(/<path /g)).toHaveLength(1)
    expect(readPath(/ d="([^"]+)"/.exec(svg)?.[1] ?? '', side)).toEqual(surround(modules, quietModules))
    expect(readPath(traceQr(modules, 0), modules.length)).toEqual(modules)
  })
})

describe('the address for a trial', () => {
  const at = (address: string, internal = false) => ({
    address,
    internal,
    family: 'IPv4' as const,
    netmask: '255.255.255.0',
    mac: '00:00:00:00:00:00',
    cidr: null,
  })

  test.each([
    [
      'the office network before a virtual one',
      { docker0: [at('172.17.0.1')], eth0: [at('10.0.0.7')], wlan0: [at('192.168.1.20')] },
      'http://192.168.1.20:3000',
    ],
    ['ten before 172', { eth1: [at('172.20.0.3')], eth0: [at('10.0.0.7')] }, 'http://10.0.0.7:3000'],
    [
      'a private address before a public one',
      { eth0: [at('203.0.113.9')], eth1: [at('172.31.0.3')] },
      'http://172.31.0.3:3000',
    ],
    [
      'never one that was not handed out',
      { lo: [at('127.0.0.1', true)], eth0: [at('169.254.3.4')], 'vEthernet (WSL)': [at('172.22.0.1')] },
      'http://localhost:3000',
    ],
    ['this machine alone without a network', {}, 'http://localhost:3000'],
  ])('is %s', (_rule, interfaces, origin) => {
    expect(findLanOrigin(3000, interfaces)).toBe(origin)
  })
})

function surround(modules: boolean[][], margin: number): boolean[][] {
  const side = modules.length + 2 * margin
  return Array.from({ length: side }, (_, y) =>
    Array.from({ length: side }, (__, x) => modules[y - margin]?.[x - margin] ?? false),
  )
}

/** The modules a path of runs covers. */
function readPath(path: string, side: number): boolean[][] {
  const modules = Array.from({ length: side }, () => new Array<boolean>(side).fill(false))
  for (const [, x, y, run] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g))
    modules[Number(y)]?.fill(true, Number(x), Number(x) + Number(run))
  return modules
}
