import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { readConfig } from '../../server/config.ts'
import { createSealing, loadSealingKey } from '../../server/staff/sealing.ts'

const folder = mkdtempSync(join(tmpdir(), 'ydan-key-'))
afterAll(() => rmSync(folder, { recursive: true }))

const key = randomBytes(32)
const sealing = createSealing(key)

test('every text comes back for its purpose and never shows in what is stored', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, purpose) => {
      const sealed = sealing.seal(text, purpose)
      expect(sealing.open(sealed, purpose)).toBe(text)
      expect(sealing.seal(text, purpose)).not.toBe(sealed)
      if (text.length > 3) expect(sealed).not.toContain(Buffer.from(text).toString('base64').replace(/=+$/, ''))
    }),
  )
})

test('nothing opens with another key, for another purpose, or with one bit changed', () => {
  const sealed = sealing.seal('0901234567', 'callback 1')
  expect(createSealing(randomBytes(32)).open(sealed, 'callback 1')).toBeNull()
  expect(sealing.open(sealed, 'callback 2')).toBeNull()
  const bytes = Buffer.from(sealed, 'base64')
  for (let index = 0; index < bytes.length; index += 1) {
    const changed = Buffer.from(bytes)
    changed[index] = (changed[index] as number) ^ 1
    expect(sealing.open(changed.toString('base64'), 'callback 1')).toBeNull()
  }
  expect(sealing.open('', 'callback 1')).toBeNull()
  expect(sealing.open('không phải base64', 'callback 1')).toBeNull()
})

test('the key is made once, for this user only, and the setting goes before it', () => {
  const made = loadSealingKey(null, join(folder, 'moi'))
  expect(made).toHaveLength(32)
  expect(loadSealingKey(null, join(folder, 'moi'))).toEqual(made)
  expect(statSync(join(folder, 'moi', 'contact.key')).mode & 0o777).toBe(0o600)
  const setting = key.toString('hex')
  expect(loadSealingKey(setting, join(folder, 'moi'))).toEqual(key)
  expect(readFileSync(join(folder, 'moi', 'contact.key'), 'utf8')).not.toContain(setting)
})

test('a spoilt key file stops the start instead of losing what is sealed', () => {
  const path = join(folder, 'contact.key')
  writeFileSync(path, 'abc')
  expect(() => loadSealingKey(null, folder)).toThrow(/xin lấy lại từ bản sao lưu/)
  expect(readFileSync(path, 'utf8')).toBe('abc')
})

test.each(['abc', 'g'.repeat(64), 'a'.repeat(63), 'a'.repeat(65)])(
  'CONTACT_KEY=%s is refused in a sentence',
  (value) => {
    expect(() => readConfig({ CONTACT_KEY: value })).toThrow('CONTACT_KEY phải là 64 chữ số thập lục phân')
  },
)

test('CONTACT_KEY of 64 hex digits is taken, none is none', () => {
  expect(readConfig({ CONTACT_KEY: 'Ab'.repeat(32) }).contactKey).toBe('Ab'.repeat(32))
  expect(readConfig({}).contactKey).toBeNull()
})
