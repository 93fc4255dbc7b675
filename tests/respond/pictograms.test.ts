import { Resvg } from '@resvg/resvg-js'
import { expect, test } from 'vitest'
import { readReference } from '../../db/reference/reference.ts'
import { type Drawing, drawings } from '../../web/respond/pictograms/drawings.ts'
import { drawingFor, drawingOf } from '../../web/respond/pictograms/of-criteria.ts'

const sidePx = 24

/** As a telephone draws it at 24 px: how dark each of the 576 points is, 0 to 1. */
function draw(name: Drawing): number[] {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${sidePx}" height="${sidePx}" viewBox="0 0 24 24"><path d="${drawings[name]}" fill="none" stroke="#000" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/></svg>`
  const { pixels } = new Resvg(svg, { background: '#fff' }).render()
  return Array.from({ length: sidePx * sidePx }, (_, index) => 1 - (pixels[index * 4] as number) / 255)
}

const names = Object.keys(drawings) as Drawing[]
const drawn = new Map(names.map((name) => [name, draw(name)]))
const sum = (values: number[]) => values.reduce((total, one) => total + one, 0)

test('every criterion of the published lists has a pictogram; one that a commune wrote has none', () => {
  const codes = readReference().questionnaires.flatMap(({ factors }) =>
    factors.flatMap(({ criteria }) => criteria.map(({ code }) => code)),
  )
  expect(codes.filter((code) => !drawingFor(code))).toEqual([])
  expect(Object.keys(drawingOf).filter((code) => !codes.includes(code))).toEqual([])
  expect([drawingFor('cua-rieng-xa'), drawingFor('constructor')]).toEqual([undefined, undefined])
})

test.each(names)('%s reads at 24 px: within its frame, strokes dark, neither empty nor a blot', (name) => {
  const points = drawn.get(name) as number[]
  const share = sum(points) / points.length
  expect(share).toBeGreaterThan(0.08)
  expect(share).toBeLessThan(0.45)
  expect(points.filter((one) => one > 0.9).length).toBeGreaterThan(20)
})

test('no two are alike at 24 px', () => {
  const alike = names.flatMap((name, index) =>
    names.slice(index + 1).flatMap((other) => {
      const [a, b] = [drawn.get(name) as number[], drawn.get(other) as number[]]
      const apart = sum(a.map((value, point) => Math.abs(value - (b[point] as number))))
      return apart / (sum(a) + sum(b)) < 0.2 ? [`${name} ${other}`] : []
    }),
  )
  expect(alike).toEqual([])
})

test('no two criteria asked together of one factor share a drawing', () => {
  const shared = readReference().questionnaires.flatMap(({ code, factors }) =>
    factors.flatMap((factor) => {
      const own = factor.criteria.map((criterion) => drawingOf[criterion.code])
      return new Set(own).size === own.length ? [] : [`${code} ${factor.code}`]
    }),
  )
  expect(shared).toEqual([])
})
