import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os'
import { h } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { create } from 'qrcode'
import { QrSvg } from '../web/ui/qr-drawing.tsx'

/** White modules that ISO/IEC 18004 wants on every side of the symbol. */
export const quietModules = 4

/** Address printed in a place's QR. `capitals` gives the alphanumeric form, a smaller symbol, that some readers refuse. */
export function addressOfPlace(origin: string, code: string, capitals: boolean): string {
  const address = `${new URL(origin).origin}/s/${code}`
  return capitals ? address.toUpperCase() : address
}

/** The same address as a person types it: lower case but for the code, and nothing after it. */
export function spellAddress(address: string): string {
  const { origin, pathname } = new URL(address)
  return origin + pathname.replace('/S/', '/s/')
}

/** The QR matrix at error correction level Q, rows of dark modules, without the quiet zone. */
export function drawQr(text: string): boolean[][] {
  const { modules } = create(text, { errorCorrectionLevel: 'Q' })
  const line = Array.from({ length: modules.size }, (_, index) => index)
  return line.map((row) => line.map((column) => modules.get(row, column) === 1))
}

/** One SVG path of the dark modules, one unit a module; `margin` moves it right and down. */
export function traceQr(modules: boolean[][], margin: number): string {
  return modules.flatMap((row, y) => traceRow(row, margin, y + margin)).join('')
}

/** A whole SVG file: quiet zone included, white ground, named for screen readers. */
export function qrSvg(text: string, options: { title?: string; width?: string } = {}): string {
  const modules = drawQr(text)
  const path = traceQr(modules, quietModules)
  const side = modules.length + 2 * quietModules
  return renderToString(
    h(QrSvg, { path, side, title: options.title ?? `Mã QR ${text}`, width: options.width ?? '100%' }),
  )
}

/**
 * This machine's address in the office's network, for a trial poster: `http://<ipv4>:<port>`.
 * Without a network: localhost, which only this machine can open.
 */
export function findLanOrigin(port: number, interfaces = networkInterfaces()): string {
  const reachable = Object.entries(interfaces)
    .filter(([name]) => !virtualInterface.test(name))
    .flatMap(([, addresses]) => addresses ?? [])
    .filter((address) => address.family === 'IPv4' && !address.internal && !address.address.startsWith('169.254.'))
    .sort((a, b) => rankAddress(a) - rankAddress(b))
  return `http://${reachable[0]?.address ?? 'localhost'}:${port}`
}

/** Adapters of containers, virtual machines and tunnels: a phone on the office's Wi-Fi cannot reach them. */
const virtualInterface =
  /^(docker|br-|veth|virbr|vmnet|vboxnet|cni|flannel|podman|lxc|tun|tap|wg|utun|zt|tailscale|vEthernet|VirtualBox|VMware)/i

/** Home and office routers hand out 192.168 first, then 10; 172.16-31 is most often a virtual network. */
function rankAddress({ address }: NetworkInterfaceInfo): number {
  if (address.startsWith('192.168.')) return 0
  if (address.startsWith('10.')) return 1
  if (/^172\.(1[6-9]|2\d|3[01])\./.test(address)) return 2
  return 3
}

function traceRow(row: boolean[], margin: number, y: number): string[] {
  const runs: string[] = []
  for (let start = 0; start < row.length; start++) {
    if (!row[start]) continue
    const light = row.indexOf(false, start)
    const end = light === -1 ? row.length : light
    runs.push(`M${start + margin} ${y}h${end - start}v1h${start - end}z`)
    start = end
  }
  return runs
}
