import { describe, expect, test } from 'vitest'
import { findByName, plainName } from '../../server/recordings/names-rules.ts'
import { readRange } from '../../server/recordings/range-rules.ts'
import { sniffAudio } from '../../server/recordings/sniff-rules.ts'
import { heads, makeMp3 } from '../fixtures/files/sounds.ts'

describe('a file is what its bytes say', () => {
  test.each([
    ['MP3', makeMp3(2), 'audio/mpeg'],
    ['MP3 behind a tag', heads.mp3WithTag, 'audio/mpeg'],
    ['AAC', heads.adts, 'audio/aac'],
    ['M4A', heads.m4a, 'audio/mp4'],
    ['Ogg with Opus', heads.opus, 'audio/ogg'],
    ['WebM', heads.webm, 'audio/webm'],
  ])('%s', (_, bytes, type) => expect(sniffAudio(bytes)).toBe(type))

  test.each(['video', 'vorbis', 'webmVideo', 'wav', 'html', 'jpeg', 'utf16'] as const)('%s is none of them', (kind) =>
    expect(sniffAudio(heads[kind])).toBeNull(),
  )

  test('a page that only begins with a tag is none, and neither is nothing', () => {
    expect(sniffAudio(Buffer.concat([Buffer.from('ID3\x04\0\0\0\0\0\x0a', 'latin1'), heads.html]))).toBeNull()
    expect(sniffAudio(Buffer.alloc(0))).toBeNull()
  })
})

describe('a range of bytes', () => {
  const tag = '"abc"'
  test.each([
    [undefined, 'whole'],
    ['bytes=0-1', { first: 0, last: 1 }],
    ['bytes=90-', { first: 90, last: 99 }],
    ['bytes=-5', { first: 95, last: 99 }],
    ['bytes=-500', { first: 0, last: 99 }],
    ['bytes=10-5000', { first: 10, last: 99 }],
    ['bytes=100-', 'outside'],
    ['bytes=-0', 'outside'],
    ['bytes=0-1,5-6', 'whole'],
    ['bytes=9-2', 'whole'],
    ['bytes=-', 'whole'],
    ['lines=1-2', 'whole'],
  ])('%s of a hundred', (range, expected) => expect(readRange({ range }, tag, 100)).toEqual(expected))

  test('counts only for the very file it was begun with', () => {
    expect(readRange({ range: 'bytes=0-1', 'if-range': tag }, tag, 100)).toEqual({ first: 0, last: 1 })
    expect(readRange({ range: 'bytes=0-1', 'if-range': '"old"' }, tag, 100)).toBe('whole')
  })
})

describe('a file finds its sentence by its name', () => {
  const text = (key: string, ...fileNames: string[]) => ({ part: 'outpatient', key, text: key, vi: key, fileNames })
  const texts = [text('a-kb-a1', 'kb-a1', 'A1'), text('a-gd-1-1', 'gd-1-1', '1.1'), text('muc', 'muc-1')]

  test.each([
    ['A1.mp3', 'a-kb-a1'],
    ['a1.M4A', 'a-kb-a1'],
    ['KB_A1 .ogg', 'a-kb-a1'],
    ['1.1.mp3', 'a-gd-1-1'],
    ['C:\\ghi âm\\Mức 1.webm', 'muc'],
    ['A2.mp3', undefined],
    ['.mp3', undefined],
  ])('%s', (file, key) => expect(findByName(texts, file)?.key).toBe(key))

  test('without its ending, capitals and marks', () => {
    expect(plainName('Đường dẫn/Tệp Số_2.MP3')).toBe('tep-so-2')
  })
})
